from __future__ import annotations

from sqlalchemy import update

from audioguide.errors import message
from audioguide.models import Narration, State
from audioguide.operations.narrations import outcome, want, want_others
from audioguide.services.narration.scope import EVERYTHING, kept_reason
from museum import World
from toy_voice import write_voice

DRAFTS = 12


def to_do(world: World) -> int:
    return outcome(world.opened(), EVERYTHING).progress.to_do


def test_a_voice_that_was_installed_is_wanted_for_every_text_of_its_language(
    world: World,
) -> None:
    want(world.opened())
    assert to_do(world) == DRAFTS
    write_voice(world.settings.data / "voices", "kk_KZ-issai-high")
    want(world.opened())
    assert to_do(world) == DRAFTS + 4


def test_what_follows_is_wanted_without_a_look_at_the_texts(spoken_world: World) -> None:
    write_voice(spoken_world.settings.data / "voices", "kk_KZ-issai-high")
    spoken_world.edit("stops/1-alash/en.md", "Take your time.", "Go slowly.")
    want_others(spoken_world.opened())
    assert to_do(spoken_world) == 4


def test_an_outcome_names_what_failed_and_why(spoken_world: World) -> None:
    with spoken_world.database.writing() as session:
        failed = {"state": State.FAILED, "reason": kept_reason(message("Not enough memory."))}
        session.execute(update(Narration).where(Narration.language == "ru").values(**failed))
    found = outcome(spoken_world.opened(), EVERYTHING)
    assert (found.progress.ready, found.progress.failed) == (8, 4)
    assert {(each.language, str(each.reason)) for each in found.failures} == {
        ("ru", "Not enough memory.")
    }
    assert (found.noted, dict(found.resting)) == ((), {})
