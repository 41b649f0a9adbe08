"""Whether two words are the same name spelled in two ways."""

from __future__ import annotations

from audioguide.languages import Language, facts
from audioguide.languages.forms import FOLDED, VOWELS, Forms

_FEWEST_WITH_TAIL, _FEWEST_WITHOUT = 3, 4
_FEWEST_LETTERS = 5


def is_alike(word: str, name: str, language: Language) -> bool:
    """Tell whether a word looks like a way to spell ``name``, whatever its ending."""
    word, name = word.lower(), name.lower()
    forms = facts(language).forms
    wanted = _consonants(name, forms)
    left = forms.stems(word)
    if _first(word) != _first(name):
        return False
    # Рыскул is no Рыскулов but his father, and "Қашан" is no Қожанов.
    has_tail = forms.tail.search(word) is not None
    is_whole = has_tail or not forms.tail.search(name)
    if is_whole and len(wanted) >= (_FEWEST_WITH_TAIL if has_tail else _FEWEST_WITHOUT):
        said = {_consonants(each, forms) for each in left}
        if any(wanted + end in said for end in forms.consonants):
            return True
    return len(name) >= _FEWEST_LETTERS and any(_is_one_letter_off(each, name) for each in left)


def _first(word: str) -> str:
    return word.translate(FOLDED)[0]


def _consonants(word: str, forms: Forms) -> str:
    stem = forms.tail.sub("", word) or word
    folded = stem.translate(FOLDED)
    for written, plain in forms.folds:
        folded = folded.replace(written, plain)
    return VOWELS.sub("", folded)


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
