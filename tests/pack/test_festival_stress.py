"""Festival's own lexicon is asked how it stresses what the museum's lexicon marks."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator

import pytest

from audioguide.content.reading import read_pack
from audioguide.languages import Language
from audioguide.languages.known.russian.stress import ACUTE
from audioguide.services.narration.lexicons import lexicon
from audioguide.services.narration.scripts import script
from audioguide.speech.festival_letters import written
from audioguide.speech.script import prepare
from festival_lexicon import stressed_syllables
from museum import REAL_PACK

VOWELS = re.compile("[аеёиоуыэюя]", re.IGNORECASE)
MARKED = re.compile(rf"\w+{ACUTE}\w*")


@pytest.mark.needs_festival
@pytest.mark.usefixtures("festival")
def test_every_mark_of_the_lexicon_is_where_festival_stresses_the_word() -> None:
    entries = lexicon(REAL_PACK, Language("ru")).entries
    words = sorted({word for spoken in dict(entries).values() for word in MARKED.findall(spoken)})
    assert len(words) > 200
    marked = [[len(VOWELS.findall(word[: word.index(ACUTE)])) - 1] for word in words]
    found = stressed_syllables(words)
    assert len(found) == len(words)
    assert [
        (word, is_at)
        for word, is_at, wanted in zip(words, found, marked, strict=True)
        if is_at != wanted
    ] == []


@pytest.mark.needs_festival
@pytest.mark.usefixtures("festival")
def test_every_mark_of_the_texts_is_where_festival_stresses_the_word() -> None:
    words = sorted({word for word in words_for_festival() if "+" in word})
    assert len(words) > 300
    found = stressed_syllables(words)
    assert len(found) == len(words)
    assert [
        (word, is_at)
        for word, is_at in zip(words, found, strict=True)
        if is_at
        != [len(VOWELS.findall(part)) for part in itertools.accumulate(word.split("+")[:-1])]
    ] == []


def words_for_festival() -> Iterator[str]:
    """Give the words of the museum's texts as Festival gets them, compounds whole."""
    words = lexicon(REAL_PACK, Language("ru"))
    for stop in read_pack(REAL_PACK).stops:
        for paragraph in script(stop.words[Language("ru")].text, Language("ru"), words):
            for line in paragraph:
                yield from re.findall(r"[\w+-]+", written(line.spoken))


@pytest.mark.needs_festival
@pytest.mark.usefixtures("festival")
def test_the_year_in_which_something_was_is_stressed_at_its_end_by_the_rule_alone() -> None:
    in_a_year = prepare("В 1937 году", Language("ru")).split()[-1]
    assert stressed_syllables(["году", in_a_year]) == [[0], [1]]
