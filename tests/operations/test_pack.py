from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import select

from audioguide.errors import PackBroken
from audioguide.models import Narration, State
from audioguide.operations.pack import bring_pack, bring_what_is_whole
from museum import World


def wanted(world: World) -> set[str]:
    with world.database.reading() as session:
        query = select(Narration.language).where(Narration.state == State.WANTED)
        return {str(language) for language in session.scalars(query)}


def test_a_pack_that_has_not_changed_is_read_once(world: World) -> None:
    assert bring_pack(world.opened()) is None
    world.edit("stops/1-alash/en.md", "Take your time.", "Go slowly.")
    report = bring_pack(world.opened())
    assert report is not None
    assert report.changed == ["1 alash en"]
    assert bring_pack(world.opened()) is None


def test_what_has_changed_is_wanted_by_the_voices_that_there_are(spoken_world: World) -> None:
    assert wanted(spoken_world) == set()
    spoken_world.edit("stops/1-alash/en.md", "Take your time.", "Go slowly.")
    bring_pack(spoken_world.opened())
    assert wanted(spoken_world) == {"en"}


def test_what_is_whole_has_come_in_when_what_is_broken_is_said(world: World) -> None:
    world.edit("stops/1-alash/en.md", "Take your time.", "Go slowly.")
    world.edit("stops/2-famine/en.md", "# ", "")
    with pytest.raises(PackBroken) as raised:
        bring_pack(world.opened())
    assert {each.where.partition(":")[0] for each in raised.value.findings} == {
        "media/stops/2-famine/en.md"
    }
    assert "Go slowly." in world.phone("en").get("/en/stops/alash").text


def test_a_guide_without_a_word_takes_no_half_of_a_pack(tmp_path: Path) -> None:
    made = World(tmp_path)
    made.edit("stops/2-famine/en.md", "# ", "")
    with pytest.raises(PackBroken):
        bring_what_is_whole(made.opened())
    assert made.phone("en").get("/en/stops/alash").status_code == 404
    made.close()
