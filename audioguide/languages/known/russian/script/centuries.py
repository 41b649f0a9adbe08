"""Russian centuries and other Roman numerals as ordinals."""

from __future__ import annotations

import re

from audioguide.languages.known.russian.script.grammar import GOVERNOR, agreement, gender_of
from audioguide.languages.known.russian.script.numerals import Case, Gender
from audioguide.languages.known.russian.script.ordinals import ordinal
from audioguide.languages.rules import (
    DASH,
    ROMAN,
    SHORT_ROMAN,
    Rule,
    roman,
    rule,
    words_after,
    words_before,
)

_CASES = {
    "век": Case.NOMINATIVE,
    "века": Case.GENITIVE,
    "веку": Case.DATIVE,
    "веком": Case.INSTRUMENTAL,
    "веке": Case.PREPOSITIONAL,
    "веков": Case.GENITIVE,
    "векам": Case.DATIVE,
    "веками": Case.INSTRUMENTAL,
    "веках": Case.PREPOSITIONAL,
}
_SINGULAR = ("век", "века", "веку", "век", "веком", "веке")
_PLURAL = ("века", "веков", "векам", "века", "веками", "веках")
_OF_CENTURIES = GOVERNOR | {"в": Case.PREPOSITIONAL, "во": Case.PREPOSITIONAL}
_OF_CENTURIES |= {"на": Case.ACCUSATIVE, "по": Case.ACCUSATIVE, "за": Case.ACCUSATIVE}
# Endings of a ruler's name: Николая II, Николаю II, Екатериной II.
_RULERS = (
    (("ой", "ею"), Case.INSTRUMENTAL, Gender.FEMININE),
    (("ы", "ии"), Case.GENITIVE, Gender.FEMININE),
    (("на", "ия"), Case.NOMINATIVE, Gender.FEMININE),
    (("а", "я"), Case.GENITIVE, Gender.MASCULINE),
    (("у", "ю"), Case.DATIVE, Gender.MASCULINE),
    (("ом", "ем"), Case.INSTRUMENTAL, Gender.MASCULINE),
    (("е",), Case.PREPOSITIONAL, Gender.MASCULINE),
)
_DIVISIONS = re.compile(r"(?:том|глав|част|раздел|книг|зал|этап|групп|степен|класс|квартал)\w*$")


def _value(written: str | None) -> int | None:
    if not written:
        return None
    return int(written) if written.isdigit() else roman(written)


def _say_century(match: re.Match[str]) -> str:
    first, second, noun = _value(match["first"]), _value(match["second"]), match["noun"]
    if first is None or (match["second"] and second is None):
        return match.group()
    before = words_before(match)
    many = second is not None
    if noun in _CASES:
        case = _CASES[noun]
        if many and noun == "века":
            case = Case.NOMINATIVE
    else:
        case = _OF_CENTURIES.get(before, Case.GENITIVE if before else Case.NOMINATIVE)
        noun = (_PLURAL if many else _SINGULAR)[case]
    said = ordinal(first, case)
    return f"{said} и {ordinal(second, case)} {noun}" if second is not None else f"{said} {noun}"


def _say_ruler(match: re.Match[str]) -> str:
    number, name = roman(match["numeral"]), match["name"]
    if number is None or (name.isupper() and len(name) > 1):
        return match.group()
    for endings, case, gender in _RULERS:
        if name.endswith(endings):
            return f"{name} {ordinal(number, case, gender)}"
    return f"{name} {ordinal(number, Case.NOMINATIVE)}"


def _say_roman(match: re.Match[str]) -> str:
    number, after, before = roman(match["numeral"]), words_after(match), words_before(match)
    is_single = len(match["numeral"]) == 1
    if number is None or (is_single and not (after or _DIVISIONS.search(before))):
        return match.group()
    if _DIVISIONS.search(before):
        case, gender = agreement(before, words_before(match, 2).split()[0])
        return ordinal(number, case, gender)
    if not after:
        return ordinal(number, Case.NOMINATIVE)
    case, gender = agreement(after[0], before)
    if case is Case.NOMINATIVE and gender is Gender.MASCULINE:
        gender = gender_of(after[0])
    return ordinal(number, case, gender)


_NUMERAL = rf"(?:{ROMAN}|(?<![\d,.])\d{{1,2}})"
_SUFFIX = r"(?:-?(?:го|му|ом|ый|й|м|е))?"

RULES: tuple[Rule, ...] = (
    rule(
        rf"(?P<first>{_NUMERAL}){_SUFFIX}(?:(?:{DASH}| и )(?P<second>{_NUMERAL}){_SUFFIX})?"
        r" ?(?P<noun>век(?:ами|ах|ам|ов|ом|а|у|е)?(?!\w)|вв\.|в\. ?в\.|в\.)",
        _say_century,
    ),
    rule(
        rf"(?P<name>(?<!\w)(?:Никола|Александр|Екатерин|Пётр|Петр|Павл|Иван|Людовик|Карл|Фридрих"
        rf"|Елизавет)[а-яё]*) (?P<numeral>{SHORT_ROMAN})",
        _say_ruler,
    ),
    rule(rf"(?P<numeral>{SHORT_ROMAN})", _say_roman),
)
