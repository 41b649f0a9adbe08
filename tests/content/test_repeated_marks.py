"""Texts that somebody may send who wants the guide to be busy: the time is counted in steps."""

from __future__ import annotations

import contextlib
import sys
import tomllib
from pathlib import Path

import pytest

from audioguide.content.decoding import decode, note_strays
from audioguide.content.mistakes import Mistakes
from audioguide.content.reading import read_pack
from audioguide.content.sentences import split
from audioguide.content.text import MOST_IN_PARAGRAPH, Words, parse_words
from audioguide.content.toml_mistakes import add_toml_mistake
from audioguide.errors import PackBroken
from audioguide.languages import LANGUAGES
from audioguide.services import importing
from audioguide.speech.script import prepare
from museum import write_pack

pytestmark = pytest.mark.thorough

MARKS = ["[", "_", "*", "(", "<", '"', "`", "!", "#", ">", "{", "\\", "«", "…", "-", "|", "~"]
REPEATED = [*MARKS, *(f"{mark}a " for mark in MARKS), *(f"a{mark}" for mark in MARKS)]
REPEATED += ["**a ", "[a](", "[a]((", "\n_a_", "A. ", "(A. ", "12-", "1 000 ", "\u0327\u0300"]


def parsed(text: str) -> tuple[Words | None, list[str]]:
    mistakes = Mistakes("x")
    content = decode(text.encode(), mistakes)
    words = content and parse_words(content, mistakes, needs_text=True)
    return words or None, [str(each.what) for each in mistakes.findings]


@pytest.mark.parametrize("mark", REPEATED)
def test_a_mark_repeated_200000_times_is_read_or_refused(mark: str) -> None:
    words, mistakes = parsed("# A title\n\n" + (mark * 200_000)[:200_000])
    assert words or mistakes
    words, mistakes = parsed("# " + (mark * 200_000)[:200_000])
    assert mistakes


@pytest.mark.parametrize("mark", ["!", "…", "A. ", "(A. ", "12-", "1 000 ", "[a](", "a-"])
def test_the_longest_paragraph_of_marks_is_split_and_prepared(mark: str) -> None:
    paragraph = (mark * MOST_IN_PARAGRAPH)[:MOST_IN_PARAGRAPH].replace("\n", " ")
    for language in LANGUAGES:
        for sentence in split(paragraph, language):
            prepare(sentence, language)


def test_a_paragraph_longer_than_any_is_refused_in_plain_words() -> None:
    _, (said,) = parsed("# A title\n\n" + "word " * 1001)
    assert said == "The paragraph has 5004 characters, and at most 5000 are read."


@pytest.mark.parametrize("text", ["_a ", "**a ", "[a](b ", "*a "])
def test_what_is_marked_up_is_found_behind_marks_that_end_nothing(text: str) -> None:
    _, (said, *_) = parsed("# A title\n\nSo it _is_. " + text * 500)
    assert said.startswith("_is_ ")


@pytest.mark.parametrize(
    "text",
    ["a = " + "[" * 200_000, "a" + ".a" * 99_000 + " = 1", "[" * 100_000 + "a", "=" * 200_001],
)
def test_a_museum_toml_of_marks_is_named_by_its_line(tmp_path: Path, text: str) -> None:
    media = write_pack(tmp_path / "media")
    (media / "museum.toml").write_text(text, "utf-8")
    with pytest.raises(PackBroken) as raised:
        read_pack(media)
    assert raised.value.findings[0].where == "media/museum.toml:1"


def test_a_museum_toml_that_is_deep_is_named_and_ends_nothing(tmp_path: Path) -> None:
    media = write_pack(tmp_path / "media")
    deep = "a = " + "\n".join("[" * 500 for _ in range(200))
    (media / "museum.toml").write_text(deep, "utf-8")
    with pytest.raises(PackBroken, match="This line is not written as the program reads it"):
        read_pack(media)
    assert sys.getrecursionlimit() < 500 * 200


@pytest.mark.parametrize("begin", ["a = ", "a = [", 'a = "', "[", "", "a "])
@pytest.mark.parametrize("mark", ['\\"', "-", " ", '"', "'", "[", "1 ", "1.", "«", "a, "])
def test_long_lines_of_marks_in_a_museum_toml_are_explained(begin: str, mark: str) -> None:
    text = "\n".join(f"{begin}{(mark * 9_900)[:9_900]}x" for _ in range(19))
    mistakes = Mistakes("museum.toml")
    with pytest.raises((ValueError, RecursionError)) as raised:
        tomllib.loads(text)
    add_toml_mistake(text, raised.value, mistakes)
    assert len(mistakes.findings) == 1


@pytest.mark.parametrize("letters", ["\u202e", "\ufffd", "\u00ad", "Aа", "YЯ", "A Я", "Я A 1 "])
def test_letters_that_are_not_seen_or_only_look_alike_are_read_at_once(letters: str) -> None:
    mistakes = Mistakes("x")
    text = decode((letters * 20_000).encode(), mistakes)
    assert text is not None
    for language in LANGUAGES:
        note_strays([text], language, mistakes)


@pytest.mark.parametrize("mark", MARKS)
def test_a_source_of_marks_is_read_or_refused(mark: str) -> None:
    words, mistakes = parsed("# A title\n\nOne.\n\n## Sources\n- " + mark * 190_000)
    assert words or mistakes


@pytest.mark.parametrize("mark", MARKS)
@pytest.mark.parametrize("where", ["lexicon/kk.tsv", "stops/1-alash/guide.en.md"])
def test_a_lexicon_or_a_note_for_guides_of_marks_is_read_or_named(
    tmp_path: Path, mark: str, where: str
) -> None:
    media = write_pack(tmp_path / "media")
    (media / where).parent.mkdir(exist_ok=True)
    (media / where).write_text(mark * 190_000 + "\tа", "utf-8")
    with contextlib.suppress(PackBroken):
        assert importing.read(media).stops
