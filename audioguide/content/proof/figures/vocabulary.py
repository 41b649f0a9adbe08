"""What a language's words for numbers are; each language makes one of these."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction

from audioguide.content.proof.figures.values import Part, Rank


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
