"""Write a Russian sentence in the letters and marks that Festival's Russian voice can read."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from functools import cache
from pathlib import Path

from audioguide.languages.rules import listed
from audioguide.speech.script import punctuation

_ACUTE = "\u0301"
_MARKED = re.compile(rf"([аеиоуыэюя]){_ACUTE}", re.IGNORECASE)
_WORD = re.compile(rf"[\w{_ACUTE}]+")
# The voice knows an ending in -го by its letters, and a mark hides them: самого́ is said самово́.
_ENDS_IN_GO = re.compile(r"(?<=[ое])г(?=\+о\b)", re.IGNORECASE)
# Words that it says by rules of their own, which a mark would hide; their stress it knows.
_KNOWN = frozenset(
    listed("бог что чтобы конечно скучно нарочно много немного намного строго дорого")
)
# A compound is looked up as one word and bears its first plus alone: its parts are given as words.
_JOINED = re.compile(r"(?<=\w)-(?=[\w+])")
_WITH_PLUS = re.compile(r"[\w+-]*\+[\w+-]*")
_LETTERS = frozenset("абвгдеёжзийклмнопрстуфхцчшщъыьэюя0123456789")
_MARKS = frozenset(" .,?!:-+")
_LATIN = listed("а б к д е ф г х и дж к л м н о п к р с т у в в кс и з")
_KAZAKH, _UKRAINIAN = dict(zip("әғқңөұүһі", "агкноуухи", strict=True)), {"є": "е", "ґ": "г"}
_OTHER_LETTERS = str.maketrans(
    dict(zip("abcdefghijklmnopqrstuvwxyz", _LATIN, strict=True)) | _KAZAKH | _UKRAINIAN
)


def written(sentence: str) -> str:
    """Return a sentence in the letters and marks that the voice knows; others are near to them.

    It takes a stress mark as a plus before the vowel. A letter that is like none is left out.
    """
    text = unicodedata.normalize("NFC", punctuation.for_the_ear(sentence))
    text = _WORD.sub(_stressed, text)
    text = "".join(map(_letter, text))
    text = _WITH_PLUS.sub(lambda word: _JOINED.sub(" ", word.group()), text)
    text = re.sub(r"(?<!\w)[-+]+(?!\w)|(?<!\w)-+|-+(?!\w)|\++(?![аеиоуыэюя])", " ", text)
    return re.sub(r"^[\s.,?!:]+", "", re.sub(r"\s+(?=[\s.,?!:]|$)", "", text))


@cache
def digest() -> str:
    """Digest these rules: a sentence that was spoken under others is spoken anew."""
    return hashlib.sha256(Path(__file__).read_bytes()).hexdigest()


def has_letters(text: str) -> bool:
    """Tell whether anything of what ``written`` gave can be said."""
    return not _LETTERS.isdisjoint(text)


def _stressed(word: re.Match[str]) -> str:
    plain = word.group().replace(_ACUTE, "")
    if plain.lower() in _KNOWN:
        return plain
    marked = _MARKED.sub(r"+\1", word.group()).replace(_ACUTE, "")
    return _ENDS_IN_GO.sub("в", marked)


def _letter(letter: str) -> str:
    small = letter.lower()
    if small in _LETTERS or small in _MARKS:
        return small
    base = unicodedata.normalize("NFKD", small)[:1].translate(_OTHER_LETTERS)
    return base if _LETTERS.issuperset(base) else " "
