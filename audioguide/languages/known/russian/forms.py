"""Russian word forms: the case endings of names."""

from __future__ import annotations

import re
from collections.abc import Iterator

from audioguide.languages.forms import CYRILLIC_FOLDS, Forms

_AFTER_CONSONANT = ("", "а", "у", "ом", "ем", "е", "ы", "ов", "ам", "ами", "ах")
_AFTER_OV = ("", "а", "у", "ым", "е", "ы", "ых", "ыми", "ой")
_AFTER_Y = ("й", "я", "ю", "ем", "ём", "е")
_AFTER_SOFT = ("ь", "я", "ю", "ем", "е")
_AFTER_A = ("а", "ы", "и", "е", "у", "ой", "ей")
_SURNAMES = ("ов", "ев", "ёв", "ин")


def _is_form_of(word: str, name: str) -> bool:
    return word in _forms(name)


def _forms(name: str) -> Iterator[str]:
    last = name[-1]
    if name.endswith(_SURNAMES):
        return (name + ending for ending in _AFTER_OV)
    if last in "йьа":
        endings = {"й": _AFTER_Y, "ь": _AFTER_SOFT, "а": _AFTER_A}[last]
        return (name[:-1] + ending for ending in endings)
    if last in "еиоуыэюя":
        return iter((name,))  # Сейткали, Байтурсынулы: no endings
    return (name + ending for ending in _AFTER_CONSONANT)


FORMS = Forms(
    is_form_of=_is_form_of,
    tail=re.compile(r"(?:улы|[оеё]в).*$"),
    folds=CYRILLIC_FOLDS,
    consonants=("", "м", "в", "к"),  # -ом, -ов, -ах: their consonants, folded
)
