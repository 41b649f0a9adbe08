"""German amounts: units, money, parts of a hundred, decimals, and numbers of things."""

from __future__ import annotations

import re

from audioguide.languages.known.german.numerals import cardinal, counted
from audioguide.languages.known.german.script.signs import SIGNS
from audioguide.languages.rules import DASH, FRACTION, Rule, one_of, rule
from audioguide.languages.signs import SIGNED, sign_of_number

# As written: what one is called, what several are called, and whether one of them is "eine".
_UNITS = {
    "%": ("Prozent", "Prozent", ""),
    "km": ("Kilometer", "Kilometer", ""),
    "m": ("Meter", "Meter", ""),
    "cm": ("Zentimeter", "Zentimeter", ""),
    "mm": ("Millimeter", "Millimeter", ""),
    "km²": ("Quadratkilometer", "Quadratkilometer", ""),
    "m²": ("Quadratmeter", "Quadratmeter", ""),
    "m³": ("Kubikmeter", "Kubikmeter", ""),
    "kg": ("Kilogramm", "Kilogramm", ""),
    "g": ("Gramm", "Gramm", ""),
    "t": ("Tonne", "Tonnen", "e"),
    "ha": ("Hektar", "Hektar", ""),
    "l": ("Liter", "Liter", ""),
    "€": ("Euro", "Euro", ""),
    "$": ("Dollar", "Dollar", ""),
    "₸": ("Tenge", "Tenge", ""),
    "°C": ("Grad Celsius", "Grad Celsius", ""),
    "°": ("Grad", "Grad", ""),
    "Mio.": ("Million", "Millionen", "e"),
    "Mrd.": ("Milliarde", "Milliarden", "e"),
}
_NUMBER = r"(?P<whole>\d{1,3}(?:[. ]\d{3})+(?![\d])|\d+)(?:,(?P<parts>\d+))?"
_FRACTIONS = {2: "halb", 3: "drittel", 4: "viertel", 5: "fünftel", 8: "achtel", 10: "zehntel"}


def _by_figures(digits: str) -> str:
    return " ".join(cardinal(int(figure)) for figure in digits)


def _say_telephone(match: re.Match[str]) -> str:
    said = ", ".join(map(_by_figures, re.findall(r"\d+", match.group())))
    return f"plus {said}" if match.group().startswith("+") else said


def _whole(digits: str) -> int:
    return int(re.sub(r"[. ]", "", digits))


def _said(match: re.Match[str], *, before: str = "") -> str:
    """Say a number; ``before`` is the ending of "ein" before what is counted, "-" for none."""
    value = _whole(match["whole"])
    if match["parts"]:
        return f"{cardinal(value)} Komma {_by_figures(match['parts'])}"
    if before == "-":
        return cardinal(value)
    return counted(value) + (before if value == 1 else "")


def _say_unit(match: re.Match[str]) -> str:
    one, many, ending = _UNITS[match["unit"]]
    is_one = match["whole"] == "1" and not match["parts"]
    sign = sign_of_number(match["minus"], SIGNS)
    return f"{sign}{_said(match, before=ending)} {one if is_one else many}"


def _say_money(match: re.Match[str]) -> str:
    cents = int(match["cents"])
    return f"{counted(int(match['euros']))} Euro{f' {cardinal(cents)}' if cents else ''}"


def _say_fraction(match: re.Match[str]) -> str:
    parts, whole = int(match["parts"]), int(match["whole"])
    if whole not in _FRACTIONS:
        return f"{cardinal(parts)} durch {cardinal(whole)}"
    if whole == 2:
        return "ein halb" if parts == 1 else f"{cardinal(parts)} halbe"
    return f"{counted(parts)} {_FRACTIONS[whole].capitalize()}"


def _say_number(match: re.Match[str]) -> str:
    digits = match["whole"]
    if digits.startswith("0") and len(digits) > 1:
        said = _by_figures(digits)
    else:
        said = _said(match, before="-")
    return f"{sign_of_number(match['minus'], SIGNS)}{said}"


def _say_range(match: re.Match[str]) -> str:
    return f"{match['from']} bis "


TELEPHONE = rule(
    r"(?<![\w.,])(?:\+\d\d[ /-]?(?:\(0\) ?)?\d{2,4}|0\d{2,4})[ /-]{1,3}\d\d(?:[ -]?\d+)*(?!\w)",
    _say_telephone,
)
"""A number that begins with the code of a town or a country is said figure by figure."""

RULES: tuple[Rule, ...] = (
    rule(rf"(?<![\w.,])(?P<from>\d+(?:[.,]\d+)*){DASH}(?=\d)", _say_range),
    rule(FRACTION, _say_fraction),
    rule(r"(?<![\d.,])(?P<euros>\d+),(?P<cents>\d\d) ?(?:€|Euro\b)", _say_money),
    rule(rf"{SIGNED}(?<![\d.,]){_NUMBER} ?(?P<unit>{one_of(_UNITS)})(?![\w²³])", _say_unit),
    rule(r"(?<!\d)1(?= Uhr\b)", "ein"),
)
REST: tuple[Rule, ...] = (
    rule(rf"{SIGNED}(?<![\d.,]){_NUMBER}", _say_number),
    rule(r"\d+", lambda found: _by_figures(found.group())),
)
