"""Clocks that jump: no wait, claim, code or group is held by a moment that lies ahead."""

from __future__ import annotations

import contextlib
import os
import shutil
import sqlite3
import struct
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np

from museum import World
from sound_files import KINDS, write_sound
from started import command

from .asking import as_json
from .disks import sounding
from .ground import Ground, Running, in_time, until
from .locks import change, database_of
from .packs import has_old_words
from .signed_in import Guide, sign_in
from .trial import LeftOut, Look, trial

DAY_S = 86_400
LONGEST_WAIT_S = 60
SPOKEN_IN_S = 75.0  # a claim lasts half a minute, and twelve short texts are spoken after it
NOTICED_IN_S = 15.0
CLAIMED = (
    "UPDATE narration SET state = 'speaking', claimed_by = 'gone', "
    "claimed_until = datetime('now', '+1 day', '+30 seconds')"
)
TAKEN = ("en", "ru")


class Clock:
    """A wall clock for the guides that are started with it; steady clocks stay as they are."""

    def __init__(self, folder: Path) -> None:
        compiler = shutil.which("gcc") or shutil.which("cc")
        if compiler is None:
            raise LeftOut("no C compiler (Debian: gcc) for the clock")
        self._file, library = folder / "shift", folder / "shifted_clock.so"
        source = Path(__file__).with_name("shifted_clock.c")
        build = [compiler, "-shared", "-fPIC", "-O1", "-o", str(library), str(source)]
        subprocess.run(build, check=True, capture_output=True)
        self._file.write_bytes(struct.pack("l", 0))
        self.variables: dict[str, Any] = {"LD_PRELOAD": str(library)}
        self.variables["SHIFTED_CLOCK"] = str(self._file)

    def move(self, seconds: int) -> None:
        """Move it so many seconds from the true time, at once."""
        with self._file.open("r+b", buffering=0) as file:
            file.write(struct.pack("l", seconds))


@contextlib.contextmanager
def _clocked(ground: Ground) -> Iterator[tuple[Running, Clock]]:
    world = ground.world()
    clock = Clock(world.folder)
    with ground.web(world, **clock.variables) as guide:
        yield guide, clock


def _shift(guide: Running, clock: Clock, seconds: int, look: Look) -> None:
    """Move the clock, and look whether the guide's time moved with it."""
    clock.move(seconds)
    time.sleep(0.3)
    told = (as_json(guide.get("/live/time")) or {}).get("now_ms", 0) / 1000 - time.time()
    text = f"/live/time is {told:.0f} s from the true time"
    if abs(told - seconds) > 5 and abs(told) > 5:  # it may also be told by a steady clock
        look.at(False, text)


@trial(
    "G",
    "A clock set back a day keeps nobody waiting for a day",
    done="6 wrong passwords, the clock a day back, the right password",
    expected="303, or 429 with Retry-After of a minute at most and 303 after it",
)
def waits(ground: Ground) -> Look:
    look = Look()
    with _clocked(ground) as (guide, clock):
        for _ in range(6):
            sign_in(guide.port, password="wrong wrong wrong")
        _shift(guide, clock, -DAY_S, look)
        answer = sign_in(guide.port)
        wait = int(answer.headers.get("Retry-After", "0"))
        is_short = answer.status == 303 or (answer.status == 429 and wait <= LONGEST_WAIT_S)
        look.at(is_short, f"{answer.said}, Retry-After {wait}")
        if is_short and answer.status != 303 and not ground.quick:
            time.sleep(wait + 1)
            later = sign_in(guide.port)
            look.at(later.status == 303, f"after the wait {later.said}")
    return look


