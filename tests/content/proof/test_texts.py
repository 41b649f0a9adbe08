from __future__ import annotations

from collections.abc import Callable

from hypothesis import given
from hypothesis import strategies as st

from audioguide.content.proof import PageText, StopText
from audioguide.content.proof.texts import Passage, by_place
from audioguide.content.text import Words
from audioguide.languages import Language

Tell = Callable[..., StopText]


def test_a_word_knows_the_line_of_the_file_that_it_stands_in(tell: Tell) -> None:
    text = tell("en", "> A note.\n\nOne\ntwo three.\n\nFour.")
    lines = {word.text: word.line for passage in text.passages for word in passage.words}
    assert lines == {"Title": 1, "A": 3, "note": 3, "One": 5, "two": 6, "three": 6, "Four": 8}


def test_a_short_title_moves_no_line(tell: Tell) -> None:
    text = tell("en", "One.\n\nTwo.", title="A long title\nLabel: Title")
    assert [text.line_of(sentence) for sentence in text.sentences] == [4, 6]


def test_sources_are_not_read(tell: Tell) -> None:
    assert "books" not in " ".join(passage.text for passage in tell("en", "One.").passages)


def test_a_text_without_its_file_names_line_one() -> None:
    words = Words("Title", None, "One.\n\nTwo.", ())
    text = PageText(Language("en"), "en.md", words)
    assert {word.line for passage in text.passages for word in passage.words} == {1}


def test_a_grouped_number_counts_as_one_word(tell: Tell) -> None:
    assert tell("ru", "Их было 113 000 человек, то есть много-много.").word_count == 7


def test_the_title_and_the_content_note_do_not_count_as_words(tell: Tell) -> None:
    assert tell("en", "> A note.\n\nOne two.", title="A long title").word_count == 2


def test_what_is_joined_to_a_figure_is_no_word() -> None:
    passage = Passage("В 1930-х и 1930-е, 14А, кз2001 тут", (1,) * 9)
    assert [word.text for word in passage.words] == ["В", "и", "тут"]


def test_quotation_marks_of_every_kind_open_and_close() -> None:
    for text in ("a «b» c", "a “b” c", "a „b“ c", 'a "b" c', "a «x „b“ y» c"):
        passage = Passage(text, (1,) * len(text.split()))
        at = text.index("b")
        assert passage.is_quoted(at, at + 1), text
        assert not passage.is_quoted(0, 1), text
        assert not passage.is_quoted(len(text) - 1, len(text)), text


def test_a_quotation_that_never_closes_quotes_nothing() -> None:
    assert Passage("a «b c", (1, 1, 1)).quoted == ()


def test_texts_are_grouped_by_place(tell: Tell) -> None:
    nine, ten, again = tell("kk", "Бір."), tell("kk", "Екі.", number=10), tell("ru", "Три.")
    assert by_place([nine, ten, again]) == ((nine, again), (ten,))


@given(st.lists(st.sampled_from(["слово", "«", "»", "17", "\n", "\n\n"]), min_size=1))
def test_no_text_is_without_lines(parts: list[str]) -> None:
    text = " ".join(" ".join(parts).split()) or "слово"
    page = PageText(Language("ru"), "ru.md", Words("T", None, text, ()), " ".join(parts))
    assert all(word.line >= 1 for passage in page.passages for word in passage.words)
