from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audioguide.content.mistakes import Mistakes
from audioguide.content.text import Words, parse_words, read_words


def parse(content: str, *, needs_text: bool = True) -> Words:
    mistakes = Mistakes("en.md")
    words = parse_words(content, mistakes, needs_text=needs_text)
    assert mistakes.findings == []
    assert words is not None
    return words


def mistakes_in(content: str, *, needs_text: bool = True) -> list[tuple[str, str]]:
    mistakes = Mistakes("en.md")
    assert parse_words(content, mistakes, needs_text=needs_text) is None
    return [(each.where, str(each.what)) for each in mistakes.findings]


def test_a_text_has_title_note_paragraphs_and_sources() -> None:
    words = parse("# The Famine\n\n> Of hunger.\n\nOne. Two.\n\nThree.\n\n## Sources\n- A book.\n")
    assert words == Words("The Famine", "Of hunger.", "One. Two.\n\nThree.", ("A book.",))


def test_the_first_paragraph_is_the_summary() -> None:
    assert parse("# T\n\nOne.\n\nTwo.\n").paragraphs == ("One.", "Two.")


def test_a_paragraph_may_be_broken_into_lines() -> None:
    assert parse("# T\n\nOne\ntwo   three.\n \nFour.").text == "One two three.\n\nFour."


def test_a_title_needs_no_empty_line_below_it() -> None:
    words = parse("# The Famine\nOne.\n")
    assert (words.title, words.text) == ("The Famine", "One.")


def test_a_content_note_may_have_several_lines() -> None:
    assert parse("# T\n\n> Of hunger\n> and death.\n\nOne.").content_note == "Of hunger and death."


def test_a_source_may_have_several_lines() -> None:
    words = parse("# T\n\nOne.\n\n## Sources\n\n- A book,\n  page 3.\n- A witness.\n")
    assert words.sources == ("A book, page 3.", "A witness.")


def test_a_hall_needs_a_title_only() -> None:
    assert parse("# Hall\n", needs_text=False) == Words("Hall", None, "", ())


def test_a_dash_or_a_number_may_begin_a_line_of_a_paragraph() -> None:
    text = "– Кто там?\n— Никто.\n1937 год был тяжёлым.\n-5 градусов."
    assert parse(f"# T\n\n{text}").text == " ".join(text.split("\n"))


@pytest.mark.parametrize(
    ("content", "line", "what"),
    [
        ("", 1, "The title is missing."),
        ("\n\n", 1, "The title is missing."),
        ("Words.\n", 1, "The title is missing."),
        ("\n\nWords.\n", 3, "The title is missing."),
        ("#\n\nWords.\n", 1, "The title is missing."),
        ("#Title\n\nWords.\n", 1, "Behind the # a space is missing."),
        ("#АЛЖИР\n\nWords.\n", 1, "Behind the # a space is missing."),
        ("## Title\n\nWords.\n", 1, "The title is missing."),
        ("> Note.\n\n# T\n\nWords.\n", 1, "The title is missing."),
        ("# T\n", 1, "There are no words under the title."),
        ("# T\n\n\n> Note.\n\n## Sources\n- x\n", 4, "There are no words under the title."),
        ("# T\n\nOne.\n\n# Again\n\nTwo.\n", 5, "There is a second title."),
        ("# T\n# Again\n\nTwo.\n", 2, "There is a second title."),
        ("# T\n\nOne.\n# Again\nTwo.\n", 4, "There is a second title."),
        ("# T\n\nOne.\n\n## More\n\nTwo.\n", 5, "The heading ## More is not known here."),
        ("# T\n\nOne.\n## More\nTwo.\n", 4, "The heading ## More is not known here."),
        ("# T\n\nOne.\n\n> Late.\n", 5, "A content note is in the wrong place."),
        ("# T\n\n> A.\n\n> B.\n\nOne.\n", 5, "A content note is in the wrong place."),
        ("# T\n\nOne.\n\n- two\n- three\n", 5, "Lists do not work when spoken."),
        ("# T\n\nOne:\n- two\n", 4, "Lists do not work when spoken."),
        ("# T\n\nOne.\n\n* two\n", 5, "Lists do not work when spoken."),
        ("# T\n\nOne.\n\n## Sources\n- x\n\n## More\n", 8, "A heading stands below the sources."),
        ("# T\n\nOne.\n\n## Sources\nA book.\n", 6, "A source does not begin with a hyphen."),
        ("# T\n\nOne.\n\n## Sources\n- x\n## Sources\n", 7, "A heading stands below the sources."),
    ],
)
def test_a_mistake_in_a_text_is_found_in_its_line(content: str, line: int, what: str) -> None:
    assert (f"en.md:{line}", what) in mistakes_in(content)


