"""The life of a narration: the database keeps no row that contradicts itself."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError

from audioguide.models import Made, Narration, State, Transcript, now
from museum import World

REASON = "The voice is hoarse."
MADE = Made("a.mp3", "a.webm", "a.vtt", 4000, 2500, 61_000, -16.0)
on_both = pytest.mark.parametrize(
    "on_database",
    ["sqlite", pytest.param("postgresql", marks=pytest.mark.needs_postgresql)],
    indirect=True,
)


@on_both
@pytest.mark.parametrize(
    ("values", "rule"),
    [
        ({"state": "lost"}, "state_is_known"),
        ({"state": State.READY}, "ready_is_heard"),
        ({"state": State.FAILED}, "failed_has_reason"),
        ({"state": State.SPEAKING}, "speaking_is_claimed"),
        ({"state": State.SPEAKING, "claimed_by": "worker"}, "claim_ends"),
        ({"claimed_by": "worker", "claimed_until": now()}, "speaking_is_claimed"),
    ],
)
def test_the_database_refuses_a_row_that_contradicts_itself(
    on_database: World, values: dict[str, Any], rule: str
) -> None:
    with (
        pytest.raises(IntegrityError, match=rule),
        on_database.database.writing() as session,
    ):
        session.execute(update(Narration).values(**values))


def row_and_text(world: World) -> tuple[Narration, Transcript]:
    with world.database.reading() as session:
        row = session.scalars(select(Narration).limit(1)).one()
        return row, row.transcript


def claim(row: Narration) -> None:
    row.state, row.claimed_by, row.claimed_until = State.SPEAKING, "worker", now()


def test_what_was_made_of_the_wanted_text_is_ready(world: World) -> None:
    row, text = row_and_text(world)
    claim(row)
    row.finish(MADE, text.digest, now(), asked=row.wanted_script, script="spoken")
    assert (row.state, row.files) == (State.READY, {"a.mp3", "a.webm", "a.vtt"})
    assert (row.script_digest, row.wanted_script) == ("spoken", "spoken")
    assert (row.claimed_by, row.claimed_until, row.attempts) == (None, None, 0)


def test_what_was_made_of_a_text_that_changed_meanwhile_is_heard_and_more_is_wanted(
    world: World,
) -> None:
    row, text = row_and_text(world)
    claim(row)
    row.wanted_digest = "newer"
    row.finish(MADE, text.digest, now())
    assert (row.state, row.sound, row.text_digest) == (State.WANTED, "a.mp3", text.digest)


def test_a_take_that_came_meanwhile_is_wanted_still(world: World) -> None:
    row, text = row_and_text(world)
    row.wanted_take = "newer.wav"
    row.finish(MADE, text.digest, now())
    assert (row.state, row.sound) == (State.WANTED, "a.mp3")


def test_what_has_a_sound_is_ready_when_nothing_else_is_wanted_any_more(world: World) -> None:
    row, text = row_and_text(world)
    assert not row.let_go()
    row.finish(MADE, text.digest, now())
    row.wanted_digest = "newer"
    row.fail(REASON)
    assert row.let_go()
    assert (row.state, row.reason, row.wanted_digest) == (State.READY, None, text.digest)


def test_a_claim_that_is_given_back_counts_no_attempt_unless_it_was_in_vain(world: World) -> None:
    row, _ = row_and_text(world)
    claim(row)
    row.attempts = 1
    assert row.is_claimed_by("worker")
    assert not row.is_claimed_by("another")
    row.give_back(behind=False)
    assert (row.state, row.attempts, row.claimed_by) == (State.WANTED, 0, None)
    row.give_back(behind=True)
    assert row.attempts == 1
