"""The public identity of a stop: four characters and a check character, folded, checked, made.

Whether a code belongs to a stop is for `services/visitor/scanning.py` to say.
"""

from __future__ import annotations

import secrets
import unicodedata
from collections.abc import Container

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's base 32: no I, L, O, U
LENGTH = 5

_LATIN = {"I": "1", "L": "1", "O": "0"}
_CYRILLIC = dict(zip("АВЕНКМРСТУХҮҺЈЅԚԜԌѴԀІЇӀОЗ", "ABEHKMPCTYXYHJSQWGVD11103", strict=True))
"""Capitals that are drawn like a character of ours, or whose small letter is. No code has a
Cyrillic letter, so that none can mean two codes. Letters that only resemble one (Ғ, Қ, Ө, Б, Ч, Ь)
are no slip of the keyboard and stay what they are."""
_LOOK_ALIKES = str.maketrans({**_LATIN, **_CYRILLIC})
_FULL_WIDTH = {wide: wide - 0xFEE0 for wide in range(0xFF01, 0xFF5F)}
_NOT_SEEN = ("Cf", "Pd", "Zs", "Zl", "Zp")  # soft hyphens and marks of direction, dashes, spaces
_NUMBER_SIGN = "№"
_FIELD_POLYNOMIAL = 0b100101  # GF(32) as polynomials over GF(2) modulo x^5 + x^2 + 1
_FIELD_OVERFLOW = 0b100000


def fold(typed: str) -> str:
    """Fold what a person typed to the code that she read, if it is one.

    Any case and width, I and L to 1, O to 0, Cyrillic letters to those that they look like; spaces,
    dashes and what nobody sees are dropped, and so are punctuation and № around it.
    """
    plain = narrowed(typed).upper().translate(_LOOK_ALIKES)
    kept = "".join(each for each in plain if not _is_dropped(each))
    return _without_punctuation(kept)


def narrowed(typed: str) -> str:
    """Return what was typed in full width as the keyboard has it."""
    return typed.translate(_FULL_WIDTH)


def without_end_marks(typed: str) -> str:
    """Return what was typed without the full stop, the comma, the dash that ended it."""
    end = len(typed)
    while end and _clings(typed[end - 1]):
        end -= 1
    return typed[:end]


def _clings(mark: str) -> bool:
    return mark.isspace() or mark == _NUMBER_SIGN or unicodedata.category(mark)[0] == "P"


def _is_dropped(character: str) -> bool:
    return character.isspace() or unicodedata.category(character) in _NOT_SEEN


def _without_punctuation(text: str) -> str:
    return without_end_marks(without_end_marks(text)[::-1])[::-1]


def check_character(body: str) -> str:
    """Compute the check character of four characters: the sum of a^i times c_i in GF(32), a = x.

    Raise ValueError for a character outside the alphabet. One wrong character and two
    characters that changed places are always found.
    """
    total = 0
    for place, character in enumerate(body, start=1):
        value = ALPHABET.index(character)
        for _ in range(place):
            value = _times_x(value)
        total ^= value
    return ALPHABET[total]


def is_code(text: str) -> bool:
    """Tell whether a folded text is a code: its length, its letters, a digit, its check."""
    return (
        len(text) == LENGTH
        and all(character in ALPHABET for character in text)
        and any(character.isdigit() for character in text[:-1])
        and check_character(text[:-1]) == text[-1]
    )


def make(taken: Container[str]) -> str:
    """Make a new code at random that is not among those ever ``taken``."""
    while True:
        body = "".join(secrets.choice(ALPHABET) for _ in range(LENGTH - 1))
        if not any(character.isdigit() for character in body):
            continue  # four letters may spell a word
        code = body + check_character(body)
        if code not in taken:
            return code


def _times_x(value: int) -> int:
    value <<= 1
    return value ^ _FIELD_POLYNOMIAL if value & _FIELD_OVERFLOW else value
