"""Russian ordinals and fractions in every case."""

from __future__ import annotations

from audioguide.languages.known.russian.script.numerals import (
    Case,
    Gender,
    cardinal,
    compound,
    figures,
)

_HARD = {
    Gender.MASCULINE: ("ый", "ого", "ому", "ый", "ым", "ом"),
    Gender.FEMININE: ("ая", "ой", "ой", "ую", "ой", "ой"),
    Gender.NEUTER: ("ое", "ого", "ому", "ое", "ым", "ом"),
    Gender.PLURAL: ("ые", "ых", "ым", "ые", "ыми", "ых"),
}
_THIRD = {
    Gender.MASCULINE: ("ий", "ьего", "ьему", "ий", "ьим", "ьем"),
    Gender.FEMININE: ("ья", "ьей", "ьей", "ью", "ьей", "ьей"),
    Gender.NEUTER: ("ье", "ьего", "ьему", "ье", "ьим", "ьем"),
    Gender.PLURAL: ("ьи", "ьих", "ьим", "ьи", "ьими", "ьих"),
}
_STEMS = {
    0: "нулев",
    1: "перв",
    2: "втор",
    3: "трет",
    4: "четвёрт",
    5: "пят",
    6: "шест",
    7: "седьм",
    8: "восьм",
    9: "девят",
    40: "сороков",
    90: "девяност",
    100: "сот",
}
_STRESSED = frozenset({0, 2, 6, 7, 8, 40})  # второй, not "вторый"
_FRACTIONS = {1: "десят", 2: "сот", 3: "тысячн"}


def ordinal(number: int, case: Case, gender: Gender = Gender.MASCULINE) -> str:
    """Return the ordinal: only the last word is ordinal and declines; 1937 begins with тысяча."""
    before, last = _split(number)
    prefix = cardinal(before).removeprefix("одна ") + " " if before else ""
    if last == 3:
        return prefix + "трет" + _THIRD[gender][case]
    ending = _HARD[gender][case]
    if last in _STRESSED and ending == "ый":
        ending = "ой"
    return prefix + _stem(last) + ending


def _split(number: int) -> tuple[int, int]:
    """Part a number into what stays cardinal and the last word, which becomes ordinal."""
    rest = number % 100
    if 0 < rest <= 20:
        return number - rest, rest
    for size in (10, 100, 1000, 10**6, 10**9):
        if number % size:
            last = number % size
            return number - last, last
    return 0, number


def _stem(number: int) -> str:
    if number in _STEMS:
        return _STEMS[number]
    for scale, name in ((10**9, "миллиардн"), (10**6, "миллионн"), (1000, "тысячн")):
        if number >= scale:
            count = number // scale
            return ("" if count == 1 else compound(count) or "") + name
    if number >= 100:
        return cardinal(number // 100, Case.GENITIVE) + "сот"
    if number >= 50:
        return cardinal(number // 10, Case.GENITIVE) + "десят"
    return cardinal(number).rstrip("ь")


def decimal(whole: int, fraction: str, case: Case) -> str:
    """Return a decimal: "девяносто семь целых и семь десятых"; the thing counted is in genitive."""
    if len(fraction) not in _FRACTIONS:
        return f"{cardinal(whole, case)} запятая {figures(fraction)}"
    parts = int(fraction)
    wholes = f"{cardinal(whole, case, Gender.FEMININE)} {_part('цел', whole, case)}"
    tenths = f"{cardinal(parts, case, Gender.FEMININE)} "
    return f"{wholes} и {tenths}{_part(_FRACTIONS[len(fraction)], parts, case)}"


def _part(stem: str, number: int, case: Case) -> str:
    if number % 10 == 1 and number % 100 != 11:
        return stem + _HARD[Gender.FEMININE][case]
    plural = Case.GENITIVE if case in (Case.NOMINATIVE, Case.ACCUSATIVE) else case
    return stem + _HARD[Gender.PLURAL][plural]


def with_suffix(number: int, suffix: str) -> list[tuple[str, Case, Gender]]:
    """Return every form of the ordinal that ends in ``suffix``, as "1937-м" asks, by its case."""
    forms = [
        (ordinal(number, case, gender), case, gender)
        for gender in (Gender.MASCULINE, Gender.FEMININE, Gender.NEUTER, Gender.PLURAL)
        # "1918-м" is far more often седьмом than седьмым.
        for case in (*list(Case)[:4], Case.PREPOSITIONAL, Case.INSTRUMENTAL)
    ]
    return [form for form in forms if form[0].endswith(suffix)]
