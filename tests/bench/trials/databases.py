"""A database that vanished, is another one, or lies beside a log that is not its own."""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import signal
import sqlite3
import time
from pathlib import Path

from museum import ALASH, World
from started import command

from .asking import KEPT, RENDERED
from .ground import Ground, Running, bound, in_time, invite, until
from .locks import database_of
from .packs import follows, has_old_words
from .trial import Look, trial

HEALED_IN_S = 20.0
SAYS_LOG = re.compile(r"(?i)-wal|foreign|\blog\b")
LATE = "Zarina"  # whom nobody knew when the copy was made


@trial(
    "F",
    "A database that vanished under the running guide comes back by itself",
    done="rm guide.sqlite3* under audioguide serve",
    expected="kept pages go on; /, a scan, a rendered page and /readyz are right within 20 s",
)
def vanished(ground: Ground) -> Look:
    look = Look()
    world = ground.world()
    with ground.serving(world) as guide:
        guide.get(KEPT)
        for each in world.settings.data.glob("guide.sqlite3*"):
            each.unlink()
        time.sleep(0.5)
        look.must(has_old_words(guide), "the old words are gone")
        took = until(lambda: _is_whole(guide), HEALED_IN_S)
        look.at(bool(took), f"whole again {in_time(took)}: {_statuses(guide)}")
        look.must("Traceback" not in guide.said, "a traceback")
        follows(look, guide, "Take heart.")
    return look


def _statuses(guide: Running) -> dict[str, int]:
    paths = ("/", f"/Q/{ALASH}", RENDERED, "/readyz", "/staff/sign-in")
    return {path: guide.get(path, timeout=2).status for path in paths}


def _is_whole(guide: Running) -> bool:
    return list(_statuses(guide).values()) == [200, 302, 200, 200, 200]


@trial(
    "F",
    "A data folder that cannot be entered is not ready, and no fault of the server",
    done="chmod 000 of the data folder under the running guide; then the right again",
    expected="/readyz 503 and not 500, kept pages 200; 200 again afterwards",
)
def not_entered(ground: Ground) -> Look:
    look = Look()
    world = ground.world()
    with ground.serving(world, *bound()) as guide:
        guide.get(KEPT)
        world.settings.data.chmod(0)
        try:
            time.sleep(0.5)
            ready = guide.get("/readyz")
            look.at(ready.status == 503, f"/readyz {ready.said}")
            look.must(has_old_words(guide), "the old words are gone")
            look.must(guide.is_up(), "/healthz does not answer")
        finally:
            world.settings.data.chmod(0o755)
        took = until(lambda: guide.is_up("/readyz"), 10)
        look.at(bool(took), f"ready again {in_time(took)}")
    return look


def _copy_of(world: World, to: Path) -> None:
    """Copy the database of a guide that has ended in order."""
    shutil.copy(database_of(world), to)


def _kill(guide: Running) -> None:
    """Kill all of a guide at once, as a loss of power does."""
    for each in [guide.process.pid, *guide.web, *guide.speakers]:
        with contextlib.suppress(ProcessLookupError):
            os.kill(each, signal.SIGKILL)
    time.sleep(1.5)


def _people(world: World) -> str:
    return command("staff", "list", environment=world.environment()).stdout


def is_sound(world: World) -> str:
    with contextlib.closing(sqlite3.connect(database_of(world))) as connection:
        return str(connection.execute("PRAGMA integrity_check").fetchone()[0])


@trial(
    "H",
    "A copy over the database is not undone by the log of another",
    done="a copy after an orderly end; a start, a new person, kill -9; the copy over the database, "
    "its -wal left; a start",
    expected="the person is unknown as in the copy, the database is whole, the log is put aside, "
    "and a line says so",
)
def foreign_log(ground: Ground) -> Look:
    look = Look()
    world = ground.world()
    copy = world.folder / "copy.sqlite3"
    with ground.serving(world):
        pass
    _copy_of(world, copy)
    with ground.serving(world) as guide:
        invite(world, LATE)
        _kill(guide)
    log = Path(f"{database_of(world)}-wal")
    look.must(log.exists() and log.stat().st_size > 0, "no log was left: the trial says nothing")
    shutil.copy(copy, database_of(world))
    with ground.serving(world, may_fail=True) as guide:
        look.must(has_old_words(guide), f"no page: {guide.said[-160:]}")
        said = guide.said
    look.must(LATE not in _people(world), "the copy was undone in silence")
    look.at(is_sound(world) == "ok", f"integrity: {is_sound(world)}")
    put_aside = [each.name for each in world.settings.data.glob("*-wal?*")]
    look.must(bool(put_aside), "the log is not put aside")
    look.must(SAYS_LOG.search(said) is not None, f"not said: {said[:200]}")
    return look


@trial(
    "H",
    "A guide's own log is never put aside",
    done="a start, a new person, kill -9; a start; and the same with its folder moved",
    expected="the person is known, the database is whole, no log is put aside",
)
def own_log(ground: Ground) -> Look:
    look = Look()
    world = ground.world()
    with ground.serving(world) as guide:
        invite(world, LATE)
        _kill(guide)
    moved = World.copied(world.folder, ground.new_folder())
    for each in (world, moved):
        with ground.serving(each, may_fail=True) as guide:
            look.must(has_old_words(guide), f"no page: {guide.said[-160:]}")
        where = "moved" if each is moved else "in place"
        look.must(LATE in _people(each), f"what was written last is lost, {where}")
        look.must(is_sound(each) == "ok", "not whole")
        names = [path.name for path in each.settings.data.glob("*-wal?*")]
        look.must(not names, f"put aside: {names}")
    return look.counted("points")
