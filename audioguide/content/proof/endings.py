"""Whether a word is a name with a case ending of its language."""

from __future__ import annotations

from collections.abc import Iterator

from audioguide.content.proof import kazakh_endings
from audioguide.languages import Language

_AFTER_CONSONANT = ("", "а", "у", "ом", "ем", "е", "ы", "ов", "ам", "ами", "ах")
_AFTER_OV = ("", "а", "у", "ым", "е", "ы", "ых", "ыми", "ой")
_AFTER_Y = ("й", "я", "ю", "ем", "ём", "е")
_AFTER_SOFT = ("ь", "я", "ю", "ем", "е")
_AFTER_A = ("а", "ы", "и", "е", "у", "ой", "ей")
_SURNAMES = ("ов", "ев", "ёв", "ин")


def is_form_of(word: str, name: str, language: Language) -> bool:
    """Tell whether a word is ``name``, a single word, alone or with an ending."""
    if language == Language("kk"):
        return kazakh_endings.is_form_of(word, name)
    if language == Language("ru"):
        return word in _russian_forms(name)
    return word.removesuffix("'s").removesuffix("’s").rstrip("'’") == name


def _russian_forms(name: str) -> Iterator[str]:
    last = name[-1]
    if name.endswith(_SURNAMES):
        return (name + ending for ending in _AFTER_OV)
    if last in "йьа":
        endings = {"й": _AFTER_Y, "ь": _AFTER_SOFT, "а": _AFTER_A}[last]
        return (name[:-1] + ending for ending in endings)
    if last in "еиоуыэюя":
        return iter((name,))  # Сейткали, Байтурсынулы: no endings
    return (name + ending for ending in _AFTER_CONSONANT)
