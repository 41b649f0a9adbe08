from __future__ import annotations

import pytest

from audioguide.errors import AskedWrongly, AudioguideError
from audioguide.languages import Language
from audioguide.operations import versions
from museum import World

FILE = "stops/1-alash/en.md"
EN = Language("en")


@pytest.fixture
def edited(world: World) -> World:
    """A guide whose stop 1 has a second version."""
    world.edit(FILE, "Take your time.", "Do not hurry.")
    world.bring()
    return world


def test_what_a_file_says_now_is_among_the_versions(world: World) -> None:
    world.edit(FILE, "Take your time.", "Do not hurry.")
    found = versions.versions(world.opened(), "1", EN)
    assert [each.first_change for each in found][1:] == ["Do not hurry."]


def test_a_version_that_is_brought_back_is_read_at_once(edited: World) -> None:
    brought = versions.bring_back(edited.opened(), "alash", EN, 1)
    assert brought.file == edited.media / FILE
    assert brought.is_shown
    assert "Take your time." in edited.phone("en").get("/en/stops/alash").text


def test_nothing_is_brought_back_over_a_change_that_nobody_has_seen(edited: World) -> None:
    edited.edit(FILE, "Read one name.", "Read two names.")
    with pytest.raises(AudioguideError, match="found and taken just now"):
        versions.bring_back(edited.opened(), "1", EN, 1)
    assert "Read two names." in (edited.media / FILE).read_text(encoding="utf-8")
    assert len(versions.versions(edited.opened(), "1", EN)) == 3


def test_a_version_that_there_is_not_is_said_with_those_there_are(edited: World) -> None:
    with pytest.raises(AskedWrongly, match=r"The versions are 1 to 2\."):
        versions.version(edited.opened(), "1", EN, 9)
