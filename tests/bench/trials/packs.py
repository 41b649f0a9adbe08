"""A pack that cannot be read: without the right to, as a FIFO, or so that reading takes long."""

from __future__ import annotations

import os
import signal
import time
from functools import partial

from .asking import KEPT
from .ground import Ground, Running, bound, in_time, until
from .trial import Look, trial

SEEN_IN_S = 12.0
UP_IN_S = 20.0
TEXT = "stops/2-famine/en.md"
UNREADABLE = {
    "a text": TEXT,
    "a stop's folder": "stops/2-famine",
    "the folder of stops": "stops",
    "museum.toml": "museum.toml",
    "a hall's text": "halls/exposition/en.md",
    "a picture": "stops/2-famine/picture.jpg",
}
FIFOS = (
    TEXT,
    "museum.toml",
    "stops/2-famine/picture.jpg",
    "stops/1-alash/en.take.mp3",
    "lexicon/kk.tsv",
)


def has_old_words(guide: Running) -> bool:
    answer = guide.get(KEPT, timeout=5)
    return answer.status == 200 and b"The Famine" in answer.body


def follows(look: Look, guide: Running, words: str) -> bool:
    """Correct another text and look whether its page follows."""
    path = guide.world.media / "stops/1-alash/en.md"
    path.write_text(f"# The Leaders of Alash\n\n{words}\n", encoding="utf-8")
    page = "/en/stops/alash"
    took = until(lambda: words.encode() in guide.get(page, timeout=5).body, SEEN_IN_S)
    return look.at(bool(took), f"a correction elsewhere is seen {in_time(took)}")


def web_comes_back(look: Look, guide: Running, seconds: float) -> bool:
    """Kill the web process and look whether it is started again."""
    for each in guide.web:
        os.kill(each, signal.SIGKILL)
    took = until(lambda: guide.is_up(KEPT), seconds)
    return look.at(bool(took), f"a killed web process is back {in_time(took)}")


def _unreadable_start(where: str, ground: Ground) -> Look:
    look = Look()
    before = bound()
    world = ground.world()
    path = world.media / where
    mode = path.stat().st_mode
    path.chmod(0)
    try:
        with ground.serving(world, *before, may_fail=True, up_in=UP_IN_S) as guide:
            up = until(lambda: has_old_words(guide), 3)
            ended = guide.process.poll()
            look.at(bool(up), f"the page {in_time(up)}, ended: {ended}; {guide.said[-160:]}")
            look.must(path.name in guide.said, f"{path.name} is not named")
            look.must("Traceback" not in guide.said, "a traceback")
            look.must("[Errno" not in guide.said, "a line of Python's own")
    finally:
        path.chmod(mode)
    return look


for _what, _where in UNREADABLE.items():
    trial(
        "F",
        f"A start with {_what} that cannot be read serves the old words",
        done=f"chmod 000 {_where}; audioguide serve, as a user who is not root",
        expected="the page answers with the old words, and a line names the file",
    )(partial(_unreadable_start, _where))


@trial(
    "F",
    "A text that becomes unreadable while the guide runs is said in its language",
    done="chmod 000 of a text under audioguide serve, then the right again and new words",
    expected="old words stay and it is said; no line of Python's own; the new words are seen",
)
def unreadable_running(ground: Ground) -> Look:
    look = Look()
    world = ground.world()
    path = world.media / TEXT
    with ground.serving(world, *bound()) as guide:
        path.chmod(0)
        os.utime(path)
        time.sleep(2.5)
        look.must(has_old_words(guide), "the page is gone")
        said = guide.said
        look.must("The old text stays" in said, f"not said that the old words stay: {said[-160:]}")
        look.must("[Errno" not in said, "a line of Python's own")
        path.chmod(0o644)
        follows(look, guide, "Take heart.")
    return look


@trial(
    "F",
    "A FIFO in the place of a file of the pack holds nothing up",
    done=f"mkfifo in the place of {', '.join(FIFOS)}, in turns, under audioguide serve; "
    "the web process is killed; then the file again",
    expected="the web process is back, and a correction elsewhere is seen, within 12 s each",
)
def fifos(ground: Ground) -> Look:
    look = Look()
    world = ground.world()
    with ground.serving(world) as guide:
        for number, where in enumerate(FIFOS):
            path = world.media / where
            had = path.read_bytes() if path.exists() else None
            path.parent.mkdir(exist_ok=True)
            path.unlink(missing_ok=True)
            os.mkfifo(path)
            time.sleep(2.5)
            is_back = web_comes_back(look, guide, SEEN_IN_S)
            path.unlink()
            if had is not None:
                path.write_bytes(had)
            if not is_back or not follows(look, guide, f"Take heart {number}."):
                look.must(False, f"the last FIFO was {where}")
                break
    return look


@trial(
    "F",
    "A FIFO in the place of a text does not stop a start",
    done="mkfifo in the place of a text; audioguide serve; then another correction",
    expected="the page answers with the old words within 20 s, and the text is named",
)
def fifo_start(ground: Ground) -> Look:
    look = Look()
    world = ground.world()
    path = world.media / TEXT
    path.unlink()
    os.mkfifo(path)
    with ground.serving(world, may_fail=True, up_in=UP_IN_S) as guide:
        look.must(has_old_words(guide), f"no page; {guide.said[-160:]}")
        look.must("en.md" in guide.said, "the text is not named")
    return look


@trial(
    "F",
    "Two hundred thousand brackets hold up nothing else",
    done="a paragraph of 200,000 [ in a text; the web process is killed; then another correction",
    expected="the web process is back within 6 s, the correction is seen within 12 s",
)
def brackets(ground: Ground) -> Look:
    look = Look()
    world = ground.world()
    with ground.serving(world) as guide:
        path = world.media / TEXT
        path.write_text("# The Famine\n\n" + "[" * 200_000 + "\n", encoding="utf-8")
        time.sleep(1.2)
        is_back = web_comes_back(look, guide, 6)
        path.write_text("# The Famine\n\nShort again.\n", encoding="utf-8")
        if is_back:
            follows(look, guide, "Take heart.")
    return look
