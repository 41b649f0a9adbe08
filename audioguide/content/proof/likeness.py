"""Whether two words are the same name spelled in two ways."""

from __future__ import annotations

import re

from audioguide.content.proof import kazakh_endings
from audioguide.languages import Language

_FOLDED = str.maketrans("қғңһүұөәіё", "кгнхууоаие")
_CYRILLIC_FOLDS = (
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
_LATIN_FOLDS = (
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
_TAILS = {
    Language("kk"): re.compile(r"(?:ұлы|улы|[оеё]в).*$"),
    Language("ru"): re.compile(r"(?:улы|[оеё]в).*$"),
    Language("en"): re.compile(r"(?:uly|[oey]+v|ov)(?:'s|’s)?$"),
}
_VOWELS = re.compile(r"[аоуыэяюиейьъ]|[aeiouy'’]")
_FEWEST_WITH_TAIL, _FEWEST_WITHOUT = 3, 4
_FEWEST_LETTERS = 5
_RUSSIAN_ENDINGS = ("", "м", "в", "к")  # -ом, -ов, -ах: their consonants, folded


def is_alike(word: str, name: str, language: Language) -> bool:
    """Tell whether a word looks like a way to spell ``name``, whatever its ending."""
    word, name = word.lower(), name.lower()
    wanted = _consonants(name, language)
    left = kazakh_endings.stems(word) if language == Language("kk") else {word}
    if _first(word) != _first(name):
        return False
    # Рыскул is no Рыскулов but his father, and "Қашан" is no Қожанов.
    has_tail = _TAILS[language].search(word) is not None
    is_whole = has_tail or not _TAILS[language].search(name)
    if is_whole and len(wanted) >= (_FEWEST_WITH_TAIL if has_tail else _FEWEST_WITHOUT):
        endings = _RUSSIAN_ENDINGS if language == Language("ru") else ("",)
        if any(_consonants(each, language) == wanted + end for each in left for end in endings):
            return True
    return len(name) >= _FEWEST_LETTERS and any(_is_one_letter_off(each, name) for each in left)


def _first(word: str) -> str:
    return word.translate(_FOLDED)[0]


def _consonants(word: str, language: Language) -> str:
    stem = _TAILS[language].sub("", word) or word
    folded = stem.translate(_FOLDED)
    for written, plain in _LATIN_FOLDS if language == Language("en") else _CYRILLIC_FOLDS:
        folded = folded.replace(written, plain)
    return _VOWELS.sub("", folded)


def _is_one_letter_off(word: str, name: str) -> bool:
    """Tell whether one letter more, less, other, or two exchanged make a word of the other.

    The last letter is not looked at: Шоқан is no Шоқай.
    """
    if word == name or abs(len(word) - len(name)) > 1 or word.startswith(name[:-1]):
        return False
    start = 0
    while start < min(len(word), len(name)) and word[start] == name[start]:
        start += 1
    rest, wanted = word[start:], name[start:]
    return (
        rest[1:] == wanted[1:]
        or rest == wanted[1:]
        or rest[1:] == wanted
        or (rest[:2] == wanted[:2][::-1] and rest[2:] == wanted[2:])
    )
