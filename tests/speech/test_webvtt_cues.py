from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audioguide.errors import AudioguideError
from audioguide.languages import Language
from audioguide.speech.cues import Cue, read_webvtt, write_webvtt

TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r\n"))


def test_cues_are_written_as_the_standard_wants_them() -> None:
    cues = [Cue(200, 5_108, "Бірінші сөйлем."), Cue(3_661_001, 3_662_000, "Екінші.")]

    assert write_webvtt(cues, Language("kk")) == (
        "WEBVTT\n\nNOTE Language: kk\n\n"
        "1\n00:00:00.200 --> 00:00:05.108\nБірінші сөйлем.\n\n"
        "2\n01:01:01.001 --> 01:01:02.000\nЕкінші.\n"
    )


def test_signs_of_markup_are_escaped_so_that_no_arrow_stands_in_a_text() -> None:
    written = write_webvtt([Cue(0, 1, "<i>A & B --> C</i>")], Language("en"))

    assert "&lt;i&gt;A &amp; B --&gt; C&lt;/i&gt;" in written
    assert written.count("-->") == 1


@pytest.mark.parametrize("line_end", ["\n", "\r", "\r\n", "\n\n"])
def test_a_line_end_in_a_text_does_not_end_the_cue(line_end: str) -> None:
    (cue,) = read_webvtt(write_webvtt([Cue(0, 1, f"one{line_end}two")], Language("en")))

    assert cue.text.split() == ["one", "two"]


@given(st.lists(st.tuples(st.integers(0, 10**9), st.integers(0, 10**9), TEXTS)))
def test_what_is_written_reads_back(rows: list[tuple[int, int, str]]) -> None:
    cues = tuple(Cue(*row) for row in rows)

    assert read_webvtt(write_webvtt(cues, Language("ru"))) == cues


def test_a_no_break_space_stays_one() -> None:
    (cue,) = read_webvtt(write_webvtt([Cue(0, 1, "1937\u00a0ж.")], Language("kk")))

    assert cue.text == "1937\u00a0ж."


def test_windows_line_ends_and_a_byte_order_mark_are_read() -> None:
    written = write_webvtt([Cue(0, 1, "a")], Language("en"))

    assert read_webvtt("\ufeff" + written.replace("\n", "\r\n")) == (Cue(0, 1, "a"),)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "first line"),
        ("<html>", "first line"),
        ("WEBVTT\n\n1 --> 2\nx\n", "line 3"),
        ("WEBVTT\n\n00:00:00.000 --> 00:00:01.000", "line 3"),
    ],
)
def test_something_else_is_refused_with_the_line(text: str, told: str) -> None:
    with pytest.raises(AudioguideError, match=told):
        read_webvtt(text)
