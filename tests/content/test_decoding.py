from __future__ import annotations

from pathlib import Path

import pytest

from audioguide.content.decoding import decode, note_strays
from audioguide.content.mistakes import Mistakes
from audioguide.content.text import read_words
from audioguide.errors import Grade
from audioguide.languages import Language
from audioguide.speech.script import unspeakable


def decoded(content: str | bytes) -> tuple[str | None, Mistakes]:
    mistakes = Mistakes("ru.md")
    raw = content if isinstance(content, bytes) else content.encode()
    return decode(raw, mistakes), mistakes


@pytest.mark.parametrize(
    "letter",
    ["\u00ad", "\u200b", "\u200c", "\u200d", "\u200e", "\u200f", "\u2060", "\u2063", "\ufeff",
     "\u034f", "\u061c", "\u202a", "\u202c", "\u2066", "\u2069", "\u206e", "\ufe0f", "\u3164"],
)  # fmt: skip
def test_what_nobody_sees_and_means_nothing_is_dropped_with_a_note(letter: str) -> None:
    text, mistakes = decoded(f"# Т\n\nСло{letter}во.\n")
    assert text == "# Т\n\nСлово.\n"
    assert mistakes.findings == []
    (note,) = mistakes.remarks
    assert (note.grade, note.where) == (Grade.NOTE, "ru.md:3")
    assert f"U+{ord(letter):04X}" in str(note)
    assert "Сло[" in str(note)


@pytest.mark.parametrize("text", ["می\u200cروم", "ක්\u200dෂ", "क्\u200dष"])
def test_a_joiner_is_a_letter_where_an_alphabet_spells_with_it(text: str) -> None:
    read, mistakes = decoded(f"# {text}\n")
    assert read == f"# {text}\n"
    assert mistakes.remarks == []
    assert unspeakable(text, Language("fa")) == ()


@pytest.mark.parametrize("letter", ["\v", "\f", "\u0085", "\u2028", "\u2029", "\u2800"])
def test_line_ends_of_other_programs_are_spaces_with_a_note(letter: str) -> None:
    text, mistakes = decoded(f"Одно{letter}два.")
    assert text == "Одно два."
    assert [each.grade for each in mistakes.remarks] == [Grade.NOTE]


@pytest.mark.parametrize(
    "letter",
    ["\0", "\x1f", "\x02", "\x9d", "\u202e", "\u202d", "\u2067", "\uf0b7", "\ufffd", "\ufffc"],
)  # fmt: skip
def test_what_turns_or_loses_words_is_refused_and_shown_by_the_words_around(letter: str) -> None:
    text, mistakes = decoded(f"# Т\n\nВ этот день сло{letter}во было сказано.\n")
    assert text == "# Т\n\nВ этот день слово было сказано.\n"
    (found,) = mistakes.findings
    assert found.where == "ru.md:3"
    assert f"В этот день сло[U+{ord(letter):04X}]во было сказано" in str(found)


@pytest.mark.parametrize(
    ("written", "set_as"),
    [
        ("Алма\u2010Ата\u2011Ата", "Алма-Ата-Ата"),
        ("1930\u201233", "1930–33"),
        ("\u2015 Кто", "— Кто"),
        ("2\u2009500\u202f000\u00a0имён", "2 500 000 имён"),
        ("\u201fСлово\u201d", "“Слово”"),
        ("\ufb01le", "file"),
        ("ＡＬＺＨＩＲ", "ALZHIR"),
        ("е\u0308", "ё"),
    ],
)
def test_what_has_an_ordinary_sibling_is_set_as_it(written: str, set_as: str) -> None:
    text, mistakes = decoded(written)
    assert text == set_as
    assert mistakes.findings == mistakes.remarks == []


def test_a_second_byte_order_mark_is_said_as_what_it_is() -> None:
    text, mistakes = decoded(b"\xef\xbb\xbf\xef\xbb\xbf# T\n\xef\xbb\xbfslug = 1\n")
    assert text == "# T\nslug = 1\n"
    assert [each.where for each in mistakes.remarks] == ["ru.md:1", "ru.md:2"]
    assert all("a byte order mark (U+FEFF)" in str(each.what) for each in mistakes.remarks)


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-8-sig"])
def test_a_text_of_a_windows_editor_is_read(encoding: str) -> None:
    mark = "" if encoding in ("utf-16", "utf-8-sig") else "\ufeff"
    text, mistakes = decoded((mark + "# Тақырып\r\n\r\nСөз.\r\n").encode(encoding))
    assert text == "# Тақырып\n\nСөз.\n"
    assert mistakes.findings == mistakes.remarks == []


def test_half_a_character_of_utf_16_is_a_mistake() -> None:
    text, mistakes = decoded("# Т".encode("utf-16")[:-1])
    assert text is None
    assert len(mistakes.findings) == 1


def test_windows_1251_is_named_and_it_is_said_how_to_save() -> None:
    text, mistakes = decoded("# Голод\n\nЗдесь помнят.\n".encode("cp1251"))
    assert text is None
    assert str(mistakes.findings[0]) == (
        "ru.md:1: The file is not UTF-8 text, but probably Windows-1251. Open it in the program "
        "that wrote it and save it with the encoding UTF-8: in Notepad, File, Save as, Encoding."
    )


def test_a_document_of_a_word_processor_is_named() -> None:
    _, mistakes = decoded(b"PK\x03\x04\x14\x00\xff\xfe")
    assert "a document of a word processor" in str(mistakes.findings[0])


@pytest.mark.parametrize("marks", ["<<<<<<< HEAD", ">>>>>>> theirs", "||||||| base", "<<<<<<<"])
def test_marks_of_a_merge_are_refused_once_in_any_file(marks: str) -> None:
    text, mistakes = decoded(f"# Т\n\n{marks}\nДа.\n=======\nНет.\n")
    assert text is None
    (found,) = mistakes.findings
    assert found.where == "ru.md:3"
    assert "left from a merge" in str(found)


def test_a_letter_of_another_alphabet_is_warned_of_in_its_line() -> None:
    mistakes = Mistakes("kk.md")
    note_strays(["# Т", "", "Қазақстaн жері"], Language("kk"), mistakes)
    (found,) = mistakes.remarks
    assert (found.grade, found.where) == (Grade.WARNING, "kk.md:3")
    assert "In “Қазақстaн” the letter a is Latin." in str(found)


def test_sources_may_mix_alphabets(tmp_path: Path) -> None:
    path = tmp_path / "kk.md"
    path.write_text("# Т\n\nСөз.\n\n## Sources\n- Қазақстaн\n", encoding="utf-8")
    _, mistakes = read_words(path, "kk.md", needs_text=True, language=Language("kk"))
    assert mistakes.remarks == []