@pytest.mark.parametrize(
    ("content", "line", "what"),
    [
        ("# T\n\n>\n\nOne.\n", 3, "The content note is empty."),
        ("# T\n\n>\n>\n\nOne.\n", 3, "The content note is empty."),
        (f"# {'t' * 256}\n\nOne.\n", 1, "The title has 256 characters, and at most 255 are kept."),
        ("# T\n\nOne\nis **very bold**.\n", 4, "**very bold** would appear with these symbols."),
        ("# T\n\nOne *soft* word.\n", 3, "*soft* would appear with these symbols."),
        ("# T\n\nOne _soft_ word.\n", 3, "_soft_ would appear with these symbols."),
        ("# T\n\n__Бір__ сөз.\n", 3, "__Бір__ would appear with these symbols."),
        ("# T\n\nSee [us](https://x.kz).\n", 3, "[us](https://x.kz) would appear with these"),
        ("# T\n\nWrite `code`.\n", 3, "`code` would appear with these symbols."),
        ("# *T*\n\nOne.\n", 1, "*T* would appear with these symbols."),
        ("# T\n\n> A **note**.\n\nOne.\n", 3, "**note** would appear with these symbols."),
    ],
)
def test_what_would_be_lost_or_shown_as_it_stands_is_found_in_its_line(
    content: str, line: int, what: str
) -> None:
    ((where, said),) = mistakes_in(content)
    assert where == f"en.md:{line}"
    assert said.startswith(what)


def test_each_markdown_mark_is_found_in_its_own_line() -> None:
    found = mistakes_in("# T\n\nOne **a**\ntwo\nthree _b_.\n")
    assert [where for where, _ in found] == ["en.md:3", "en.md:5"]


@pytest.mark.parametrize(
    "paragraph",
    [
        "We are our_museum and their_museum there.",
        "2 * 3 * 4 is 24.",
        "A star* and another*.",
        "O`zbek so`z.",
        "“He [the poet] (born 1885) wrote.”",
        "The name was ____ or ____.",
        "Tab\tand no-break\u00a0space.",
    ],
)
def test_marks_that_are_no_markdown_are_kept(paragraph: str) -> None:
    assert parse(f"# T\n\n{paragraph}\n").text == " ".join(paragraph.split())


def test_a_source_may_have_any_marks() -> None:
    assert parse("# T\n\nOne.\n\n## Sources\n- x.kz/_a_ *b*\n").sources == ("x.kz/_a_ *b*",)


def test_a_title_may_be_as_long_as_its_column() -> None:
    assert len(parse(f"# {'t' * 255}\n\nOne.\n").title) == 255


def test_a_content_note_may_begin_in_its_second_line() -> None:
    assert parse("# T\n\n>\n> Of hunger.\n\nOne.\n").content_note == "Of hunger."


def test_every_mistake_of_a_text_is_said_at_once() -> None:
    found = mistakes_in("No title.\n\n- list\n\n# T\n\n## Sources\nnone\n")
    assert [where for where, _ in found] == ["en.md:8", "en.md:1", "en.md:3", "en.md:5"]


def test_a_text_that_is_not_utf_8_is_found_in_its_line(tmp_path: Path) -> None:
    path = tmp_path / "ru.md"
    path.write_bytes(b"# Title\n\nOne.\n\n" + "Голод.\n".encode("cp1251"))
    words, mistakes = read_words(path, "media/ru.md", needs_text=True)
    assert words is None
    (found,) = mistakes.findings
    assert (found.where, str(found.what)) == (
        "media/ru.md:5",
        "The file is not UTF-8 text, but probably Windows-1251.",
    )


def test_a_text_that_is_half_a_character_short_is_found(tmp_path: Path) -> None:
    path = tmp_path / "kk.md"
    path.write_bytes("# Тақырып\n\nСөз".encode()[:-1])
    _, mistakes = read_words(path, "kk.md", needs_text=True)
    assert [each.where for each in mistakes.findings] == ["kk.md:3"]


def test_the_digest_tells_any_word_apart() -> None:
    words = Words("T", None, "One.", ())
    others = [
        Words("T.", None, "One.", ()),
        Words("T", "One.", "", ()),
        Words("T", None, "One", ()),
        Words("T", None, "One.", ("A book.",)),
        Words("T", None, "One.", ("",)),
    ]
    assert len({each.digest for each in [words, *others]}) == 6


def test_the_digest_is_a_sha_256() -> None:
    words = Words("T", None, "One.", ("A.", "B."))
    assert words.digest == hashlib.sha256(b"T\0\0One.\0A.\0B.").hexdigest()


@given(st.text(alphabet="#>-* aбқ.\n\r\t\ufeff{}", max_size=80))
def test_any_text_is_read_or_its_mistakes_are_named(content: str) -> None:
    mistakes = Mistakes("en.md")
    words = parse_words(content, mistakes, needs_text=True)
    assert (words is None) == bool(mistakes.findings)
    lines = content.count("\n") + 1
    for each in mistakes.findings:
        assert str(each)
        assert 1 <= int(each.where.rpartition(":")[2]) <= lines


WORD = st.text(alphabet="абвқҮёaz0«»,{}–", min_size=1, max_size=6).filter(
    lambda word: any(map(str.isalnum, word))
)
PARAGRAPHS = st.lists(st.lists(WORD, min_size=1, max_size=5).map(" ".join), min_size=1, max_size=4)


@given(WORD, st.none() | WORD, PARAGRAPHS, st.lists(WORD, max_size=3))
def test_every_word_that_was_written_is_kept(
    title: str, note: str | None, paragraphs: list[str], sources: list[str]
) -> None:
    written = [f"# {title}", *([f"> {note}"] if note else []), *paragraphs]
    listed = "\n".join(["## Sources", *(f"- {each}" for each in sources)])
    words = parse("\n\n".join([*written, listed]))
    assert words == Words(title, note, "\n\n".join(paragraphs), tuple(sources))
