"""Uzbek words for numbers, with the endings of ordinals and cases."""

from __future__ import annotations

import re
from fractions import Fraction

from audioguide.languages.known.uzbek.numerals import SCALES, TENS, UNITS
from audioguide.languages.vocabulary import Part, Rank, Vocabulary

_VALUES = {
    **{word: (Rank.UNIT, value) for value, word in enumerate(UNITS) if value},
    **{word: (Rank.TENS, value * 10) for value, word in enumerate(TENS) if value},
    "yuz": (Rank.HUNDRED, 100),
    **{word: (Rank.SCALE, value) for value, word in SCALES.items()},
}
_FORM = re.compile(
    rf"(?P<word>{'|'.join(sorted(_VALUES, key=len, reverse=True))})(?P<ordinal>i?nchi)?"
    r"(?P<ending>ning|ni|ga|da|dan|si|i|ta|tasi)?"
)


def _part(word: str) -> Part | None:
    if word == "yarim":
        return Part(Rank.UNIT, Fraction(1, 2))
    found = _FORM.fullmatch(word)
    # yuzi, yuzni: a face; onda, birga: there, together. None of them is a number.
    if found is None or (found["ending"] and not found["ordinal"]):
        return None
    rank, value = _VALUES[found["word"]]
    return Part(rank, Fraction(value), found["ordinal"] is not None, bool(found["ending"]))


VOCABULARY = Vocabulary(
    part=_part,
    half=re.compile(r"\s+yarim\b"),
    joins=None,
    decade=re.compile(r"-?\s?yillar"),
    year=re.compile(r"\s+yil"),
    read_as=str.maketrans(dict.fromkeys("‘’'ʼ`", "ʻ")),
    century=r"asr",
    between_years=r"va|yoki",
)
