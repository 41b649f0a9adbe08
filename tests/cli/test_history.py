"""`audioguide history`, as a curator types it."""

from __future__ import annotations

import json

import pytest

from audioguide import cli
from museum import World
from started import command_as_process, without_settings

FILE = "stops/1-alash/en.md"


@pytest.fixture
def edited(world: World, monkeypatch: pytest.MonkeyPatch) -> World:
    """A guide whose stop 1 has a second version, asked from this process."""
    world.edit(FILE, "Take your time.", "Do not hurry.")
    world.bring()
    for name in without_settings().keys() ^ {*without_settings(), *world.environment()}:
        monkeypatch.setenv(name, world.environment()[name])
    return world


def test_the_newest_version_stands_first(edited: World, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["history", "1", "en"]) == 0
    newest, oldest = capsys.readouterr().out.splitlines()
    assert newest.split()[0] == "2"
    assert newest.endswith("the content pack  “Do not hurry.”  read now")
    assert oldest.split()[0] == "1"


def test_a_version_is_shown_as_its_file(edited: World, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["history", "alash", "en", "--show", "1"]) == 0
    shown = capsys.readouterr().out
    assert shown.startswith("# The Leaders of Alash\n")
    assert "Take your time." in shown


def test_a_version_is_brought_back_and_taken_at_once(
    edited: World, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.run(["history", "1", "en", "--bring-back", "1"]) == 0
    said = capsys.readouterr().out
    assert said.startswith("Version 1 stands in ")
    assert "Visitors read it now" in said
    assert "Take your time." in (edited.media / FILE).read_text(encoding="utf-8")
    assert "Take your time." in edited.phone("en").get("/en/stops/alash").text
    assert cli.run(["history", "1", "en", "--json"]) == 0
    listed = json.loads(capsys.readouterr().out)["versions"]
    assert [each["number"] for each in listed] == [1, 2, 3]


def test_a_mistake_in_another_text_holds_up_no_way_back(
    edited: World, capsys: pytest.CaptureFixture[str]
) -> None:
    edited.edit("stops/2-famine/en.md", "# ", "")
    assert cli.run(["history", "1", "en", "--bring-back", "1"]) == 0
    assert "Take your time." in edited.phone("en").get("/en/stops/alash").text


def test_a_file_that_was_broken_meanwhile_is_named_and_kept(
    edited: World, capsys: pytest.CaptureFixture[str]
) -> None:
    edited.edit(FILE, "# ", "")
    assert cli.run(["history", "1", "en", "--bring-back", "1"]) == 1
    told = capsys.readouterr()
    assert "stops/1-alash/en.md:1: The title is missing." in told.err
    assert told.out == ""
    assert "Do not hurry." in edited.phone("en").get("/en/stops/alash").text


@pytest.mark.parametrize(
    "asked",
    [
        ["1", "en", "--bring-back", "9"],
        ["1", "en", "--show", "0"],
        ["1", "en", "--show", "-1"],
        ["999", "en"],
        ["101", "en"],
        ["1", "en", "--bring-back", "2"],
    ],
)
def test_who_asks_wrongly_is_told_in_one_line(
    edited: World, asked: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.run(["history", *asked]) == 2
    told = capsys.readouterr()
    assert (told.out, told.err.count("\n")) == ("", 1)


def test_a_change_that_nobody_had_taken_is_looked_at_before_it_is_replaced(
    edited: World, capsys: pytest.CaptureFixture[str]
) -> None:
    edited.edit(FILE, "Do not hurry.", "A colleague wrote this.")
    assert cli.run(["history", "1", "en", "--bring-back", "1"]) == 1
    assert "found and taken just now" in capsys.readouterr().err
    assert "A colleague wrote this." in (edited.media / FILE).read_text(encoding="utf-8")
    assert cli.run(["history", "1", "en", "--bring-back", "1"]) == 0
    assert cli.run(["history", "1", "en", "--show", "3"]) == 0
    assert "A colleague wrote this." in capsys.readouterr().out


def test_of_an_unpublished_stop_no_visitor_is_said_to_read(
    edited: World, capsys: pytest.CaptureFixture[str]
) -> None:
    edited.edit("museum.toml", 'slug = "alash"\n', 'slug = "alash"\npublished = false\n')
    edited.bring()
    assert cli.run(["history", "1", "en", "--bring-back", "1"]) == 0
    assert "Visitors" not in capsys.readouterr().out


def test_a_text_is_never_shown_with_letters_missing(edited: World) -> None:
    environment = edited.environment() | {"PYTHONIOENCODING": "cp1251"}
    ended = command_as_process("history", "1", "kk", "--show", "1", environment=environment)
    assert (ended.returncode, ended.stdout) == (1, "")
    assert "PYTHONIOENCODING=utf-8" in ended.stderr
