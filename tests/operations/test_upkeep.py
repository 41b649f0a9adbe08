from __future__ import annotations

import os
import time

import pytest
from sqlalchemy import select, update
from sqlalchemy.exc import OperationalError

from audioguide.errors import DISK_IS_FULL
from audioguide.models import Narration, State
from audioguide.operations import upkeep
from audioguide.services.narration.scope import kept_reason
from locks import held
from museum import World

TWO_MONTHS_SECONDS = 60 * 86_400


def states(world: World, language: str) -> set[str]:
    with world.database.reading() as session:
        return set(session.scalars(select(Narration.state).where(Narration.language == language)))


def fail_for_room(world: World) -> None:
    with world.database.writing() as session:
        failed = update(Narration).where(Narration.language == "en")
        session.execute(failed.values(state=State.FAILED, reason=kept_reason(DISK_IS_FULL)))


def test_what_failed_for_want_of_room_is_wanted_again(spoken_world: World) -> None:
    assert not upkeep.want_again_with_room(spoken_world.opened())
    fail_for_room(spoken_world)
    assert upkeep.want_again_with_room(spoken_world.opened())
    assert states(spoken_world, "en") == {State.WANTED}
    assert states(spoken_world, "ru") == {State.READY}


def test_whoever_holds_the_database_is_not_waited_for(spoken_world: World) -> None:
    fail_for_room(spoken_world)
    with held(spoken_world), pytest.raises(OperationalError, match="locked"):
        upkeep.want_again_with_room(spoken_world.opened())
    assert states(spoken_world, "en") == {State.FAILED}


def test_a_sound_that_is_gone_is_wanted_again(spoken_world: World) -> None:
    with spoken_world.database.reading() as session:
        sound = session.scalars(select(Narration.sound).where(Narration.language == "en")).first()
    (spoken_world.store.folder / str(sound)).unlink()
    upkeep.repair(spoken_world.opened())
    assert states(spoken_world, "en") == {State.READY, State.WANTED}


def test_only_sound_that_no_row_names_is_pruned_and_only_after_a_month(
    spoken_world: World,
) -> None:
    store = spoken_world.store
    nobodys, new = store.keep(b"of an older text", "mp3"), store.keep(b"of a moment ago", "mp3")
    then = time.time() - TWO_MONTHS_SECONDS
    for path in store.folder.iterdir():
        if path.name != new:
            os.utime(path, (then, then))
    pruned = upkeep.prune(spoken_world.opened())
    assert (pruned.files, pruned.freed_bytes) == (1, len(b"of an older text"))
    assert (store.has(nobodys), store.has(new)) == (False, True)
