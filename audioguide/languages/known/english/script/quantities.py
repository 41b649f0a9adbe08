"""English numbers that count, measure and name things; dates.py has been applied before."""

from __future__ import annotations

import re

from audioguide.languages.known.english.script.numerals import (
    cardinal,
    decimal,
    figures,
    numbered,
    ordinal,
)
from audioguide.languages.known.english.script.signs import MONEY, SIGNS
from audioguide.languages.rules import (
    DASH,
    FRACTION,
    Rule,
    one_of,
    rule,
    spell,
    whole,
    words_before,
)
from audioguide.languages.signs import SIGNED, sign_of_number
from audioguide.languages.telephones import telephone_rule

# One, and many.
UNITS = {
    "%": ("per cent", "per cent"),
    "°C": ("degree Celsius", "degrees Celsius"),
    "ºC": ("degree Celsius", "degrees Celsius"),
    "°F": ("degree Fahrenheit", "degrees Fahrenheit"),
    "°": ("degree", "degrees"),
    "sq km": ("square kilometre", "square kilometres"),
    "sq. km": ("square kilometre", "square kilometres"),
    "km²": ("square kilometre", "square kilometres"),
    "sq m": ("square metre", "square metres"),
    "sq. m": ("square metre", "square metres"),
    "m²": ("square metre", "square metres"),
    "m³": ("cubic metre", "cubic metres"),
    "km/h": ("kilometre per hour", "kilometres per hour"),
    "‰": ("per mille", "per mille"),
    "km": ("kilometre", "kilometres"),
    "m": ("metre", "metres"),
    "cm": ("centimetre", "centimetres"),
    "mm": ("millimetre", "millimetres"),
    "ha": ("hectare", "hectares"),
    "kg": ("kilogram", "kilograms"),
    "g": ("gram", "grams"),
    "t": ("tonne", "tonnes"),
    "ft": ("foot", "feet"),
    "min": ("minute", "minutes"),
    "mln": ("million", "million"),
    "bn": ("billion", "billion"),
}
_WHOLE = r"(?<![\d,.])(?:\d{1,3}(?:,\d{3})+(?!\d)|\d{1,3}(?: \d{3})+(?!\d)|\d+)"
_NUMBER = rf"(?P<number>{_WHOLE})(?:\.(?P<fraction>\d+))?"
_SECOND = r"(?P<second>(?:\d{1,3}(?:,\d{3})+(?!\d)|\d+))(?:\.(?P<second_fraction>\d+))?"
_UNIT = rf"(?P<unit>{one_of(UNITS)})(?![\w\u0301])"
_SCALE = r"(?P<scale>(?:hundred|thousand|million|billion)(?!\w))"


def _number(written: str, fraction: str | None) -> str:
    if fraction:
        return decimal(whole(written), fraction)
    return numbered(written) if re.match(r"0\d", written) else cardinal(whole(written))


def _say_number(match: re.Match[str]) -> str:
    return sign_of_number(match["minus"], SIGNS) + _number(match["number"], match["fraction"])


def _say_measure(match: re.Match[str]) -> str:
    one, many = UNITS[match["unit"]]
    is_one = match["number"] == "1" and not match["fraction"]
    # "a 5 km road" is five kilometres long, yet the word stands in the singular before a noun.
    return f"{_say_number(match)} {one if is_one else many}"


def _say_scale(match: re.Match[str]) -> str:
    number = match["number"]
    if match["fraction"] == "5":
        return f"{cardinal(whole(number))} and a half {match['scale']}"
    return f"{_number(number, match['fraction'])} {match['scale']}"


def _say_range(match: re.Match[str]) -> str:
    one = _number(match["first"], match["first_fraction"])
    other = _number(match["second"], match["second_fraction"])
    unit = f" {UNITS[match['unit']][1]}" if match["unit"] else ""
    link = "and" if words_before(match) == "between" else "to"
    return f"{one} {link} {other}{unit}"


def _say_ordinal(match: re.Match[str]) -> str:
    return ordinal(whole(match["number"]))