@trial(
    "G",
    "A group that plays goes on when the clock is set back a day",
    done="a group plays, the clock goes a day back, a phone asks for the state and the time",
    expected="it is to begin within 5 s by the server's time; pause and play go on",
)
def playing(ground: Ground) -> Look:
    look = Look()
    with _clocked(ground) as (guide, clock):
        aigul = Guide(guide.port).sign_in().start()
        aigul.wish("play")
        time.sleep(1.5)
        _shift(guide, clock, -DAY_S, look)
        for what in ("as it plays", "pause", "play"):
            if what in ("pause", "play"):
                look.must(aigul.wish(what).status in (200, 303), f"{what} is refused")
            look.at(_ahead_s(guide, aigul) < 5, f"{what}: begins in {_ahead_s(guide, aigul):.0f} s")
        look.must(aigul.get("/lead/").status == 200, "her session is shut")
    return look


def _ahead_s(guide: Running, aigul: Guide) -> float:
    state = as_json(guide.get(f"/live/{aigul.key}/state")) or {}
    now = (as_json(guide.get("/live/time")) or {}).get("now_ms", 0)
    return float(state.get("at_ms", float("inf")) - now) / 1000


@trial(
    "G",
    "A clock that goes a day forth and back leaves everything as it was",
    done="a group; the clock a day ahead, pages and the code are opened, then right again",
    expected="pages and the code throughout; afterwards phones, session and sign-in too",
)
def forth_and_back(ground: Ground) -> Look:
    look = Look()
    with _clocked(ground) as (guide, clock):
        aigul = Guide(guide.port).sign_in().start()
        aigul.wish("play")
        _shift(guide, clock, DAY_S, look)
        look.must(has_old_words(guide), "no page while it is ahead")
        for path in (f"/live/{aigul.join_code}", f"/live/{aigul.key}/state", "/lead/"):
            status = aigul.get(path).status
            is_right = status == 200 or (path == "/lead/" and status < 500)  # she may sign in again
            look.must(is_right, f"{path} {status} while it is ahead")
        sign_in(guide.port, password="wrong wrong wrong")
        _shift(guide, clock, 0, look)
        time.sleep(1)
        joined = guide.get(f"/live/{aigul.join_code}")
        look.at(joined.status == 200, f"the join code {joined.said} afterwards")
        state = guide.get(f"/live/{aigul.key}/state")
        look.at(
            state.status == 200 and b'"ended":false' in state.body.replace(b" ", b""),
            f"the state {state.said} {state.body[:80]!r}",
        )
        look.at(_ahead_s(guide, aigul) < 5, f"begins in {_ahead_s(guide, aigul):.0f} s")
        look.must(aigul.get("/lead/").status == 200, "her session is shut afterwards")
        let_in = sign_in(guide.port)
        look.at(let_in.status == 303, f"a sign-in {let_in.said}")
    return look


@trial(
    "G",
    "A code that was asked for while the clock was ahead opens once it is right",
    done="the clock a day ahead when a group is started and heard from; then a day back",
    expected="the code opens, the group can be led, and a new group can be started",
)
def started_ahead(ground: Ground) -> Look:
    look = Look()
    with _clocked(ground) as (guide, clock):
        _shift(guide, clock, DAY_S, look)
        aigul = Guide(guide.port).sign_in().start()
        aigul.wish("play")
        aigul.send(f"{aigul.lead}/here")
        _shift(guide, clock, 0, look)
        joined = guide.get(f"/live/{aigul.join_code}")
        look.at(joined.status == 200, f"the join code {joined.said}")
        look.at(_ahead_s(guide, aigul) < 5, f"begins in {_ahead_s(guide, aigul):.0f} s")
        look.must(aigul.get("/lead/").status == 200, "her session is shut")
        look.must(Guide(guide.port).sign_in().start().lead != "", "no new group")
    return look


@trial(
    "G",
    "A code of a group that began while the clock was behind opens once it is right",
    done="the clock a day back when a group is started and led; then right again",
    expected="the code opens though the guide's page has not been heard from since",
)
def started_behind(ground: Ground) -> Look:
    look = Look()
    with _clocked(ground) as (guide, clock):
        _shift(guide, clock, -DAY_S, look)
        aigul = Guide(guide.port).sign_in().start()
        aigul.wish("play")
        _shift(guide, clock, 0, look)
        joined = guide.get(f"/live/{aigul.join_code}")
        look.at(joined.status == 200, f"the join code {joined.said}")
        state = guide.get(f"/live/{aigul.key}/state")
        look.at(state.status == 200, f"a phone {state.said}")
    return look


