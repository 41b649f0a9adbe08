from __future__ import annotations

from pathlib import Path

import pytest

from audioguide.content.points import points_files, read_points
from audioguide.languages import Language
from museum import THREE


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path


def test_a_stop_may_have_talking_points_in_some_languages(folder: Path) -> None:
    (folder / "guide.kk.md").write_text(
        "Алдымен  үндемеңіз.\nКейін.\n\n\nСұрақ күтіңіз.\n", "utf-8"
    )
    points, findings = read_points(folder, "media/stops/9-alzhir", THREE)
    assert points == {Language("kk"): "Алдымен үндемеңіз. Кейін.\n\nСұрақ күтіңіз."}
    assert findings == []


def test_without_a_file_there_are_none(folder: Path) -> None:
    assert read_points(folder, "x", THREE) == ({}, [])
    (folder / "guide.ru.md").write_text(" \n\n", "utf-8")
    assert read_points(folder, "x", THREE) == ({}, [])


def test_what_is_no_text_is_named_by_file_and_line(folder: Path) -> None:
    (folder / "guide.ru.md").write_bytes("Первая.\n".encode() + b"\xff")
    (folder / "guide.en.md").write_text("One.\n\nTwo\u202e.", "utf-8")
    (folder / "guide.kk.md").mkdir()
    points, findings = read_points(folder, "media/stops/9-alzhir", THREE)
    assert Language("ru") not in points
    assert [each.where for each in findings] == [
        "media/stops/9-alzhir/guide.kk.md:1",
        "media/stops/9-alzhir/guide.ru.md:2",
        "media/stops/9-alzhir/guide.en.md:3",
    ]


def test_the_files_are_named_by_language() -> None:
    assert points_files(THREE) == ("guide.kk.md", "guide.ru.md", "guide.en.md")
