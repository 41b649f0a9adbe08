"""Confusable letters (homoglyphs): letters of another alphabet that look like their neighbours.

A keyboard left in the other layout, a PDF or a scan brings them: a Latin a in a Kazakh word. The
eye sees nothing, while a search, a dictionary and a voice do. Whole foreign words stay as they are.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from audioguide.languages.knowledge import facts
from audioguide.languages.tags import Language


class Alphabet(StrEnum):
    """An alphabet as the beginning of Unicode's names of its letters."""

    CYRILLIC = "CYRILLIC"
    LATIN = "LATIN"
    GREEK = "GREEK"


@dataclass(frozen=True)
class Stray:
    """A word with letters of another alphabet, those letters, and the word as it is meant.

    Where the word holds letters that look like no other, what is meant is not known: it stays.
    """

    word: str
    start: int
    letters: str
    alphabet: Alphabet
    meant: str


def _pairs(written: str, meant: str) -> dict[str, str]:
    return dict(zip(written.split(), meant.split(), strict=True))


_LATIN_AS_CYRILLIC = _pairs(
    "A B C E H I K M O P T X Y Ə Ǝ Ɵ Ɏ Ë Ķ Ņ a c e h i k o p x y ə ǝ ɵ ë ķ ŋ ʏ",
    "А В С Е Н І К М О Р Т Х У Ә Ә Ө Ұ Ё Қ Ң а с е һ і к о р х у ә ә ө ё қ ң ү",
) | {stressed: f"{plain}\u0301" for stressed, plain in _pairs("á é í ó ý", "а е і о у").items()}
_GREEK_AS_CYRILLIC = _pairs(
    "Α Β Γ Ε Η Ι Κ Μ Ο Π Ρ Τ Υ Φ Χ Θ α ι κ ο π ρ τ φ χ γ θ ε",
    "А В Г Е Н І К М О П Р Т Ү Ф Х Ө а і к о п р т ф х ү ө е",
)
_GREEK_AS_LATIN = _pairs(
    "Α Β Ε Ζ Η Ι Κ Μ Ν Ο Ρ Τ Υ Χ α ι κ ν ο ρ υ χ γ",
    "A B E Z H I K M N O P T Y X a i k v o p u x y",
)
_CYRILLIC_AS_LATIN = _pairs(
    "А В С Е Н І К М О Р Т Х У Ү Ә Ө Ё Ј Ѕ а с е һ і к о р х у ү ә ө ё ј ѕ",
    "A B C E H I K M O P T X Y Y Ə Ɵ Ë J S a c e h i k o p x y y ə ɵ ë j s",
)
_AS: Mapping[Alphabet, Mapping[str, str]] = {
    Alphabet.CYRILLIC: _LATIN_AS_CYRILLIC | _GREEK_AS_CYRILLIC,
    Alphabet.LATIN: _CYRILLIC_AS_LATIN | _GREEK_AS_LATIN,
    Alphabet.GREEK: {},
}
_WORD = re.compile(r"(?:[^\W\d_]\u0301?)+")
_LETTERS = re.compile(r"[^\W_]+")
_ROMAN = frozenset("IVXLCDM")
_FRONT = frozenset("әөүіеӘӨҮІЕ")


def strays(text: str, language: Language) -> Iterator[Stray]:
    """Find the words of a text that hold letters of another alphabet, in their order.

    Where every letter of a word might be of either alphabet, ``language`` decides.
    """
    for found in _WORD.finditer(text):
        word = found.group()
        if word.isascii():
            if len(word) > 1:
                continue
        elif len(word) > 1 and len(_alphabets(word)) > 1:
            yield _stray(word, found.start(), language)
            continue
        # A word of one letter, typed in the other layout: its own language follows.
        if len(word) == 1 and facts(language).alone.match(text, found.start()):
            yield from _alone(text, found.start(), language)


