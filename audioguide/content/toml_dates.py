"""A day as hands write it, in any known language, as museum.toml has it: 2026-11-22."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from functools import cache

from babel import Locale

from audioguide.languages import all_known

EXAMPLE = "2026-11-22"
_LONGEST = 60
_CENTURY = 2000
_ROMANS = ["i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii"]
_LETTERS = 3  # which tell the months of each language apart
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
    latin = word.translate(_ROMAN)
    return _months().get(word[:_LETTERS]) or (
        _ROMANS.index(latin) + 1 if latin in _ROMANS else None
    )


@cache
def _months() -> Mapping[str, int]:
    """Return the months by their first letters, in each known language, as CLDR has them."""
    return {
        name[:_LETTERS].lower(): number
        for known in all_known().values()
        for context in ("format", "stand-alone")
        for number, name in Locale.parse(known.locale).months[context]["wide"].items()
    }


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
