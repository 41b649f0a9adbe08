"""A command in a folder that has no guide leaves that folder as it found it, and says so."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from audioguide import cli
from museum import write_pack

COMMANDS = (
    "serve --port 0",
    "import",
    "import --json",
    "check",
    "check --json",
    "explain 9 kk",
    "listen 9 kk",
    "history 9 kk",
    "draw",
    "draw camps",
    "narrate",
    "narrate --prune",
    "narrate --reviewed 9 kk 1",
    "voices",
    "voices list",
    "voices install kk",
    "labels print",
    "labels print --draft",
    "labels list",
    "labels check",
    "labels taken-down 9",
    "staff list",
    "staff add Aigul --role guide",
    "staff remove Aigul",
)


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder in which commands are run, with no setting of the guide."""
    for name in [each for each in os.environ if each.startswith("AUDIOGUIDE_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("AUDIOGUIDE_LANGUAGE", "en")
    monkeypatch.setenv("AUDIOGUIDE_VOICES", "offline")
    folder = tmp_path / "empty"
    folder.mkdir()
    monkeypatch.chdir(folder)
    return folder


@pytest.mark.parametrize("asked", COMMANDS)
def test_a_command_in_a_wrong_folder_creates_nothing(
    here: Path, asked: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.run(asked.split()) == 2
    assert list(here.iterdir()) == []
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err == (
        f"There is no guide here: {here / 'media'} has no museum.toml. Go to the folder of the "
        "guide and run this there, or set AUDIOGUIDE_MEDIA. A museum of your own begins with: "
        f"python3 scripts/audioguide.py new {here / 'media'}\n"
    )


def test_a_media_folder_that_is_empty_is_a_wrong_folder_too(here: Path) -> None:
    (here / "media").mkdir()
    assert cli.run(["check"]) == 2
    assert [each.name for each in here.rglob("*")] == ["media"]


def test_a_pack_under_another_name_is_told_its_right_one(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_pack(here / "media")
    (here / "media/museum.toml").rename(here / "media/museum.toml.txt")
    assert cli.run(["import"]) == 2
    assert "Rename museum.toml.txt to museum.toml." in capsys.readouterr().err
    assert [each.name for each in here.iterdir()] == ["media"]


def test_a_wrong_folder_is_told_before_a_database_elsewhere_is_asked(
    here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AUDIOGUIDE_DATABASE_URL", "postgresql+psycopg://nobody@192.0.2.1/none")
    assert cli.run(["staff", "list"]) == 2
    assert list(here.iterdir()) == []


def test_where_there_is_a_pack_a_guide_begins(here: Path) -> None:
    write_pack(here / "media")
    assert cli.run(["import"]) == 0
    assert (here / "instance/guide.sqlite3").is_file()


def test_a_guide_whose_pack_is_away_still_answers(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_pack(here / "media")
    cli.run(["import"])
    (here / "media").rename(here / "elsewhere")
    capsys.readouterr()
    assert cli.run(["staff", "list"]) == 0
    assert "Nobody can sign in yet." in capsys.readouterr().out
