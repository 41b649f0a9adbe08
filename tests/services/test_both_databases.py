"""Claims and editions hold on SQLite and on PostgreSQL alike."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections import Counter
from datetime import timedelta

import pytest
from sqlalchemy import select

from audioguide.errors import VoiceUnavailable
from audioguide.languages import LANGUAGES, Language
from audioguide.models import Narration, State, now
from audioguide.operations.narrations import want
from audioguide.services import editions
from audioguide.services.narration import backoff, plan, queue, work_report
from museum import World
from started import command_as_process, without_settings
from statements import counted

pytestmark = pytest.mark.thorough

on_both = pytest.mark.parametrize(
    "on_database",
    ["sqlite", pytest.param("postgresql", marks=pytest.mark.needs_postgresql)],
    indirect=True,
)
KK, RU, EN = Language("kk"), Language("ru"), Language("en")
ALL = 4 * len(LANGUAGES)

# A worker of its own: claims, waits a moment, keeps nothing, and says what it claimed.
WORKER = """
import json, sys
from audioguide.db import Database
from audioguide.services.narration import queue

database = Database(sys.argv[1])
claimed = []
sys.stdin.readline()
while True:
    with database.writing() as session:
        claim = queue.claim(session, sys.argv[2])
    if claim is None:
        break
    claimed.append(claim.narration_id)
print(json.dumps(claimed))
"""
RAISER = """
import sys
from audioguide.db import Database
from audioguide.services import editions

database = Database(sys.argv[1])
sys.stdin.readline()
for _ in range(10):
    with database.writing() as session:
        editions.raise_edition(session)
"""


def together(world: World, program: str, count: int) -> list[str]:
    """Run a program in several processes at once; return what each says."""
    processes = [
        subprocess.Popen(
            [sys.executable, "-c", program, world.settings.database_url, str(number)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for number in range(count)
    ]
    for process in processes:
        assert process.stdin is not None
        process.stdin.write("go\n")
        process.stdin.flush()
    said = [process.communicate(timeout=90)[0] for process in processes]
    assert [process.returncode for process in processes] == [0] * count
    return said


@on_both
def test_workers_in_processes_of_their_own_never_claim_the_same(on_database: World) -> None:
    said = together(on_database, WORKER, 4)
    claimed = [each for line in said for each in json.loads(line)]
    assert Counter(claimed).most_common(1)[0][1] == 1
    assert len(claimed) == ALL


@on_both
def test_editions_raised_by_many_at_once_are_all_counted(on_database: World) -> None:
    with on_database.database.reading() as session:
        before = editions.edition_number(session)
    together(on_database, RAISER, 3)
    with on_database.database.reading() as session:
        assert editions.edition_number(session) == before + 30


@on_both
def test_a_narration_is_kept_failed_taken_over_and_rested(on_database: World) -> None:
    world = on_database
    first, second = world.claim("one"), world.claim("one")
    assert first is not None
    assert second is not None
    assert world.keep(first)
    with world.database.writing() as session:
        assert queue.fail(session, second, "The voice is hoarse.")
        row = session.get_one(Narration, second.narration_id)
        row.want_again()
        row.asked_at = now()
    again = world.claim("two")
    assert again is not None
    assert again.narration_id == second.narration_id
    with world.database.writing() as session:
        row = session.get_one(Narration, again.narration_id)
        row.claimed_until = now() - timedelta(seconds=1)
    taken = world.claim("three")
    assert taken is not None
    assert taken.narration_id == again.narration_id
    assert not world.keep(again)
    with world.database.writing() as session:
        backoff.rest(session, "espeak-ng", VoiceUnavailable("It is away."))
    assert world.claim("four") is None
    with world.database.reading() as session:
        found = work_report.progress(session)
    assert (found.ready, found.waiting, found.to_do) == (1, ALL - 2, 1)


@on_both
def test_lesser_voices_are_let_go(on_database: World) -> None:
    world = on_database
    wishes = plan.Wishes(
        world.settings_with(VOICES="auto").voices,
        {KK: ("espeak-ng",), RU: ("gtts", "edge-tts:x", "espeak-ng"), EN: ("espeak-ng",)},
    )
    with world.database.writing() as session:
        backoff.rest(session, "gtts", VoiceUnavailable("It is away."))
        plan.want_all(session, wishes)
        backoff.wake_all(session)
    world.speak_all()
    with world.database.reading() as session:
        voices = Counter(session.scalars(select(Narration.voice)))
    assert voices == {"espeak-ng": ALL, "gtts": 4}


@on_both
def test_the_whole_guide_is_spoken_and_a_killed_worker_is_taken_over(on_database: World) -> None:
    world = on_database
    want(world.opened())
    speaker = subprocess.Popen(
        [sys.executable, "-m", "audioguide.worker", "--parent", str(os.getpid())],
        env=without_settings() | world.environment(),
    )
    deadline = time.monotonic() + 60
    while speaking(world) is None and time.monotonic() < deadline:
        time.sleep(0.05)
    speaker.kill()
    speaker.wait(30)
    with world.database.writing() as session:
        for row in session.scalars(select(Narration).where(Narration.state == State.SPEAKING)):
            row.claimed_until = now() - timedelta(seconds=1)
    ended = command_as_process("narrate", "--json", environment=world.environment())
    assert ended.returncode == 0, ended.stderr
    assert json.loads(ended.stdout)["ready"] == ALL


def speaking(world: World) -> int | None:
    with world.database.reading() as session:
        found: int | None = session.scalar(
            select(Narration.id).where(Narration.state == State.SPEAKING)
        )
        return found


@pytest.mark.needs_postgresql
@pytest.mark.parametrize("on_database", ["postgresql"], indirect=True)
def test_a_sound_that_a_worker_makes_while_others_are_looked_at_is_not_lost(
    on_database: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    world = on_database
    first = world.claim()
    assert first is not None
    assert world.keep(first, b"the sound of before")
    with world.database.writing() as session:
        session.get_one(Narration, first.narration_id).want_again()
    again = world.claim()
    while again is not None and again.narration_id != first.narration_id:
        again = world.claim()
    assert again is not None
    looked_at: list[str] = []

    def is_whole(name: str) -> bool:
        looked_at.append(name)
        if len(looked_at) == 1:
            assert world.keep(again, b"the sound of now")
        return False

    monkeypatch.setattr(world.store, "is_whole", is_whole)
    with world.database.writing() as session:
        assert plan.repair(session, world.store) == 0
    with world.database.reading() as session:
        row = session.get_one(Narration, first.narration_id)
        assert (row.state, row.sound is not None) == (State.READY, True)


@on_both
def test_a_repair_locks_what_is_lost_at_once_and_by_id(on_database: World) -> None:
    """Two that lock in different orders, or read files in between, wait for each other."""
    world, spoken = on_database, []
    while (claimed := world.claim()) is not None:
        assert world.keep(claimed, b"the sound of all")
        spoken.append(claimed.narration_id)
    for path in world.store.folder.glob("*.mp3"):
        path.unlink()
    with counted() as said, world.database.writing() as session:
        assert plan.repair(session, world.store) == len(spoken)
        dialect = session.get_bind().dialect.name
    (looked,) = (each for each in said if "narration.id IN" in each and "SELECT" in each)
    assert "ORDER BY narration.id" in looked
    locking = [each for each in said if "FOR UPDATE" in each and "FROM narration" in each]
    assert locking == [looked] * (dialect == "postgresql")
