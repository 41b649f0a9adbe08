"""Compare what was said with what was heard: words and letters wrong, names and figures understood.

Both sides are brought to one form first: small letters, no signs, е for ё, figures in words as the
guide says them, and each word of a number as its plain number.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import astuple, dataclass
from difflib import SequenceMatcher

from audioguide.content.proof.names import Person
from audioguide.languages import Language, facts
from audioguide.speech.script import prepare
from bench.numbers_heard import plain_number

# Of its letters: no recogniser knows how the museum spells a name. A shorter name with one letter
# missed is found in a fifth of the passages that do not hold it: measured.
NAME_MAY_MISS, LETTERS_OF_A_SHORT_NAME = 0.25, 4

_ACUTE = "\u0301"
_WORD = re.compile(r"[^\W_]+")
_APOSTROPHE = re.compile(r"(?<=\w)['’ʼ](?=\w)")  # "people's" is one word


@dataclass(frozen=True)
class Score:
    """How much was said, and how much of it was heard wrongly or understood; scores add up."""

    words: int = 0
    words_wrong: int = 0
    letters: int = 0
    letters_wrong: int = 0
    names: int = 0
    names_understood: int = 0
    figures: int = 0
    figures_understood: int = 0

    def __add__(self, other: Score) -> Score:
        pairs = zip(astuple(self), astuple(other), strict=True)
        return Score(*(one + another for one, another in pairs))

    @property
    def words_wrong_percent(self) -> float:
        """Give the word error rate: over 100 where more was heard than said."""
        return 100 * self.words_wrong / max(self.words, 1)

    @property
    def letters_wrong_percent(self) -> float:
        """Give the letter error rate; spaces are no letters, so a split name costs nothing."""
        return 100 * self.letters_wrong / max(self.letters, 1)


def score(shown: str, heard: str, language: Language, people: Sequence[Person]) -> Score:
    """Compare a text as it is shown with what a recogniser wrote of it."""
    said, understood = normal_words(shown, language), normal_words(heard, language)
    letters = "".join(understood)
    names = tuple(names_in(shown, language, people))
    figures = tuple(figures_in(shown, language))
    return Score(
        words=len(said),
        words_wrong=distance(said, understood),
        letters=len("".join(said)),
        letters_wrong=distance("".join(said), letters),
        names=len(names),
        names_understood=sum(is_name_heard(name, letters) for name in names),
        figures=len(figures),
        figures_understood=sum(_is_within(figure, understood) for figure in figures),
    )


def normal_words(text: str, language: Language) -> tuple[str, ...]:
    """Bring a text into the one form in which both sides are compared, word by word."""
    return tuple(plain_number(word, language) or word for word in _words(prepare(text, language)))


def names_in(shown: str, language: Language, people: Sequence[Person]) -> Iterator[str]:
    """Give each word of a text that is of a name of the gallery, in any case of its language."""
    listed = {word for person in people for word in person.spellings[language].words}
    for found in _WORD.finditer(_APOSTROPHE.sub("", shown)):
        if any(
            facts(language).forms.is_form_of(_without_s(found.group(), listed), name)
            for name in listed
        ):
            yield _words(found.group())[0]


def figures_in(shown: str, language: Language) -> Iterator[tuple[str, ...]]:
    """Give the words of each number that a text has in figures; Roman ones are left out."""
    written = tuple(plain_number(word, language) or word for word in _words(shown))
    said = normal_words(shown, language)
    compared = SequenceMatcher(None, written, said, autojunk=False)
    for kind, first, last, start, end in compared.get_opcodes():
        if kind == "replace" and any(word[0].isdigit() for word in written[first:last]):
            numbers = [each for each in range(start, end) if plain_number(said[each], language)]
            if numbers:
                yield said[numbers[0] : numbers[-1] + 1]


def is_name_heard(name: str, letters: str) -> bool:
    """Tell whether a name stands in what was heard, wherever a recogniser parts the words."""
    may_miss = NAME_MAY_MISS * len(name) if len(name) > LETTERS_OF_A_SHORT_NAME else 0
    return nearest(name, letters) <= may_miss


def distance(one: Sequence[str], other: Sequence[str]) -> int:
    """Count how many words or letters must be changed, left out or put in (Levenshtein)."""
    return _last_row(one, other, range(len(other) + 1))[-1]


def nearest(one: str, within: str) -> int:
    """Count the letters that must be changed to find one text within another (Sellers)."""
    return min(_last_row(one, within, [0] * (len(within) + 1)))


def _last_row(one: Sequence[str], other: Sequence[str], first: Sequence[int]) -> Sequence[int]:
    row = list(first)
    for place, each in enumerate(one, start=1):
        before, row = row, [place]
        for column, another in enumerate(other, start=1):
            changed = before[column - 1] + (each != another)
            row.append(min(changed, before[column] + 1, row[-1] + 1))
    return row


def _is_within(figure: tuple[str, ...], understood: tuple[str, ...]) -> bool:
    count = len(figure)
    return any(
        understood[place : place + count] == figure for place in range(len(understood) - count + 1)
    )


def _words(text: str) -> list[str]:
    plain = _APOSTROPHE.sub("", text.replace(_ACUTE, "")).casefold()
    return _WORD.findall(plain.replace("ё", "е"))


def _without_s(word: str, listed: set[str]) -> str:
    shorter = word.removesuffix("s")
    return shorter if shorter in listed else word  # "Mailin's", its apostrophe gone
