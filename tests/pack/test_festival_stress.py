"""Festival's own lexicon is asked how it stresses what the museum's lexicon marks."""

from __future__ import annotations

import re

import pytest

from audioguide.languages import Language
from audioguide.services.narration.lexicons import lexicon
from audioguide.speech.script import prepare
from audioguide.speech.stress import ACUTE
from festival_lexicon import stressed_syllables
from museum import REAL_PACK

VOWELS = re.compile("[аеёиоуыэюя]", re.IGNORECASE)
MARKED = re.compile(rf"\w+{ACUTE}\w*")


@pytest.mark.needs_festival
@pytest.mark.usefixtures("festival")
def test_every_mark_of_the_lexicon_is_where_festival_stresses_the_word() -> None:
    entries = lexicon(REAL_PACK, Language.RU).entries
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
def test_the_year_in_which_something_was_is_stressed_at_its_end_by_the_rule_alone() -> None:
    in_a_year = prepare("В 1937 году", Language.RU).split()[-1]
    assert stressed_syllables(["году", in_a_year]) == [[0], [1]]
