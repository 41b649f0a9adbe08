from __future__ import annotations

from audioguide.errors import Grade
from audioguide.operations.inspection import inspect
from museum import World


def test_what_lies_beside_the_texts_is_brought_before_it_is_looked_at(spoken_world: World) -> None:
    spoken_world.edit("stops/1-alash/en.md", "Take your time.", "Go slowly.")
    inspect(spoken_world.opened())
    assert "Go slowly." in spoken_world.phone("en").get("/en/stops/alash").text


def test_a_broken_pack_is_all_that_is_said(world: World) -> None:
    world.edit("stops/2-famine/en.md", "# ", "")
    found = inspect(world.opened())
    assert {each.grade for each in found} == {Grade.ERROR}
    assert {each.where.partition(":")[0] for each in found} == {"media/stops/2-famine/en.md"}


def test_a_recording_in_a_language_that_we_do_not_have_is_found(spoken_world: World) -> None:
    (spoken_world.media / "stops/1-alash/de.take.wav").write_bytes(b"RIFF")
    said = [each.where for each in inspect(spoken_world.opened())]
    assert [each for each in said if each.endswith("stops/1-alash/de.take.wav")]