def folded(text: str, language: Language) -> str:
    """Return ``text`` with every stray letter as the one that is meant."""
    parts, end = [], 0
    for stray in strays(text, language):
        parts += [text[end : stray.start], stray.meant]
        end = stray.start + len(stray.word)
    return "".join([*parts, text[end:]])


def in_latin(name: str, words: Collection[str]) -> tuple[str, str]:
    """Return a file's name with look-alikes as the Latin letters that are meant, and those letters.

    They are meant in what is Latin in part, and in what is one of ``words`` then.
    """
    letters: dict[str, None] = {}

    def latin(found: re.Match[str]) -> str:
        word = found.group()
        meant = "".join(_AS[Alphabet.LATIN].get(letter, letter) for letter in word)
        is_meant = any(map(str.isascii, word)) or meant.casefold() in words
        if word == meant or not meant.isascii() or not is_meant:
            return word
        letters.update(dict.fromkeys(letter for letter in word if not letter.isascii()))
        return meant

    return _LETTERS.sub(latin, name), " ".join(letters)


@cache
def _alphabet(letter: str) -> Alphabet | None:
    name = unicodedata.name(letter, "").partition(" ")[0]
    return Alphabet(name) if name in tuple(Alphabet) else None


def _alphabets(word: str) -> Counter[Alphabet]:
    found = (_alphabet(letter) for letter in word)
    return Counter(alphabet for alphabet in found if alphabet is not None)


def _stray(word: str, start: int, language: Language) -> Stray:
    own = _own(word, language)
    letters = [letter for letter in word if _alphabet(letter) not in (own, None)]
    names = _alphabets("".join(letters))
    as_meant = {letter: _meant(letter, word, own, language) for letter in dict.fromkeys(letters)}
    meant = "".join(as_meant.get(letter, letter) for letter in word)
    if any(letter not in _AS[own] for letter in as_meant):
        meant = word  # iPhoneда: two words in one, of which none is meant otherwise
    return Stray(word, start, "".join(as_meant), names.most_common(1)[0][0], meant)


def _own(word: str, language: Language) -> Alphabet:
    """Tell of which alphabet a word is: by the letters that no other has, else by the language."""
    if {_AS[Alphabet.LATIN].get(letter, letter) for letter in word} <= _ROMAN:
        return Alphabet.LATIN
    sure = Counter(
        alphabet
        for letter in word
        if (alphabet := _alphabet(letter)) is not None and not _may_be_another(letter, alphabet)
    )
    most = sure.most_common(2)
    if most and (len(most) == 1 or most[0][1] > most[1][1]):
        return most[0][0]
    return _alphabet_of(language)


def _alphabet_of(language: Language) -> Alphabet:
    return Alphabet.CYRILLIC if language.script == "Cyrl" else Alphabet.LATIN


def _may_be_another(letter: str, alphabet: Alphabet) -> bool:
    return any(letter in _AS[other] for other in Alphabet if other is not alphabet)


def _meant(letter: str, word: str, own: Alphabet, language: Language) -> str:
    if letter in "YΥ" and own is Alphabet.CYRILLIC:  # Kazakh Ү and У look the same as capitals
        has_both = "ү" in (facts(language).letters or "ү")
        return "Ү" if has_both and _FRONT & set(word) else "У"
    return _AS[own].get(letter, letter)


def _alone(text: str, place: int, language: Language) -> Iterator[Stray]:
    letter = text[place]
    if letter.isupper() and letter != "І" and not _begins_a_sentence(text, place):
        return
    is_latin = _alphabet_of(language) is Alphabet.LATIN
    alphabet = Alphabet.CYRILLIC if is_latin else Alphabet.LATIN
    yield Stray(letter, place, letter, alphabet, facts(language).typed_alone[letter])


def _begins_a_sentence(text: str, place: int) -> bool:
    while place and text[place - 1] in ' «“„"—–-':
        place -= 1
    return not place or text[place - 1] in ".!?…\n"
