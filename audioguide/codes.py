"""The public identity of a stop: four characters and a check character, folded, checked, made.

Whether a code belongs to a stop is for `services/scanning.py` to say.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Container

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's base 32: no I, L, O, U
LENGTH = 5

_LOOK_ALIKES = str.maketrans({"I": "1", "L": "1", "O": "0"})
_SEPARATORS = re.compile(r"[\s\-]+")
_FIELD_POLYNOMIAL = 0b100101  # GF(32) as polynomials over GF(2) modulo x^5 + x^2 + 1
_FIELD_OVERFLOW = 0b100000


def fold(typed: str) -> str:
    """Fold what a person typed: any case, I and L to 1, O to 0, spaces and hyphens dropped."""
    return _SEPARATORS.sub("", typed).upper().translate(_LOOK_ALIKES)


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
