from __future__ import annotations

import pytest

from audioguide.content.mistakes import Mistakes
from audioguide.content.text import Words, parse_words
from audioguide.content.writing import readable_file, text_file
from audioguide.errors import PackBroken
from museum import REAL_PACK

EVERY_TEXT = sorted((REAL_PACK / "stops").glob("*/[kre][kun].md"))
WHOLE = Words(
    title="A camp for women",
    content_note="This stop speaks of a camp. You may skip it.",
    text="First, 5 < 7 & “quoted”.\n\nSecond.",
    sources=("book, p. 5", "https://example.org (letters)"),
    label="A camp",
)


def read(content: str) -> Words:
    mistakes = Mistakes("en.md")
    words = parse_words(content, mistakes, needs_text=True)
    assert words is not None, mistakes.findings
    return words


def test_what_is_written_is_read_as_it_was() -> None:
    assert read(text_file(WHOLE)) == WHOLE


def test_a_text_of_paragraphs_alone_is_read_as_it_was() -> None:
    plain = Words("Title", None, "One.", ())
    assert text_file(plain) == "# Title\n\nOne.\n"
    assert read(text_file(plain)) == plain


@pytest.mark.parametrize(
    "path", EVERY_TEXT, ids=lambda path: path.relative_to(REAL_PACK).as_posix()
)
def test_every_text_of_the_museum_comes_back_with_the_same_words(path) -> None:  # type: ignore[no-untyped-def]
    words = read(path.read_text(encoding="utf-8"))
    assert read(readable_file(words, "it")) == words


def test_a_version_that_todays_rules_refuse_is_named_with_its_line() -> None:
    old = Words("Title", None, "One <b>bold</b> word.", ())
    with pytest.raises(PackBroken) as refused:
        readable_file(old, "stops/1-alash/en.md")
    assert refused.value.findings[0].where == "stops/1-alash/en.md:3"
