"""Festival's own lexicon is asked how it stresses what the museum's lexicon marks."""

from __future__ import annotations

import re
import subprocess

import pytest

from audioguide.languages import Language
from audioguide.languages.known.russian.stress import ACUTE
from audioguide.services.narration.lexicons import lexicon
from audioguide.speech.festival import PROGRAM, USUAL_SPEAKER
from audioguide.speech.festival_letters import written
from audioguide.speech.script import prepare
from museum import REAL_PACK

VOWELS = re.compile("[аеёиоуыэюя]", re.IGNORECASE)
MARKED = re.compile(rf"\w+{ACUTE}\w*")


def stressed_syllables(words: list[str]) -> list[list[int]]:
    """Give the places of the stressed syllables of each word."""
    asked = "".join(
        f'(format t "WORD %l\\n" (lex.lookup "{written(word)}" nil))\n' for word in words
    )
    ended = subprocess.run(
        [PROGRAM, "--pipe"],
        input=f"(voice_{USUAL_SPEAKER})\n{asked}".encode(),
        capture_output=True,
        timeout=120,
        check=True,
    )
    said = [line for line in ended.stdout.decode().splitlines() if line.startswith("WORD ")]
    syllables = [re.findall(r"\) ([01])\)", line) for line in said]
    return [[place for place, mark in enumerate(each) if mark == "1"] for each in syllables]


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
def test_the_year_in_which_something_was_is_stressed_at_its_end_by_the_rule_alone() -> None:
    in_a_year = prepare("В 1937 году", Language("ru")).split()[-1]
    assert stressed_syllables(["году", in_a_year]) == [[0], [1]]
