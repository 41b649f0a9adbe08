"""Uzbek years, centuries, days, hours, units, abbreviations and numbers of things.

A hyphen after figures makes an ordinal of them, a Roman numeral is one without it.
"""

from __future__ import annotations

import re

from audioguide.languages.known.uzbek.numerals import cardinal, ordinal
from audioguide.languages.known.uzbek.script.signs import SIGNS
from audioguide.languages.rules import (
    DASH,
    FRACTION,
    SHORT_ROMAN,
    WHOLE,
    Rule,
    ends_sentence,
    one_of,
    roman,
    rule,
    whole,
)
from audioguide.languages.signs import SIGNED, sign_of_number
from audioguide.languages.telephones import telephone_rule

_UNITS = {
    **{"%": "foiz", "km": "kilometr", "m": "metr", "sm": "santimetr", "mm": "millimetr"},
    **{"km²": "kvadrat kilometr", "m²": "kvadrat metr", "kg": "kilogramm", "g": "gramm"},
    **{"t": "tonna", "ga": "gektar", "l": "litr", "°C": "daraja", "°": "daraja", "$": "dollar"},
    **{"€": "yevro", "mln": "million", "mlrd": "milliard", "ming": "ming"},
}
_ABBREVIATIONS = {
    r"va h\.k\.": "va hokazo",
    r"m\.a\.": "miloddan avvalgi",
    r"prof\.": "professor",
    r"akad\.": "akademik",
    r"dots\.": "dotsent",
    r"koʻch\.": "koʻchasi",
    r"sh\.(?= ?[A-ZOG])": "shahar",
    r"vil\.": "viloyati",
    r"tum\.": "tumani",
}
_ORDINAL_RANGE = rf"(?<![\d,.])(?P<from>\d{{1,4}}){DASH}(?P<to>\d{{1,4}})-(?=[a-zʻ])"


def _say_roman(match: re.Match[str]) -> str:
    first = roman(match["from"]) if match["from"] else None
    value = roman(match["roman"])
    if value is None or (match["from"] and first is None):
        return match.group()
    return f"{ordinal(first)}, {ordinal(value)} " if first else f"{ordinal(value)} "


def _decimal(match: re.Match[str]) -> str:
    said = cardinal(whole(match["whole"]))
    if match["parts"]:
        parts = match["parts"]
        base = cardinal(10 ** len(parts))
        said = f"{said} butun {base}dan {cardinal(int(parts))}"
    return sign_of_number(match["minus"], SIGNS) + said


def _say_unit(match: re.Match[str]) -> str:
    unit = _UNITS[match["unit"]]
    return f"{_decimal(match)} {unit}"


def _say_hours(match: re.Match[str]) -> str:
    hours, minutes = cardinal(int(match["hours"])), int(match["minutes"])
    return f"{hours} {cardinal(minutes) if minutes else 'nol-nol'}"


def _say_figures(match: re.Match[str]) -> str:
    digits = match["whole"]
    return _by_figures(digits) if digits[0] == "0" and len(digits) > 1 else _decimal(match)


def _by_figures(digits: str) -> str:
    return " ".join(cardinal(int(figure)) for figure in digits)


def _abbreviation(pattern: str, words: str) -> Rule:
    return rule(
        rf"(?<![\w-])(?:{pattern}|{pattern[0].upper()}{pattern[1:]}) ?",
        lambda match: f"{words}. " if ends_sentence(match) else f"{words} ",
    )


_TELEPHONE = r"\+?(?<!\d)998[ -]?\(?\d\d\)?[ -]?\d{3}[ -]?\d\d[ -]?\d\d(?!\d)"
_NUMBER = rf"(?P<whole>{WHOLE})(?:[.,](?P<parts>\d+))?"
RULES: tuple[Rule, ...] = (
    telephone_rule(SIGNS["+"], cardinal, _by_figures, _TELEPHONE),
    *(_abbreviation(pattern, words) for pattern, words in _ABBREVIATIONS.items()),
    rule(
        rf"(?:(?P<from>{SHORT_ROMAN})[-–])?(?P<roman>{SHORT_ROMAN}) (?=asr|yuz yillik|jahon|bob)",
        _say_roman,
    ),
    rule(r"(?<![\d:])(?P<hours>[01]?\d|2[0-4]):(?P<minutes>[0-5]\d)(?![\d:])", _say_hours),
    rule(
        _ORDINAL_RANGE,
        lambda match: f"{ordinal(int(match['from']))}, {ordinal(int(match['to']))} ",
    ),
    rule(
        r"(?<![\d,.])(?P<year>1\d{3}|20\d\d)[- ](?:yil|y\.)(?=(?P<more>\w*))",
        lambda match: f"{ordinal(int(match['year']))} yil",
    ),
    rule(
        r"(?<![\d,.])(?P<number>\d{1,4})-(?=[a-zA-Zʻ])",
        lambda match: f"{ordinal(int(match['number']))} ",
    ),
    rule(r"№ ?(?P<number>\d+)", lambda match: f"{ordinal(int(match['number']))} raqam"),
    rule(
        FRACTION,
        lambda match: f"{cardinal(int(match['whole']))}dan {cardinal(int(match['parts']))}",
    ),
    rule(
        rf"(?<![\w.,])(?P<from>{WHOLE}){DASH}(?=\d)",
        lambda match: f"{cardinal(whole(match['from']))}, ",
    ),
    rule(rf"{SIGNED}{_NUMBER} ?(?P<unit>{one_of(_UNITS)})(?![\w²³])", _say_unit),
    rule(rf"{SIGNED}{_NUMBER}", _say_figures),
    rule(r"(?<![\w\u0301])(\w)\. ?(?=[A-Z])", lambda match: f"{match.group(1)} "),
)
