"""English words for numbers."""

from __future__ import annotations

import re
from fractions import Fraction

from audioguide.languages.vocabulary import Part, Rank, Vocabulary, scale, unit

_UNITS = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]
_TEENS = [
    *("ten", "eleven", "twelve", "thirteen", "fourteen"),
    *("fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
]
_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
_ORDINALS = ["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth"]
_ODD_TEENS = {"twelfth": 12}
_SCALES = {"thousand": 1000, "million": 10**6, "billion": 10**9}


def _words() -> dict[str, Part]:
    words = {word: unit(value) for value, word in enumerate(_UNITS, start=1)}
    words |= {word: unit(value, is_ordinal=True) for value, word in enumerate(_ORDINALS, start=1)}
    for value, word in enumerate(_TEENS, start=10):
        words[word] = unit(value)
        words[f"{word}th"] = unit(value, is_ordinal=True)
    words |= {word: unit(value, is_ordinal=True) for word, value in _ODD_TEENS.items()}
    for tens, word in enumerate(_TENS, start=2):
        words[word] = unit(tens * 10)
        words[f"{word[:-1]}ieth"] = unit(tens * 10, is_ordinal=True)
        words[f"{word[:-1]}ies"] = Part(
            Rank.TENS, Fraction(tens * 10), is_closing=True, is_plural=True
        )
    words["oh"] = Part(Rank.HUNDREDS, Fraction(0))  # nineteen oh five
    words["half"] = Part(Rank.UNIT, Fraction(1, 2))
    words["hundred"] = Part(Rank.HUNDRED, Fraction(100))
    words["hundredth"] = Part(Rank.HUNDRED, Fraction(100), is_ordinal=True)
    for word, value in _SCALES.items():
        words[word] = scale(value)
        words[f"{word}th"] = scale(value, is_ordinal=True)
    return words


_WORDS = _words()

VOCABULARY = Vocabulary(
    part=_WORDS.get,
    half=re.compile(r"\s+and\s+a\s+half\b"),
    joins=re.compile(r"\s+(?:and|a)\s+"),
    decade=re.compile(r"s\b"),
    year=re.compile(r"(?!)"),
    by_centuries=True,
    are_cardinals_years=True,
    grouping=r",\s",
    century=r"centur",
    between_years=r"and|to|or",
    to=r"to",
)
