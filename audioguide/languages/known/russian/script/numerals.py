"""Russian numerals in words, in every case and gender (Русская грамматика, 1980, §§ 1365-1384)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

from audioguide.languages.rules import listed


class Case(IntEnum):
    """The six cases in the order of the school table, which all tables here follow."""

    NOMINATIVE = 0
    GENITIVE = 1
    DATIVE = 2
    ACCUSATIVE = 3
    INSTRUMENTAL = 4
    PREPOSITIONAL = 5


class Gender(IntEnum):
    """A grammatical gender, or the plural, which has none."""

    MASCULINE = 0
    FEMININE = 1
    NEUTER = 2
    PLURAL = 3


@dataclass(frozen=True)
class Noun:
    """A noun that is counted: six singular forms, six plural ones, its gender."""

    singular: tuple[str, ...]
    plural: tuple[str, ...]
    gender: Gender = Gender.MASCULINE


Forms = tuple[str, ...]

_ONE: dict[Gender, Forms] = {
    Gender.MASCULINE: ("один", "одного", "одному", "один", "одним", "одном"),
    Gender.FEMININE: ("одна", "одной", "одной", "одну", "одной", "одной"),
    Gender.NEUTER: ("одно", "одного", "одному", "одно", "одним", "одном"),
    Gender.PLURAL: ("одни", "одних", "одним", "одни", "одними", "одних"),
}
_TWO: Forms = ("два", "двух", "двум", "два", "двумя", "двух")
_SMALL: dict[int, Forms] = {
    0: ("ноль", "ноля", "нолю", "ноль", "нолём", "ноле"),
    2: _TWO,
    3: ("три", "трёх", "трём", "три", "тремя", "трёх"),
    4: ("четыре", "четырёх", "четырём", "четыре", "четырьмя", "четырёх"),
    8: ("восемь", "восьми", "восьми", "восемь", "восемью", "восьми"),
    40: ("сорок", "сорока", "сорока", "сорок", "сорока", "сорока"),
    90: ("девяносто", "девяноста", "девяноста", "девяносто", "девяноста", "девяноста"),
    100: ("сто", "ста", "ста", "сто", "ста", "ста"),
    200: ("двести", "двухсот", "двумстам", "двести", "двумястами", "двухстах"),
    300: ("триста", "трёхсот", "трёмстам", "триста", "тремястами", "трёхстах"),
    400: ("четыреста", "четырёхсот", "четырёмстам", "четыреста", "четырьмястами", "четырёхстах"),
}
_SOFT = dict(
    zip(
        (*range(5, 8), *range(9, 21), 30),
        listed(
            "пять шесть семь девять десять одиннадцать двенадцать тринадцать четырнадцать "
            "пятнадцать шестнадцать семнадцать восемнадцать девятнадцать двадцать тридцать"
        ),
        strict=True,
    )
)
for _value, _name in _SOFT.items():
    _stem = _name[:-1]
    _SMALL[_value] = (_name, _stem + "и", _stem + "и", _name, _name + "ю", _stem + "и")
for _digit in (5, 6, 7, 8, 9):
    _five = _SMALL[_digit]
    if _digit < 9:
        _SMALL[_digit * 10] = tuple(
            form + tail
            for form, tail in zip(
                _five, ("десят", "десяти", "десяти", "десят", "десятью", "десяти"), strict=True
            )
        )
    _SMALL[_digit * 100] = tuple(
        form + tail
        for form, tail in zip(_five, ("сот", "сот", "стам", "сот", "стами", "стах"), strict=True)
    )


def _masculine(name: str) -> Noun:
    endings, many = ("", "а", "у", "", "ом", "е"), ("ы", "ов", "ам", "ы", "ами", "ах")
    return Noun(tuple(name + end for end in endings), tuple(name + end for end in many))


THOUSAND = Noun(
    ("тысяча", "тысячи", "тысяче", "тысячу", "тысячей", "тысяче"),
    ("тысячи", "тысяч", "тысячам", "тысячи", "тысячами", "тысячах"),
    Gender.FEMININE,
)
MILLION, MILLIARD = _masculine("миллион"), _masculine("миллиард")
_SCALES = ((10**9, MILLIARD), (10**6, MILLION), (10**3, THOUSAND))
_LARGEST = 10**12


def cardinal(number: int, case: Case = Case.NOMINATIVE, gender: Gender = Gender.MASCULINE) -> str:
    """Return a number from 0 in words, every part declined; "одна тысяча" keeps its одна."""
    if number >= _LARGEST:
        return figures(str(number))
    if number == 0:
        return _SMALL[0][case]
    words, rest = [], number
    for scale, noun in _SCALES:
        count, rest = divmod(rest, scale)
        if count:
            words += _below_thousand(count, case, noun.gender)
            words.append(counted(noun, count, case))
    return " ".join(words + _below_thousand(rest, case, gender))


def _below_thousand(number: int, case: Case, gender: Gender) -> list[str]:
    parts, rest = [], number
    if rest >= 100:
        parts.append(_SMALL[rest // 100 * 100][case])
        rest %= 100
    if rest > 20:
        parts.append(_SMALL[rest // 10 * 10][case])
        rest %= 10
    if rest == 1:
        parts.append(_ONE[gender][case])
    elif rest == 2 and gender is Gender.FEMININE and case in (Case.NOMINATIVE, Case.ACCUSATIVE):
        parts.append("две")
    elif rest:
        parts.append(_SMALL[rest][case])
    return parts


def counted(noun: Noun, number: int, case: Case = Case.NOMINATIVE) -> str:
    """Return ``noun`` as it stands after ``number`` in ``case``: рубль, рубля, рублей."""
    last, is_teen = number % 10, 10 < number % 100 < 20
    if last == 1 and not is_teen:
        return noun.singular[case]
    if case not in (Case.NOMINATIVE, Case.ACCUSATIVE):
        return noun.plural[case]
    if 2 <= last <= 4 and not is_teen:
        return noun.singular[Case.GENITIVE]
    return noun.plural[Case.GENITIVE]


def figures(digits: str) -> str:
    """Return the digits one by one."""
    return " ".join(cardinal(int(digit)) for digit in digits)


def numbered(digits: str) -> str:
    """Return the number of a paper, its zeros said: "ноль-ноль четыреста сорок семь" (D1)."""
    zeros = len(digits) - len(digits.lstrip("0"))
    if zeros == len(digits):
        return "-".join(["ноль"] * zeros)
    return " ".join(filter(None, ["-".join(["ноль"] * zeros), cardinal(int(digits))]))


_COMPOUND = {1: "одно", 40: "сорока", 90: "девяносто", 100: "сто"}


def compound(number: int) -> str | None:
    """Return the first half of "двадцатипятилетний" for 25; None from 1000 up, but for 1000."""
    if number == 1000:
        return "тысяче"
    if not 0 < number < 1000:
        return None
    parts, rest = [], number
    for size in (100, 10):
        if rest >= size and (size == 100 or rest > 20):
            parts.append(rest // size * size)
            rest %= size
    if rest:
        parts.append(rest)
    return "".join(_COMPOUND.get(part, "") or _SMALL[part][Case.GENITIVE] for part in parts)
