"""German words for numbers, which are written as one word up to a million."""

from __future__ import annotations

import re
from fractions import Fraction
from functools import cache

from audioguide.languages.known.german.numerals import cardinal, counted
from audioguide.languages.vocabulary import Part, Rank, Vocabulary, scale

_MOST = 2100
_SCALES = {"tausend": 1000, "million": 10**6, "millionen": 10**6, "milliarde": 10**9}
_ORDINAL = re.compile(r"(?P<stem>\w+?)(?:s?t)e[rnms]?")
_ODD = {"er": "ein", "drit": "drei", "sieb": "sieben", "ach": "acht"}


@cache
def _values() -> dict[str, int]:
    values = {counted(number): number for number in range(1, _MOST)}
    values |= {f"{word}s": number for word, number in values.items() if word.endswith("ein")}
    hundreds = {f"{counted(head)}hundert": head * 100 for head in range(11, 20)}
    years = {
        head + (cardinal(rest) if rest else ""): value + rest
        for head, value in hundreds.items()
        for rest in range(100)
    }
    values |= {word.removeprefix("ein"): n for word, n in values.items() if word[:7] == "einhund"}
    # An article is no number: "ein Haus".
    return {word: value for word, value in (values | years).items() if word != "ein"}


def _part(word: str) -> Part | None:
    if word == "halb":
        return Part(Rank.UNIT, Fraction(1, 2))
    if word in _SCALES:
        return scale(_SCALES[word])
    if value := _value(word):
        return Part(Rank.DIGITS, Fraction(value))
    found = _ORDINAL.fullmatch(word)
    stem = found["stem"] if found else ""
    stems = (
        stem,
        *(stem.removesuffix(odd) + plain for odd, plain in _ODD.items() if stem.endswith(odd)),
    )
    value = next((value for each in stems if (value := 1 if each == "ein" else _value(each))), 0)
    return Part(Rank.DIGITS, Fraction(value), is_ordinal=True) if value else None


def _value(word: str) -> int:
    """Return what a word is worth, nought for one that is no number."""
    values = _values()
    head, thousand, rest = word.partition("tausend")
    if not (thousand and head) or word in values:
        return values.get(word, 0)
    heads, rests = values | {"ein": 1}, values | {"": 0}
    return heads[head] * 1000 + rests[rest] if head in heads and rest in rests else 0


VOCABULARY = Vocabulary(
    part=_part,
    half=re.compile(r"(?!)"),
    joins=None,
    decade=re.compile(r"er\b(?:[- ]Jahre\w*)?"),
    year=re.compile(r"(?!)"),
    grouping=r".\s",
    century=r"Jahrhundert|Jh",
    between_years=r"und|bis|oder",
    to=r"bis",
)
