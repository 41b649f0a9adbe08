from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from audioguide.content import interface_words
from audioguide.content.pack_files import pack_digest
from audioguide.content.reading import read_whole
from audioguide.content.unread import unread_files
from audioguide.errors import Grade
from audioguide.languages import Language, Languages
from museum import write_pack

KK, EO = Language("kk"), Language("eo")
MUSEUM = Languages((KK, EO), frozenset((EO,)))
HEAD = 'msgid ""\nmsgstr ""\n"Language: eo\\n"\n\n'

Catalogue = Callable[[str], Path]


@pytest.fixture
def catalogue(tmp_path: Path) -> Catalogue:
    """Write the catalogue of Esperanto, behind a head of five lines."""

    def write(text: str) -> Path:
        path = tmp_path / "media/words/eo.po"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(HEAD + text, encoding="utf-8")
        return tmp_path / "media"

    return write


def told(folder: Path) -> list[str]:
    """Say the errors of a catalogue, each with its place."""
    _, findings = interface_words.read_all(folder, MUSEUM)
    return [f"{each.where}: {each.what}" for each in findings if each.grade is Grade.ERROR]


def test_a_catalogue_of_the_pack_is_read(catalogue: Catalogue) -> None:
    folder = catalogue(
        '# A note.\nmsgid "Listen"\nmsgstr "Aŭskulti"\n\n#: tour.html\nmsgid ""\n'
        '"Tour, "\n"{length}"\nmsgstr ""\n"Rondiro, "\n"{length}"\n'
    )
    said, findings = interface_words.read_all(folder, MUSEUM)
    assert findings == []
    assert said == {EO: {"Listen": "Aŭskulti", "Tour, {length}": "Rondiro, {length}"}}


@pytest.mark.parametrize(
    "passed_over",
    [
        'msgid "Listen"\nmsgstr ""\n',
        '#, fuzzy\nmsgid "Listen"\nmsgstr "Aŭskulti"\n',
        '#~ msgid "Listen"\n#~ msgstr "Aŭskulti"\n',
    ],
)
def test_what_is_not_translated_yet_is_no_translation(
    catalogue: Catalogue, passed_over: str
) -> None:
    assert interface_words.read_all(catalogue(passed_over), MUSEUM) == ({EO: {}}, [])


def test_what_was_printed_a_second_time_is_translated_in_either_place(catalogue: Catalogue) -> None:
    folder = catalogue(
        'msgid "Listen"\nmsgstr ""\n\nmsgid "Pause"\nmsgstr "Paŭzi"\n\n'
        'msgid "Listen"\nmsgstr "Aŭskulti"\n\nmsgid "Pause"\nmsgstr ""\n'
    )
    assert interface_words.read_all(folder, MUSEUM) == (
        {EO: {"Pause": "Paŭzi", "Listen": "Aŭskulti"}},
        [],
    )


def test_a_mark_of_doubt_holds_for_its_own_entry_alone(catalogue: Catalogue) -> None:
    folder = catalogue('#, fuzzy\nmsgid "Listen"\nmsgstr "Aŭdi"\n\nmsgid "Pause"\nmsgstr "Paŭzi"\n')
    assert interface_words.read_all(folder, MUSEUM)[0] == {EO: {"Pause": "Paŭzi"}}


@pytest.mark.parametrize(
    "wrong",
    [
        "Rondiro, {longo}",
        "Rondiro",
        "Rondiro, {length",
        "Rondiro, {length!r}",
        "{length} {length.x}",
    ],
)
def test_a_wrong_place_is_a_finding_with_file_and_line(catalogue: Catalogue, wrong: str) -> None:
    folder = catalogue(f'msgid "Tour, {{length}}"\nmsgstr "{wrong}"\n')
    assert told(folder) == [
        "media/words/eo.po:6: The places in braces are not those of the sentence: {length}."
    ]
    assert interface_words.read_all(folder, MUSEUM)[0] == {}


@pytest.mark.parametrize(
    ("text", "line", "what"),
    [
        (
            'msgid "Listen\nmsgstr "A"\n',
            5,
            'This line of a catalogue cannot be read: msgid "Listen',
        ),
        ("hello\n", 5, "This line of a catalogue cannot be read: hello"),
        ('msgstr "A"\n', 5, 'This line of a catalogue cannot be read: msgstr "A"'),
        ('msgid "Listen"\n', 5, "This entry has no line msgstr."),
        (
            'msgid "Listen"\nmsgid_plural "L"\nmsgstr "A"\n',
            6,
            'This line of a catalogue cannot be read: msgid_plural "L"',
        ),
        (
            'msgid "Listen"\nmsgstr "A"\n\nmsgid "Listen"\nmsgstr "B"\n',
            8,
            "The sentence stands twice, first in line 5.",
        ),
    ],
)
def test_what_cannot_be_read_is_a_finding_at_its_line(
    catalogue: Catalogue, text: str, line: int, what: str
) -> None:
    assert f"media/words/eo.po:{line}: {what}" in told(catalogue(text))


def test_a_sentence_that_the_program_does_not_say_is_worth_a_note(catalogue: Catalogue) -> None:
    folder = catalogue('msgid "Lissen"\nmsgstr "Aŭskulti"\n')
    (note,) = interface_words.read_all(folder, MUSEUM)[1]
    assert (note.grade, note.where) == (Grade.NOTE, "media/words/eo.po:5")


def test_the_catalogue_is_part_of_the_pack(tmp_path: Path) -> None:
    folder = write_pack(tmp_path / "media", MUSEUM)
    before = pack_digest(folder)
    words = folder / "words"
    words.mkdir()
    (words / "eo.po").write_text(HEAD + 'msgid "Listen"\nmsgstr "Aŭskulti"\n', encoding="utf-8")
    (words / "eo.mo").write_bytes(b"\xde\x12\x04\x95")  # as Poedit leaves it
    (words / "de.po").write_text(HEAD, encoding="utf-8")
    reading = read_whole(folder)
    assert pack_digest(folder) != before
    assert reading.pack is not None
    assert reading.pack.languages.words == {EO: {"Listen": "Aŭskulti"}}
    assert [each.where for each in unread_files(folder, reading.pack)] == ["media/words/de.po"]
