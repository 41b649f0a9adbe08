"""Stem a Kazakh word: take its endings off, as far as sound harmony allows.

The affixes of hunspell-kk join one ending to a word. Kazakh joins several: музей-і-не,
жаз-ыл-ма-ған. What is left when endings are taken off is for a dictionary to know.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache

_BACK, _FRONT = "аоұы", "әеөүі"
_EITHER = "иуюяёэ"  # these take the harmony of the vowel before them, or either
_VOICELESS = "кқпстфхцчшщһбвгғд"  # б, в, г, д at the end of a loan-word sound voiceless
_NASAL = "мнңлзж"
_VOICED = {"б": "п", "г": "к", "ғ": "қ"}
_FEWEST_LETTERS = 3
_MOST_ENDINGS = 5

# After: v a vowel, r р/й/у/ю/и, n a nasal or л/з/ж, t a voiceless sound. The vowels а and ы
# stand for their front fellows too.
_NOUN_ENDINGS = (
    *((each, "vr") for each in ("лар", "лық", "лы", "ла")),
    *((each, "n") for each in ("дар", "дық", "ды", "да")),
    *((each, "t") for each in ("тар", "тық", "ты", "та")),
    *((each, "n") for each in ("лық", "лы", "ла", "мыз")),
    # Possession.
    *((each, "rnt") for each in ("ы", "ым", "ың", "ымыз", "ыңыз")),
    *((each, "v") for each in ("сы", "м", "ң", "мыз", "ңыз")),
    # Cases; н stands before them after a possessive ending.
    *((each, "v") for each in ("ның", "ны", "н", "на", "нан", "нда", "ндағы", "ға", "да", "дан")),
    *((each, "rn") for each in ("ның", "дың", "ды", "ға", "да", "дан", "нан", "а")),
    *((each, "t") for each in ("тың", "ты", "қа", "та", "тан")),
    ("дағы", "vrn"),
    ("тағы", "t"),
    ("мен", "vrn"),
    ("бен", "n"),
    ("пен", "t"),
    # Likeness, lack, manner.
    ("дай", "vrn"),
    ("тай", "t"),
    ("сыз", "vrnt"),
    ("ша", "vrnt"),
    ("шы", "vrnt"),
    ("нша", "v"),
)
# Participles, converbs, tenses, denial, voices.
_VERB_ENDINGS = (
    *((each, "vrn") for each in ("ған", "ғанша", "ғандай", "ғалы", "ғыз", "ғыш", "ғы")),
    *((each, "t") for each in ("қан", "қанша", "қандай", "қалы", "қыз", "қыш", "қы")),
    *((each, "v") for each in ("п", "й", "йды", "йтын", "т", "л", "н", "с", "йын", "йық")),
    *((each, "rnt") for each in ("ып", "а", "ады", "атын", "ыл", "ын", "ыс", "айын", "айық")),
    *((each, "vrnt") for each in ("са", "сын", "у", "мақ", "ушы")),
    *((each, "vr") for each in ("ма", "май", "мас")),
    *((each, "n") for each in ("ба", "бай", "бас", "ма", "май", "мас")),
    *((each, "t") for each in ("па", "пай", "пас")),
    *((each, "vrn") for each in ("ды", "дыр")),
    *((each, "rt") for each in ("т", "тыр")),
    ("р", "v"),
    ("ар", "rnt"),
    # Who it is about: "тұр-сыз", "алмай-сыз", "пты": by hearsay.
    *((each, "vrn") for each in ("мын", "сың")),
    *((each, "t") for each in ("пын", "сың")),
    ("ты", "t"),
)
_SON_OF = "ұлы"
_AFTER_SON_OF = ("ның", "на", "н", "нда", "ндағы", "нан", "мен", "нікі", "лар", "лары")
_TO_FRONT = str.maketrans("аықғ", "еікг")
_Ending = tuple[str, str, bool]


@cache
def stems(word: str) -> frozenset[str]:
    """Find everything that may be left of a word, itself included, when endings are taken off.

    Verbs are given with -у as dictionaries have them, and the consonant or the soft sign
    that an ending had changed is given back: кітаб-ы is of кітап, лагер-і of лагерь.
    """
    found = _without_endings(word, _OF_ALL)
    verbs = {_infinitive(each) for each in found if each != word}
    return frozenset({word} | {each for each in found | verbs if len(each) >= _FEWEST_LETTERS})


def is_form_of(word: str, name: str) -> bool:
    """Tell whether a word is a name, alone or with the endings of a noun."""
    if word == name:
        return True
    if name.endswith(_SON_OF):
        return word.startswith(name) and word[len(name) :] in _AFTER_SON_OF
    return name in _without_endings(word, _OF_NOUNS)


def _without_endings(word: str, endings: Sequence[_Ending]) -> set[str]:
    found = {word}
    fresh = {word}
    for _ in range(_MOST_ENDINGS):
        shorter = {left for each in fresh for left in _shortened(each, endings)}
        fresh = {form for left in shorter for form in _restored(left)} - found
        found |= fresh
    return found


def _shortened(word: str, endings: Sequence[_Ending]) -> Iterator[str]:
    for ending, after, is_front in endings:
        left = word.removesuffix(ending)
        if left == word or len(left) < _FEWEST_LETTERS - 1:
            continue
        if _sound(left) in after and _fits(left, is_front):
            yield left


def _restored(left: str) -> Iterator[str]:
    yield left
    if left[-1] in _VOICED:
        yield left[:-1] + _VOICED[left[-1]]
    if left[-1] == "р":
        yield left + "ь"


def _infinitive(left: str) -> str:
    return (left[:-1] if left[-1] == "и" else left) + "у"


def _sound(left: str) -> str:
    letter = left.rstrip("ь")[-1:]
    if letter in _NASAL:
        return "n"
    if letter in _VOICELESS:
        return "t"
    return "r" if letter in "руй" else "v"


def _fits(left: str, is_front: bool) -> bool:
    if left.endswith(("ов", "ев", "ёв")):
        return True  # Рысқұлбеков-тің, but Рысқұлов-тың: the stem before -ов decides
    if left.endswith("ь"):
        return is_front  # король-дік: the soft sign calls for front vowels
    for letter in reversed(left.lower()):
        if letter in _FRONT + _BACK:
            return is_front == (letter in _FRONT)
        if letter in _EITHER:
            return True
    return True


def _both(ending: str) -> Iterator[tuple[str, bool]]:
    """Give the back and the front form of an ending; мен and its like are both."""
    yield ending, False
    yield ending.translate(_TO_FRONT), True


def _all(endings: Sequence[tuple[str, str]]) -> tuple[_Ending, ...]:
    forms = ((form, after, front) for each, after in endings for form, front in _both(each))
    return tuple(dict.fromkeys(forms))


_OF_NOUNS = _all(_NOUN_ENDINGS)
_OF_ALL = _all(_NOUN_ENDINGS + _VERB_ENDINGS)
