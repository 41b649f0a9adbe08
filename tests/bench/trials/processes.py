"""Processes that hang or are killed: somebody notices, and nothing is lost."""

from __future__ import annotations

import contextlib
import os
import random
import signal
import time
from functools import partial

from .asking import KEPT, at_once
from .databases import is_sound
from .ground import Ground, Running, in_time, until
from .packs import has_old_words
from .trial import Look, trial

NOTICED_IN_S = 30.0
BACK_IN_S = 20.0
SEED = 11


def _stop(look: Look, guide: Running, which: int) -> None:
    stopped = guide.web[which]
    os.kill(stopped, signal.SIGSTOP)
    try:
        time.sleep(0.5)
        look.must(not guide.is_up(), "it answers all the same: another process was stopped")
        took = until(lambda: has_old_words(guide), NOTICED_IN_S)
        look.at(bool(took), f"pages again {in_time(took)}")
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.kill(stopped, signal.SIGCONT)


@trial(
    "F",
    "A web process that hangs is noticed and started again",
    done="SIGSTOP of the process that answers, under audioguide serve",
    expected="pages again within 30 s",
)
def hangs(ground: Ground) -> Look:
    look = Look()
    with ground.serving(ground.world()) as guide:
        guide.get(KEPT)
        _stop(look, guide, -1)
    return look


@trial(
    "F",
    "A web process that is only busy is left alone",
    done="8 rendered pages at a time for 6 s under audioguide serve",
    expected="the same processes answer before and after",
)
def busy(ground: Ground) -> Look:
    look = Look()
    with ground.serving(ground.world()) as guide:
        before, end = guide.web, time.monotonic() + 6
        number = 0
        while time.monotonic() < end:
            number += 1
            at_once([partial(guide.get, f"{KEPT}?x={at}") for at in range(8)])
        look.at(guide.web == before, f"{8 * number} pages; processes {before} then {guide.web}")
    return look


@trial(
    "Z",
    "Processes that are killed come back and nothing is lost",
    done="kill -9 at random (fixed seed) of web worker, its parent, a speaker, each 3 times, "
    "while texts are corrected; at last of the main process, and a start",
    expected="pages within 20 s each time, integrity ok, the last correction is shown",
)
def killed(ground: Ground) -> Look:
    look = Look()
    world = ground.world()
    chance = random.Random(SEED)
    text = world.media / "stops/1-alash/en.md"
    with ground.serving(world) as guide:
        for number in range(3 if ground.quick else 9):
            text.write_text(f"# The Leaders of Alash\n\nWords {number}.\n", encoding="utf-8")
            time.sleep(chance.random() * 1.5)
            victims = [guide.web[-1:], guide.web[:1], guide.speakers[:1]][number % 3]
            for each in victims:
                with contextlib.suppress(ProcessLookupError):
                    os.kill(each, signal.SIGKILL)
            time.sleep(0.3)
            took = until(lambda: has_old_words(guide), BACK_IN_S)
            look.at(bool(took), f"kill {number}: pages {in_time(took)}")
        last = f"Words {number}.".encode()
        took = until(lambda: last in guide.get("/en/stops/alash", timeout=2).body, BACK_IN_S)
        look.at(bool(took), f"the last words are seen {in_time(took)}")
        os.kill(guide.process.pid, signal.SIGKILL)
        time.sleep(4)
    look.at(is_sound(world) == "ok", f"integrity {is_sound(world)}")
    with ground.serving(world) as guide:
        look.must(last in guide.get("/en/stops/alash").body, "the last words are lost")
    return look
