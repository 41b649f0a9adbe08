"""Number words: what a language's words for numbers are; each language makes one of these."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction


class Rank(StrEnum):
    """What place a word takes in a number."""

    UNIT = "unit"
    TEEN = "teen"
    TENS = "tens"
    HUNDREDS = "hundreds"  # двести: worth 200 by itself
    HUNDRED = "hundred"  # жүз, hundred: makes hundreds of what stands before
    SCALE = "scale"
    HALF = "half"  # жарым, с половиной, and a half: adds half of the scale that follows
    DIGITS = "digits"


@dataclass(frozen=True)
class Part:
    """One word of a number; after a ``closing`` word, which has an ending, none can follow.

    The plural of a scale (тысячи) tells no number by itself.
    """

    rank: Rank
    value: Fraction
    is_ordinal: bool = False
    is_closing: bool = False
    is_plural: bool = False


@dataclass(frozen=True)
class Vocabulary:
    """How a language tells numbers.

    ``part`` reads one word, in small letters; ``half`` are the words that add a half, as
    patterns of what follows a number; ``joins`` may stand inside a number; ``decade`` tells
    by what follows a round number that it is a decade, ``year`` that it is a year.
    """

    part: Callable[[str], Part | None]
    half: re.Pattern[str]
    joins: re.Pattern[str] | None
    decade: re.Pattern[str]
    year: re.Pattern[str]
    by_centuries: bool = False
    are_cardinals_years: bool = False
    """Whether a cardinal may be a short year: "in nineteen thirty-seven or thirty-eight"."""
    century: str = ""
    """What follows a Roman numeral that tells a century, as a pattern."""
    between_years: str = ""
    """Words between two years, as a pattern: 1937 or 38; ``to`` may stand before the second."""
    to: str = ""
    grouping: str = r"\s"
    """What may part the thousands of a number in digits, as in a class of a pattern."""
    read_as: Mapping[int, str] = field(default_factory=dict)
    """Letters that keyboards write otherwise, each as one letter (``str.maketrans``)."""
    about: re.Pattern[str] | None = None
    """What makes a number of "тысячи" alone: "около тысячи" is about 1,000."""


def unit(value: int, *, is_ordinal: bool = False, is_closing: bool = False) -> Part:
    """Make the part of a number below a hundred, ten and its like among the tens."""
    if value < 10:
        rank = Rank.UNIT
    elif value < 20:
        rank = Rank.TEEN
    else:
        rank = Rank.TENS
    return Part(rank, Fraction(value), is_ordinal, is_closing)


def scale(value: int, *, is_ordinal: bool = False, is_closing: bool = False) -> Part:
    """Make the part that multiplies what stands before it."""
    return Part(Rank.SCALE, Fraction(value), is_ordinal, is_closing)


_NOTHING = re.compile(r"(?!)")
IN_DIGITS = Vocabulary(
    part=lambda _: None, half=_NOTHING, joins=None, decade=_NOTHING, year=_NOTHING, grouping=r",.\s"
)
"""Of a language whose words for numbers are not known: numbers in digits alone."""
