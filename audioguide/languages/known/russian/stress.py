"""Let espeak-ng stress Russian words as they are marked: it passes over U+0301 (1.52).

A marked word is given to it as its own phonemes, in which the stress has moved. Only the vowel
that gains the stress and the one that loses it change; everything else is as espeak-ng has it.
A preposition is given as phonemes without a stress: espeak-ng says "по данным" with two.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from functools import cache
from pathlib import Path

ACUTE = "\u0301"
MARKED = re.compile(r"[^\W\d_]*[аеёиоуыэюяАЕЁИОУЫЭЮЯ]\u0301[\w\u0301]*")

_VOWEL_LETTER = re.compile(r"[аеёиоуыэюя]", re.IGNORECASE)
# A vowel in espeak-ng's letters for phonemes (docs/phonemes), with the stress marks before it;
# "@-" is a sound that it puts between consonants, "RI^" a soft r: no vowels of the word.
_VOWEL = re.compile(r"['%,]*(?P<vowel>(?!(?<=R)I\^)[aAeEiIoOuUyYV8@3](?!-)[#\"2^]*)")
_MARK_BEFORE_GLIDE = re.compile(r"(['%,]+)(j+)")
_STRESSED = dict(zip("аеёиоуыэюя", "Ae8IouyEuA", strict=True))
_UNSTRESSED = _STRESSED | {"а": "a", "е": "i", "и": "i", "о": "V", "э": "E#", "я": "a"}

_PREPOSITIONS = {
    "без": "b;iz",
    "во": "vV",
    "до": "dV",
    "ко": "kV",
    "над": "nVd",
    "о": "V",
    "об": "Vb",
    "обо": "VbV",
    "перед": "p;ir;id",
    "по": "pV",
    "под": "pVd",
    "про": "p@-rV",
    "со": "sV",
}
_PREPOSITION = re.compile(
    rf"(?<![\w{ACUTE}-])(?P<word>{'|'.join(_PREPOSITIONS)})(?=(?: [«„“\"(]?|(?<=по)-)(?P<next>\w))",
    re.IGNORECASE,
)
_VOICELESS_LETTERS = frozenset("пфтсшщхцчк")
_DEVOICED = str.maketrans("bdz", "pts")


def stressed(text: str, phonemes: Callable[[str], str]) -> str:
    """Return a text in which marked words and prepositions stand as phonemes, ``[[Zyltoks'An]]``.

    ``phonemes`` gives espeak-ng's own for a word. A word whose vowels cannot be told apart in
    them, or with more than one mark, is given as letters, without its marks.
    """
    said = MARKED.sub(lambda found: _say(found.group(), phonemes), _PREPOSITION.sub(_weak, text))
    return said.replace(ACUTE, "")


@cache
def rules_digest() -> str:
    """Digest these rules: a sentence that was spoken under others is spoken anew."""
    return hashlib.sha256(Path(__file__).read_bytes()).hexdigest()


def stressed_vowel(word: str, said: str) -> int | None:
    """Tell which vowel of a word, from 0 on, bears the stress in espeak-ng's phonemes of it.

    None where letters and phonemes do not meet.
    """
    vowels = list(_VOWEL.finditer(_MARK_BEFORE_GLIDE.sub(r"\2\1", said)))
    bearing = [place for place, vowel in enumerate(vowels) if "'" in vowel.group()]
    if len(vowels) != len(_VOWEL_LETTER.findall(word)) or len(bearing) != 1:
        return None
    return bearing[0]


def _weak(preposition: re.Match[str]) -> str:
    said = _PREPOSITIONS[preposition["word"].lower()]
    if preposition["next"].lower() in _VOICELESS_LETTERS:
        said = said[:-1] + said[-1].translate(_DEVOICED)
    return f"[[{said}]]"


def _say(word: str, phonemes: Callable[[str], str]) -> str:
    plain = word.replace(ACUTE, "")
    said = _MARK_BEFORE_GLIDE.sub(r"\2\1", phonemes(plain))
    moved = None if word.count(ACUTE) != 1 else _moved(word, said)
    return plain if moved is None else f"[[{moved}]]"


def _moved(word: str, said: str) -> str | None:
    """Move the stress within phonemes, or return None where letters and phonemes do not meet."""
    letters = _VOWEL_LETTER.findall(word.lower())
    vowels = list(_VOWEL.finditer(said))
    target = len(_VOWEL_LETTER.findall(word[: word.index(ACUTE)])) - 1
    if len(letters) != len(vowels) or not re.fullmatch(r"\S+", said) or "(" in said:
        return None
    moved, end = "", 0
    for place, (letter, vowel) in enumerate(zip(letters, vowels, strict=True)):
        moved += said[end : vowel.start()] + _vowel(letter, vowel, place == target)
        end = vowel.end()
    return moved + said[end:]


def _vowel(letter: str, vowel: re.Match[str], gains: bool) -> str:
    had = "'" in vowel.group()
    if gains:
        return f"'{vowel['vowel'] if had else _STRESSED[letter]}"
    # Written back in the middle of a word, its "ju#" would end the word there.
    return _UNSTRESSED[letter] if had else vowel["vowel"].replace("u#", "u")
