"""Kazakh numbers that count, measure and name things; dates.py has been applied before."""

from __future__ import annotations

import re

from audioguide.languages.known.kazakh.script.endings import (
    ENDING,
    attach,
    attach_to_number,
    joined,
)
from audioguide.languages.known.kazakh.script.numerals import (
    cardinal,
    collective,
    decimal,
    figures,
    made_ordinal,
    numbered,
    ordinal,
)
from audioguide.languages.known.kazakh.script.signs import SIGNS
from audioguide.languages.letters import KAZAKH_NAMES
from audioguide.languages.rules import DASH, FRACTION, WHOLE, Rule, one_of, rule, spell, whole
from audioguide.languages.signs import SIGNED, sign_of_number
from audioguide.languages.telephones import telephone_rule

UNITS = {
    "%": "пайыз",
    "‰": "промилле",
    "°C": "градус Цельсий",
    "°С": "градус Цельсий",
    "ºC": "градус Цельсий",
    "ºС": "градус Цельсий",
    "°": "градус",
    "км/сағ": "километр сағатына",
    "км": "километр",
    "м": "метр",
    "см": "сантиметр",
    "мм": "миллиметр",
    "км²": "шаршы километр",
    "м²": "шаршы метр",
    "м³": "текше метр",
    "шаршы км": "шаршы километр",
    "шаршы м": "шаршы метр",
    "га": "гектар",
    "кг": "килограмм",
    "г": "грамм",
    "т": "тонна",
    "ц": "центнер",
    "л": "литр",
    "тг": "теңге",
    "₸": "теңге",
    "₽": "рубль",
    "€": "еуро",
    "$": "доллар",
    "мин": "минут",
    "сағ": "сағат",
    "мың": "мың",
    "млн": "миллион",
    "млрд": "миллиард",
}
_NUMBER = rf"(?P<number>{WHOLE})(?:,(?P<fraction>\d+))?"
_UNIT = rf"(?P<unit>{one_of(UNITS)})(?![\w\u0301])(?:(?<!\w)|\.(?= [а-яәғқңөұүһі\d])|)"
_WORD = r"[а-яёәғқңөұүһі]"


def _number(match: re.Match[str], number: str = "number", fraction: str = "fraction") -> str:
    if match[fraction]:
        return decimal(whole(match[number]), match[fraction])
    if match[number][0] == "0" and len(match[number]) > 1:
        return numbered(match[number].replace(" ", ""))
    return cardinal(whole(match[number]))


def _signed(match: re.Match[str]) -> str:
    return sign_of_number(match["minus"], SIGNS) + _number(match)


def _say_numero(match: re.Match[str]) -> str:
    number, noun = numbered(match["number"]), match["noun"] or ""
    if match["ending"]:
        return f"нөмір {attach_to_number(number, match['ending'])}{noun}"
    if match["letter"]:
        return f"нөмір {number} {spell(match['letter'], KAZAKH_NAMES)}{noun}"
    if not re.search("[1-9]", match["number"]):
        return f"нөмір {number}{noun}"
    return f"{made_ordinal(number)}{noun or ' нөмір'}"


def _say_measure(match: re.Match[str]) -> str:
    unit = UNITS[match["unit"]]
    said = f"{_signed(match)} {unit}"
    ending = match["ending"]
    if ending in ("ы", "і", "сы", "сі"):
        return said + _possessive(unit)
    return attach(said, ending) if ending else said


def _possessive(unit: str) -> str:
    hard = attach(unit, "да")[-1] == "а"
    ending = "ы" if hard else "і"
    return "с" + ending if unit[-1] in "аәеэоөыі" else ending


def _say_measures(match: re.Match[str]) -> str:
    one = _number(match, "first", "first_fraction")
    other = _number(match, "second", "second_fraction")
    said = f"{other} {UNITS[match['unit']]}"
    if match["ending"]:
        return f"{one}, {attach(said, match['ending'])}"
    return f"{joined(one, said)} аралығында"


def _say_range(match: re.Match[str]) -> str:
    one, other = cardinal(whole(match["first"])), cardinal(whole(match["second"]))
    if match["ending"]:
        other = attach_to_number(other, match["ending"])
    return f"{one}, {other}" if " " in one + other else f"{one}-{other}"


def _say_ordinal(match: re.Match[str]) -> str:
    said = ordinal(whole(match["number"]))
    return attach_to_number(said, match["ending"]) if match["ending"] else said


def _say_with_ending(match: re.Match[str]) -> str:
    return attach_to_number(_number(match), match["ending"])


