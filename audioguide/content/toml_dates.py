"""A day as hands write it, in three languages, turned into what museum.toml has: 2026-11-22."""

from __future__ import annotations

import re
from datetime import date

EXAMPLE = "2026-11-22"
_LONGEST = 60
_CENTURY = 2000
_MONTHS = (
    "янв фев мар апр май|мая|мае июн июл авг сен окт ноя дек",
    "қаң ақп нау сәу мам мау шіл там қыр қаз қар жел",
    "jan feb mar apr may jun jul aug sep oct nov dec",
    "i ii iii iv v vi vii viii ix x xi xii",
)
_BEGINNINGS = [
    [(tuple(each.split("|")), number) for number, each in enumerate(months.split(), 1)]
    for months in _MONTHS
]
_ROMAN = str.maketrans("іх", "ix")  # as a Cyrillic keyboard has them


def as_date(written: str) -> str:
    """Return a day, however people write it, as TOML has it; what is none is an example."""
    day = day_of(written)
    return day.isoformat() if day is not None else EXAMPLE


def day_of(written: str) -> date | None:
    """Return the day that somebody wrote, None where it is not sure, or no day of the calendar."""
    meant = parts_of(written)
    try:
        return date(*meant) if meant is not None else None
    except ValueError:
        return None


def parts_of(written: str) -> tuple[int, int, int] | None:
    """Return the year, month and day that somebody wrote, whether or not there is such a day."""
    text = written[:_LONGEST].lower()
    numbers = re.findall(r"\d+", text)
    months = [month for each in re.findall(r"[^\W\d_]+", text) if (month := _month(each))]
    if len(months) == 1:
        return _with_name(numbers, months[0])
    return _of_figures(numbers, text) if not months else None


def _month(word: str) -> int | None:
    *named, roman = _BEGINNINGS
    for months in named:
        for begins, number in months:
            if word.startswith(begins):
                return number
    latin = word.translate(_ROMAN)
    return next((number for (each,), number in roman if latin == each), None)


def _with_name(numbers: list[str], month: int) -> tuple[int, int, int] | None:
    whole = [each for each in numbers if len(each) == 4]
    short = [each for each in numbers if len(each) <= 2]
    if len(numbers) != 2 or not short:
        return None
    if whole:
        return int(whole[0]), month, int(short[0])
    return _CENTURY + int(short[1]), month, int(short[0])


def _of_figures(numbers: list[str], text: str) -> tuple[int, int, int] | None:
    lengths = [len(each) for each in numbers]
    if len(numbers) != 3 or max(lengths[1:2]) > 2:
        return None
    first, second, third = map(int, numbers)
    if lengths[0] == 4 and lengths[2] <= 2:
        return first, second, third
    if lengths[0] > 2 or lengths[2] not in (2, 4) or (lengths[2] == 2 and "-" in text):
        return None  # 26-11-22 may be either way round
    year = third if lengths[2] == 4 else _CENTURY + third
    is_american = "/" in text and first <= 12 < second
    return (year, first, second) if is_american else (year, second, first)
