"""Word forms, for the proof: which endings the words and names of a language take."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

CYRILLIC_FOLDS = (
    ("дж", "ж"),
    ("ш", "ж"),
    ("ч", "ж"),
    ("сс", "с"),
    ("лл", "л"),
    ("х", "к"),
    ("г", "к"),
    ("б", "п"),
    ("ф", "п"),
    ("д", "т"),
    ("з", "с"),
)
LATIN_FOLDS = (
    ("dzh", "j"),
    ("zh", "j"),
    ("kh", "h"),
    ("gh", "g"),
    ("q", "k"),
    ("c", "k"),
    ("sh", "j"),
    ("ch", "j"),
    ("ll", "l"),
    ("ss", "s"),
    ("h", "k"),
)


FOLDED = str.maketrans("қғңһүұөәіё", "кгнхууоаие")
"""Kazakh letters as Russian texts write them."""

VOWELS = re.compile(r"[аоуыэяюиейьъ]|[aeiouy'’]")
"""What spellings of one name differ by most: vowels, and the signs that are written with them."""


@dataclass(frozen=True)
class Forms:
    """How the words of a language change.

    ``is_form_of`` tells whether a word is a name, a single word, alone or with an ending. ``stems``
    are what a word may be without its endings, itself among them; ``has_stems`` where a dictionary
    is to be asked for those. ``tail`` is what ends surnames, ``folds`` make one of the ways in
    which a sound is spelt, ``consonants`` are what endings leave of themselves, folded.
    """

    is_form_of: Callable[[str, str], bool] = lambda word, name: word == name
    stems: Callable[[str], Collection[str]] = lambda word: {word}
    has_stems: bool = False
    tail: re.Pattern[str] = re.compile(r"(?!)")
    folds: Sequence[tuple[str, str]] = LATIN_FOLDS
    consonants: tuple[str, ...] = ("",)