def _say_collective(match: re.Match[str]) -> str:
    word = collective(int(match["number"]))
    return match.group() if word is None else word + match["ending"]


def _say_bare_ordinal(match: re.Match[str]) -> str:
    return f"{ordinal(whole(match['number']))} {match['noun']}"


def _say_lettered(match: re.Match[str]) -> str:
    return f"{cardinal(int(match['number']))} {spell(match['letter'], KAZAKH_NAMES)}"


def _say_fraction(match: re.Match[str]) -> str:
    """Say "1/3" as үштен бір; after a comma it is an address: үш бөлшек бес."""
    parts, whole_parts = int(match["parts"]), int(match["whole"])
    if not 0 < parts < whole_parts <= 10:
        return f"{cardinal(parts)} бөлшек {cardinal(whole_parts)}"
    return f"{attach_to_number(cardinal(whole_parts), 'дан')} {cardinal(parts)}"


def _say_scale(match: re.Match[str]) -> str:
    unit = UNITS[match["unit"]]
    return attach(unit, match["ending"]) if match["ending"] else unit


_RANGE = (
    rf"(?P<first>{WHOLE})(?:,(?P<first_fraction>\d+))?{DASH}"
    r"(?P<second>(?:\d{1,3}(?: \d{3})+(?!\d)|\d+))(?:,(?P<second_fraction>\d+))?"
)
_ENDING = rf"(?:-(?P<ending>{_WORD}+))?"
_LETTER = r"[А-ЯЁӘҒҚҢӨҰҮҺІA-Z](?![\w\u0301])"

RULES: tuple[Rule, ...] = (
    # "18.000" and "25,000" are thousands typed abroad; "1.5" is a decimal typed so.
    rule(
        r"(?<![\d.,])\d{1,3}(?:(?:\.\d{3})+|,000)(?![\d.,]*\d)",
        lambda match: re.sub("[.,]", "", match.group()),
    ),
    rule(r"(?<![\d.,])\d+\.\d(?![\d.])", lambda match: match.group().replace(".", ",")),
    rule(r"(?<=\d)½", ",5"),
    rule(
        rf"(?:№|N°) ?(?P<number>\d+)(?:-(?P<ending>{ENDING})(?!\w)|-?(?P<letter>{_LETTER}))?"
        rf"(?:-?ш[ыі](?!\w))?(?P<noun>[ -](?!және|мен |бен |пен |бойынша){_WORD}+)?",
        _say_numero,
    ),
    rule(rf"{_RANGE} ?{_UNIT}{_ENDING}", _say_measures),
    rule(rf"{SIGNED}{_NUMBER} ?{_UNIT}{_ENDING}", _say_measure),
    rule(
        rf"{_RANGE.replace('(?:,(?P<first_fraction>', '(?:,(?P<_a>').replace('second_f', '_b')}"
        rf"(?:-(?P<ending>{ENDING})(?!\w))?(?![\w,-])",
        _say_range,
    ),
    rule(
        rf"(?P<number>{WHOLE})-?(?:ыншы|інші|ншы|нші|шы|ші)(?P<ending>{ENDING})?(?!\w)",
        _say_ordinal,
    ),
    rule(rf"(?<![\d,.])(?P<number>[2-7])-(?:[ае]у)(?P<ending>{_WORD}*)", _say_collective),
    rule(rf"{_NUMBER}-(?P<ending>{ENDING}|{_WORD}{{1,2}})(?!\w)", _say_with_ending),
    rule(rf"(?P<number>{WHOLE})-(?P<noun>(?!жылды[қғ]){_WORD}{{3,}})", _say_bare_ordinal),
    rule(rf"(?P<number>(?<!\w)\d+)[ -]?(?P<letter>{_LETTER})(?![.])", _say_lettered),
    rule(rf"(?P<number>(?<!\w)\d+)(?P<letter>{_LETTER})", _say_lettered),
    rule(rf"(?P<unit>млн|млрд){_ENDING}(?![\w\u0301])\.?", _say_scale),
)

PHONE = telephone_rule("плюс", cardinal, figures)

REST: tuple[Rule, ...] = (
    rule(r"½", "жарты"),
    rule(FRACTION, _say_fraction),
    rule(r"(?<=\d) ?/ ?(?=\d)", " бөлшек "),
    rule(rf"(?<![^\W\d_]){SIGNED}{_NUMBER}(?![^\W\d_])", _signed),
    rule(r"\d+", lambda match: f" {numbered(match.group())} "),
    rule(r" ?& ?", " және "),
    rule(r" ?% ?", " пайыз "),
    rule(r"№ ?", "нөмір "),
)
