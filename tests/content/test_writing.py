from __future__ import annotations

import random
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from audioguide.content.mistakes import Mistakes
from audioguide.content.text import Words, parse_words
from audioguide.content.writing import put_in_place, readable_file, text_file
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
def test_every_text_of_the_museum_comes_back_with_the_same_words(path: Path) -> None:
    words = read(path.read_text(encoding="utf-8"))
    assert read(readable_file(words, "it")) == words


def test_a_version_that_todays_rules_refuse_is_named_with_its_line() -> None:
    old = Words("Title", None, "One <b>bold</b> word.", ())
    with pytest.raises(PackBroken) as refused:
        readable_file(old, "stops/1-alash/en.md")
    assert refused.value.findings[0].where == "stops/1-alash/en.md:3"


def saved_in_place(path: Path, words: bytes) -> None:
    with path.open("r+b") as file:
        file.write(words)
        file.truncate()


def saved_by_rename(path: Path, words: bytes) -> None:
    other = path.with_name("saved.tmp")
    other.write_bytes(words)
    other.replace(path)


class Saving(threading.Thread):
    """Somebody who saves a file a moment from now."""

    def __init__(
        self, save: Callable[[Path, bytes], None], path: Path, words: bytes, wait_s: float
    ) -> None:
        super().__init__()
        self._save, self._path, self._words, self._wait_s = save, path, words, wait_s
        self.is_saved = False

    def run(self) -> None:
        time.sleep(self._wait_s)
        try:
            self._save(self._path, self._words)
        except FileNotFoundError:  # an editor says so, and keeps the words
            return
        self.is_saved = True


@pytest.mark.parametrize("save", [saved_in_place, saved_by_rename])
def test_no_save_is_lost_at_whatever_moment_it_comes(
    save: Callable[[Path, bytes], None], tmp_path: Path
) -> None:
    path = tmp_path / "en.md"
    chance = random.Random(7)
    lost = written = 0
    for number in range(150):
        path.write_bytes(b"taken")
        theirs = f"saved {number}".encode()
        other = Saving(save, path, theirs, chance.uniform(0, 0.004))
        other.start()
        is_written = put_in_place(path, b"ours", b"taken")
        was_saved = other.is_saved  # before ours was said to be written
        other.join()
        written += is_written
        if was_saved or not is_written:
            lost += path.read_bytes() != theirs
    assert lost == 0
    assert written > 0
    assert [each.name for each in tmp_path.iterdir()] == ["en.md"]


def test_where_the_disk_knows_no_links_a_file_is_put_in_place_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr("os.link", refuse)
    path = tmp_path / "en.md"
    path.write_bytes(b"taken")
    assert put_in_place(path, b"ours", b"taken")
    assert path.read_bytes() == b"ours"
    assert not put_in_place(path, b"again", b"taken")
    assert path.read_bytes() == b"ours"
    assert not put_in_place(path, b"again", None)
    assert [each.name for each in tmp_path.iterdir()] == ["en.md"]


def test_what_cannot_be_written_leaves_the_old_file(tmp_path: Path) -> None:
    path = tmp_path / "gone" / "en.md"
    with pytest.raises(FileNotFoundError):
        put_in_place(path, b"ours", None)
