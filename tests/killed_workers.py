"""Kill workers at random moments, and prove that nothing is lost, doubled or halved."""

from __future__ import annotations

import os
import random
import signal
import sqlite3
import subprocess
import sys
import time

from sqlalchemy import select

from audioguide.models import Narration, State
from audioguide.services.narration import plan
from audioguide.services.narration.scope import EVERYTHING, reason_of
from museum import World
from started import command, without_settings


def _lapse_all(world: World) -> None:
    """Let the claims of dead workers end, as half a minute would."""
    with sqlite3.connect(world.settings.data / "guide.sqlite3", timeout=60) as database:
        database.execute(
            "UPDATE narration SET claimed_until = '2020-01-01 00:00:00.000000' "
            "WHERE state = 'speaking'"
        )
    database.close()


def crash(world: World, times: int, seed: int) -> None:
    """Start a worker and kill it at a random moment, again and again, always with work to do."""
    chance = random.Random(seed)
    log = (world.folder / "worker.log").open("w", encoding="utf-8")
    for number in range(times):
        with world.database.writing() as session:
            plan.want_again_all(session, EVERYTHING)
        speaker = subprocess.Popen(
            [sys.executable, "-m", "audioguide.worker", "--parent", str(os.getpid())],
            env=without_settings() | world.environment() | {"OPENBLAS_NUM_THREADS": "1"},
            stdout=log,
            stderr=log,
        )
        _wait_until_it_speaks(world, speaker)
        time.sleep(chance.uniform(0, 0.6))
        speaker.send_signal(signal.SIGKILL)
        speaker.wait(30)
        _lapse_all(world)
        prove_files(world, f"after kill {number + 1}")
    log.close()
    assert "Traceback" not in (world.folder / "worker.log").read_text(encoding="utf-8")


def _wait_until_it_speaks(world: World, speaker: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and speaker.poll() is None:
        with world.database.reading() as session:
            if session.scalar(select(Narration.id).where(Narration.state == State.SPEAKING)):
                return
        time.sleep(0.02)
    raise AssertionError("the worker never spoke")


def prove_files(world: World, moment: str) -> None:
    """Prove that everything that has a name is whole, and every name has a thing."""
    for path in world.store.folder.iterdir():
        assert path.suffix == ".part" or world.store.is_whole(path.name), f"{path.name} {moment}"
    with world.database.reading() as session:
        for row in session.scalars(select(Narration)):
            for name in (row.sound, row.webm, row.cues):
                assert name is None or world.store.is_whole(name), f"{name} {moment}"


def prove_all(world: World, rows: int) -> None:
    """Prove that the rest is spoken, each text once by each voice, and the database is whole."""
    ended = command("narrate", "--json", environment=world.environment())
    assert ended.returncode == 0, ended.stderr
    prove_files(world, "at the end")
    with world.database.reading() as session:
        made = session.scalars(select(Narration)).all()
        assert len({(row.stop_id, row.language, row.voice) for row in made}) == len(made) == rows
        assert {row.state for row in made} == {State.READY}
        assert all(row.text_digest == row.wanted_digest for row in made)
        assert all(reason_of(row.reason) == reason_of(None) for row in made)
    database = sqlite3.connect(world.settings.data / "guide.sqlite3")
    assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    database.close()