@trial(
    "G",
    "A claim that ends a day ahead holds no narration",
    done="12 narrations claimed by a speaker that is gone, until a day and 30 s ahead; a start",
    expected="every stop sounds within 75 s",
)
def claims(ground: Ground) -> Look:
    look = Look()
    world = ground.world(spoken=False)
    change(world, CLAIMED)
    with ground.serving(world, AUDIOGUIDE_WORKERS="2") as guide:
        took = until(lambda: sounding(guide) == 12, SPOKEN_IN_S)
        look.at(bool(took), f"{sounding(guide)} of 12 sound, all {in_time(took)}")
    return look


@trial(
    "G",
    "A voice that rests until a day ahead is asked again",
    done="espeak-ng rests until a day ahead, by a clock that was wrong; the guide runs on",
    expected="a corrected text is spoken within 75 s",
)
def rests(ground: Ground) -> Look:
    look = Look()
    world = ground.world()
    with ground.serving(world) as guide:
        change(
            world,
            "INSERT OR REPLACE INTO voice_rest (voice, until, failures, reason) VALUES "
            "('espeak-ng', datetime('now', '+1 day'), 1, '{\"sentence\": \"x\", "
            '"values": {}}\')',
        )
        text = world.media / "stops/1-alash/en.md"
        text.write_text("# The Leaders of Alash\n\nOther words.\n", encoding="utf-8")
        took = until(lambda: _is_current(guide), SPOKEN_IN_S)
        look.at(bool(took), f"spoken {in_time(took)}")
    return look


def _is_current(guide: Running) -> bool:
    answer = as_json(guide.get("/api/v1/stops", timeout=2)) or {"stops": []}
    found = [stop["audio"]["en"] for stop in answer["stops"] if stop["slug"] == "alash"]
    return bool(
        found
        and found[0]
        and found[0]["is_current"]
        and b"Other words" in guide.get("/en/stops/alash", timeout=2).body
    )


def _lay_take(world: World, language: str) -> Path:
    """Lay a recording of sound beside a text, with a time five hours ahead."""
    kind = KINDS["wav of 16 bits"]
    samples = 0.2 * np.sin(np.arange(kind.rate_hz * 3) / 12).astype(np.float32)
    path = world.media / "stops/1-alash" / f"{language}.take.wav"
    write_sound(path, samples, kind)
    ahead = time.time() + 5 * 3600
    os.utime(path, (ahead, ahead))
    return path


@trial(
    "G",
    "A recording whose time lies ahead is received",
    done="a recording with a time 5 hours ahead, laid in while the guide runs and before a start",
    expected='"Recordings received" within 15 s each, or check names it',
)
def takes(ground: Ground) -> Look:
    look = Look()
    world = ground.world()
    with ground.serving(world) as guide:
        _lay_take(world, TAKEN[0])
        took = until(lambda: "alash en" in guide.said, NOTICED_IN_S)
        look.at(bool(took), f"while it runs {in_time(took)}")
    _lay_take(world, TAKEN[1])
    with ground.serving(world) as guide:
        took = until(lambda: _is_kept(world, TAKEN[1]), NOTICED_IN_S)
        look.at(bool(took), f"before a start {in_time(took)}; said {guide.said[-120:]}")
    checked = command("check", environment=world.environment()).stdout
    if not look.has_held:
        look.must("take" in checked, "and check does not name it")
    return look


def _is_kept(world: World, language: str) -> bool:
    with contextlib.closing(sqlite3.connect(database_of(world), timeout=5)) as connection:
        found = connection.execute(
            "SELECT count(*) FROM narration WHERE voice = 'recording' AND language = ? "
            "AND pack_take IS NOT NULL",
            (language,),
        ).fetchone()
    return bool(found[0])
