from __future__ import annotations

from pathlib import Path

import pytest

from audioguide.content.reading import read_pack, read_whole
from audioguide.errors import Grade
from audioguide.languages import Language
from museum import write_pack

KK, RU = Language("kk"), Language("ru")


@pytest.fixture
def media(tmp_path: Path) -> Path:
    return write_pack(tmp_path / "media")


@pytest.mark.parametrize("mark", ["…", "...", " … "])
def test_a_text_that_visitors_miss_is_an_error_with_its_line(media: Path, mark: str) -> None:
    path = media / "stops/1-alash/ru.md"
    path.write_text(f"# Лидеры Алаша\n\n{mark}\n", encoding="utf-8")
    found = read_whole(media).findings
    assert [each.where for each in found] == ["media/stops/1-alash/ru.md:3"]
    assert str(found[0].what) == "This text is still to be written."


def test_a_stop_that_visitors_do_not_see_may_wait_for_its_text(media: Path) -> None:
    folder = media / "stops/101-baitursynuly"
    folder.mkdir()
    (folder / "ru.md").write_text("# Ахмет Байтурсынулы\n\n…\n", encoding="utf-8")
    pack = read_pack(media)
    assert pack.stops[-1].words == {}
    assert [(each.where, each.grade) for each in pack.remarks] == [
        ("media/stops/101-baitursynuly/ru.md:3", Grade.NOTE)
    ]


def test_in_an_incomplete_language_it_is_as_if_it_were_not_there(media: Path) -> None:
    structure = media / "museum.toml"
    text = structure.read_text(encoding="utf-8")
    structure.write_text(
        text.replace("[museum]", '[museum]\npartial_languages = ["ru"]', 1), encoding="utf-8"
    )
    (media / "stops/1-alash/ru.md").write_text("# Лидеры Алаша\n\n…\n", encoding="utf-8")
    pack = read_pack(media)
    assert RU not in pack.stops[1].words
    assert KK in pack.stops[1].words
    assert pack.remarks[0].grade is Grade.NOTE


def test_an_ellipsis_among_words_is_none(media: Path) -> None:
    path = media / "stops/1-alash/ru.md"
    path.write_text("# Лидеры Алаша\n\n… и другие.\n", encoding="utf-8")
    assert read_pack(media).stops[1].words[RU].text == "… и другие."
