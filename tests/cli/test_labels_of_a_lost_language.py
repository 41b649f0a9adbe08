"""Labels hang in Arabic, which the museum has given up: they are listed and asked, and lead on."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from museum import ROOT, World
from started import command, started

pytestmark = pytest.mark.thorough

PACK = ROOT / "tests" / "packs" / "harbour-museum"
SAID = "The label has other languages than the museum has now; it still leads to its stop."


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    """The harbour with its labels printed in three languages, of which two are left."""
    made = World(tmp_path, PACK)
    made.bring()
    made.speak_all()
    ended = command("labels", "print", "--out", str(tmp_path / "labels"), environment=public(made))
    assert ended.returncode == 0, ended.stderr
    made.edit("museum.toml", ', "ar"]\npartial_languages = ["ar"]', "]")
    yield made
    made.close()


def public(world: World) -> dict[str, str]:
    return world.environment() | {"AUDIOGUIDE_BASE_URL": "https://guide.museum.kz"}


def test_they_are_listed_with_what_they_say_and_why_they_are_no_longer_right(world: World) -> None:
    listed = command("labels", "list", environment=public(world))
    assert listed.returncode == 0, listed.stderr
    assert [line[0] for line in listed.stdout.splitlines()[:4]] == ["!"] * 4
    assert listed.stdout.count(SAID) == 4
    record = json.loads(command("labels", "list", "--json", environment=public(world)).stdout)
    assert {tuple(each["titles"]) for each in record["labels"]} == {("de", "en", "ar")}
    assert {tuple(each["stale"]) for each in record["labels"]} == {("languages",)}


def test_each_is_asked_in_the_languages_that_are_left_and_serves_them(world: World) -> None:
    with started(world.folder, world.environment()) as guide:
        options = ("labels", "check", "--base", guide.address)
        record = json.loads(command(*options, "--json", environment=public(world)).stdout)
        said = command(*options, environment=public(world)).stdout
    assert [{*each["answers"]} for each in record["labels"]] == [{"de", "en"}] * 4
    assert {one["status"] for each in record["labels"] for one in each["answers"].values()} == {200}
    assert {(each["grade"], each["what"]) for each in record["findings"]} == {("warning", SAID)}
    assert said.count(SAID) == 4