def _say_numero(match: re.Match[str]) -> str:
    letter = f" {match['letter']}" if match["letter"] else ""
    is_order = words_before(match) == "order" and match["number"][0] == "0"
    word = (
        ""
        if is_order
        else "Number "
        if match.group()[0] == "N" and not _before(match)
        else "number "
    )
    return word + numbered(match["number"]) + letter


def _before(match: re.Match[str]) -> str:
    return match.string[: match.start()].strip()


def _say_article(match: re.Match[str]) -> str:
    """Say "Article 58" as the dossier does, Article Fifty-Eight (D1)."""
    return f"{match['noun']} {cardinal(int(match['number'])).title()}"


def _say_money(match: re.Match[str]) -> str:
    scale = f" {match['scale']}" if match["scale"] else ""
    if match["fraction"] == "5" and scale:
        return f"{_say_scale(match)} {MONEY[match['sign']]}"
    return f"{_number(match['number'], match['fraction'])}{scale} {MONEY[match['sign']]}"


def _say_fraction(match: re.Match[str]) -> str:
    """Say "2/3" as two thirds; after a comma it is an address: two stroke three."""
    parts, whole_parts = int(match["parts"]), int(match["whole"])
    if not 0 < parts < whole_parts <= 10:
        return f"{cardinal(parts)} stroke {cardinal(whole_parts)}"
    name = {2: "half", 4: "quarter"}.get(whole_parts, ordinal(whole_parts))
    return f"{cardinal(parts)} {name}{'' if parts == 1 else 's'}"


def _say_ordinals(match: re.Match[str]) -> str:
    return f"{ordinal(whole(match['first']))} to {ordinal(whole(match['second']))}"


def _say_lettered(match: re.Match[str]) -> str:
    return f"{cardinal(int(match['number']))} {spell(match['letter'])}"


PHONE = telephone_rule("plus", cardinal, figures)

RULES: tuple[Rule, ...] = (
    rule(
        r"(?:№ ?|\b(?:[Nn]o\. ?|No )(?=\d))(?P<number>\d+)(?:-?(?P<letter>[A-Z])\b)?", _say_numero
    ),
    rule(r"\b(?P<noun>Article) (?P<number>\d+)(?![\d,.]\d|\w)", _say_article),
    rule(
        rf"(?P<first>{_WHOLE})(?:\.(?P<first_fraction>\d+))?{DASH}{_SECOND}(?: ?{_UNIT})?"
        r"(?![\w-])",
        _say_range,
    ),
    rule(rf"(?P<sign>[$£€₽₸]) ?{_NUMBER}(?: {_SCALE})?", _say_money),
    rule(rf"{_NUMBER} {_SCALE}", _say_scale),
    rule(
        rf"(?P<first>{_WHOLE})(?:st|nd|rd|th){DASH}(?P<second>\d+)(?:st|nd|rd|th)(?!\w)",
        _say_ordinals,
    ),
    rule(rf"{SIGNED}{_NUMBER} ?{_UNIT}", _say_measure),
    rule(rf"(?P<number>{_WHOLE})(?:st|nd|rd|th)(?!\w)", _say_ordinal),
    rule(r"(?<![\w,.])(?P<number>\d+)[ -]?(?P<letter>[A-Z])(?![\w\u0301'.])", _say_lettered),
    rule(r"(?<![\w,.])(?P<number>\d+)(?P<letter>[A-Z])(?![\w\u0301])", _say_lettered),
)

REST: tuple[Rule, ...] = (
    rule(r"(?<=\d)½", " and a half"),
    rule(r"½", "a half"),
    rule(FRACTION, _say_fraction),
    rule(r"(?<=\d) ?/ ?(?=\d)", " stroke "),
    rule(rf"(?<![^\W\d_]){SIGNED}{_NUMBER}(?![^\W\d_])", _say_number),
    rule(r"\d+", lambda match: f" {numbered(match.group())} "),
    rule(r" ?& ?", " and "),
    rule(r" ?% ?", " per cent "),
    rule(r"№ ?", "number "),
)
