"""Let espeak-ng stress Russian words as they are marked: it passes over U+0301 (1.52).

A marked word is given to it as its own phonemes, in which the stress has moved. Only the vowel
that gains the stress and the one that loses it change; everything else is as espeak-ng has it.
"""

from __future__ import annotations

import re
from collections.abc import Callable

ACUTE = "\u0301"
MARKED = re.compile(r"[^\W\d_]*[аеёиоуыэюяАЕЁИОУЫЭЮЯ]\u0301[\w\u0301]*")

_VOWEL_LETTER = re.compile(r"[аеёиоуыэюя]", re.IGNORECASE)
# A vowel in espeak-ng's letters for phonemes (docs/phonemes), with the stress marks before it;
# "@-" is a sound that it puts between consonants, no vowel of the word.
_VOWEL = re.compile(r"['%,]*(?P<vowel>[aAeEiIoOuUyYV8@3](?!-)[#\"2^]*)")
_STRESSED = dict(zip("аеёиоуыэюя", "Ae8IouyEuA", strict=True))
_UNSTRESSED = _STRESSED | {"а": "a", "е": "i", "и": "i", "о": "V", "э": "E#", "я": "a"}


def stressed(text: str, phonemes: Callable[[str], str]) -> str:
    """Return a text in which each marked word stands as phonemes, ``[[Zylt'oks'An]]``.

    ``phonemes`` gives espeak-ng's own for a word. A word whose vowels cannot be told apart in
    them, or with more than one mark, is given as letters, without its marks.
    """
    return MARKED.sub(lambda found: _say(found.group(), phonemes), text).replace(ACUTE, "")


def _say(word: str, phonemes: Callable[[str], str]) -> str:
    plain = word.replace(ACUTE, "")
    moved = None if word.count(ACUTE) != 1 else _moved(word, phonemes(plain))
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
    return _UNSTRESSED[letter] if had else vowel["vowel"]
