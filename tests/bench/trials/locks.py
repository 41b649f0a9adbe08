"""A write lock that somebody else holds: who must not wait for it, and who says so in time."""

from __future__ import annotations

import contextlib
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from functools import partial

from museum import ALASH, World

from .asking import JSON, KEPT, RENDERED, Answer, ask, at_once, good_post, send_form
from .ground import PASSWORD, Ground, Running, in_time, invite, until
from .signed_in import Guide, sign_in
from .trial import Look, trial

PROMPT_S = 1.0
REFUSED_S = 3.0
HOLD = """
import sqlite3, sys
held = sqlite3.connect(sys.argv[1], isolation_level=None, timeout=20)
held.execute("BEGIN EXCLUSIVE")
print("held", flush=True)
sys.stdin.read()
"""
STALE = "UPDATE signed_in SET seen_at = datetime('now', '-10 minutes')"
READ = ("/", "/en/", "/en/museum", KEPT, RENDERED, f"/Q/{ALASH}", "/api/v1/stops", "/readyz")


@contextlib.contextmanager
def held(world: World) -> Iterator[None]:
    """Hold the write lock of a world's database in another process."""
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, str(database_of(world))],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as holder:
        try:
            if holder.stdout is None or holder.stdout.readline() != b"held\n":
                raise RuntimeError("the lock could not be taken")
            yield
        finally:
            holder.kill()


def database_of(world: World) -> str:
    return str(world.settings.data / "guide.sqlite3")


def change(world: World, statement: str) -> None:
    """Change a world's database by hand."""
    with contextlib.closing(sqlite3.connect(database_of(world), timeout=20)) as connection:
        connection.execute(statement)
        connection.commit()


def _read(look: Look, guide: Running, paths: tuple[str, ...] = (*READ, "/healthz")) -> None:
    for path in paths:
        answer = guide.get(path, timeout=3)
        is_right = 200 <= answer.status < 400 and answer.seconds < PROMPT_S
        if not look.at(is_right, f"{path} {answer.said}"):
            break


def _refused(look: Look, what: str, answer: Answer) -> None:
    retry = answer.headers.get("Retry-After", "")
    is_right = answer.status == 503 and retry.isdecimal() and answer.seconds < REFUSED_S
    look.at(is_right, f"{what} {answer.said}, Retry-After {retry or 'absent'}")


@trial(
    "B",
    "A held lock keeps no page waiting while guides sign in",
    done="BEGIN EXCLUSIVE in another process; 2 right and 2 wrong sign-ins, then pages",
    expected="pages and /healthz within 1 s; each right sign-in 503 with Retry-After within 3 s",
)
def signing_in(ground: Ground) -> Look:
    look = Look()
    world = ground.world()
    with ground.web(world) as guide, held(world):
        pages = threading.Timer(0.6, lambda: _read(look, guide))
        pages.start()
        ask_in = partial(sign_in, guide.port, timeout=8)
        passwords = (PASSWORD, PASSWORD, "wrong wrong wrong", "wrong wrong wrong")
        tries = [partial(ask_in, password=password) for password in passwords]
        answers = at_once(tries)
        pages.join()
        for answer in answers[:2]:
            _refused(look, "sign-in", answer)
        for answer in answers[2:]:
            is_right = answer.status in (403, 429, 503) and answer.seconds < REFUSED_S
            look.at(is_right, f"wrong sign-in {answer.said}")
    return look


@trial(
    "B",
    "A held lock keeps no page waiting while phones want a sound",
    done="BEGIN EXCLUSIVE in another process; 3 phones open stops whose sound is not ready",
    expected="they and all pages and /healthz answer within 1 s",
)
def unspoken(ground: Ground) -> Look:
    look = Look()
    world = ground.world(spoken=False)
    with ground.web(world) as guide:
        guide.get("/en/")
        with held(world):
            pages = threading.Timer(0.5, lambda: _read(look, guide))
            pages.start()
            wanted = ("/en/stops/alash", "/kk/stops/alash", "/ru/stops/alash")
            for answer in at_once([partial(guide.get, path, 8) for path in wanted]):
                is_right = answer.status == 200 and answer.seconds < PROMPT_S
                look.at(is_right, f"an unspoken stop {answer.said}")
            pages.join()
    return look


@trial(
    "B",
    "A held lock keeps no page of a signed-in guide waiting",
    done="BEGIN EXCLUSIVE; a guide whose session was last noted 10 minutes ago opens her pages",
    expected="/lead/, her group, its state and symbol answer within 1 s, and so do pages meanwhile",
)
def leading(ground: Ground) -> Look:
    look = Look()
    world = ground.world()
    with ground.web(world) as guide:
        aigul = Guide(guide.port).sign_in().start()
        change(world, STALE)
        with held(world):
            pages = threading.Timer(0.5, lambda: _read(look, guide, (KEPT, RENDERED, "/healthz")))
            pages.start()
            ends = ("/lead/", aigul.lead, f"{aigul.lead}/state", f"{aigul.lead}/join.svg")
            for answer in at_once([partial(aigul.get, path, 8) for path in ends]):
                is_right = answer.status == 200 and answer.seconds < PROMPT_S
                look.at(is_right, f"a guide's page {answer.said}")
            pages.join()
    return look


@trial(
    "B",
    "What cannot be written under a held lock is refused in time",
    done="BEGIN EXCLUSIVE; start, command, end, sign-out of a guide, an invitation; being there",
    expected="503 with Retry-After within 3 s each; being there may be let go with 204",
)
def writes(ground: Ground) -> Look:
    look = Look()
    world = ground.world()
    key = invite(world, "Marat")
    with ground.web(world) as guide:
        aigul = Guide(guide.port).sign_in().start()
        version = str(aigul.state()["state"]["version"])
        with held(world):
            for path, fields in (
                (f"{aigul.lead}/command", {"do": "play", "version": version}),
                ("/lead/", {"tour": "short"}),
                (f"{aigul.lead}/end", {}),
                ("/staff/sign-out", {}),
            ):
                _refused(look, path, aigul.send(path, timeout=4, **fields))
            path = f"/staff/invited/{key}"
            _refused(look, path, send_form(guide.port, path, {"password": PASSWORD}, timeout=4))
            here = aigul.send(f"{aigul.lead}/here", timeout=4)
            for who, noted in (("a guide", here), ("a phone", _report(guide.port, aigul.key))):
                is_right = noted.status in (204, 503) and noted.seconds < REFUSED_S
                look.at(is_right, f"{who} that is still there {noted.said}")
    return look


def _report(port: int, key: str) -> Answer:
    said = b'{"phone": "abcdefgh1", "language": "en", "in_step": true}'
    return ask(port, f"/live/{key}/here", "POST", said, {"Content-Type": JSON}, timeout=4)


@trial(
    "B",
    "A held lock hangs no visitor's page",
    done="BEGIN EXCLUSIVE in another process; nothing else is asked",
    expected="8 pages, a scan, the API, /readyz and a phone's report within 1 s",
)
def reading(ground: Ground) -> Look:
    look = Look()
    world = ground.world()
    with ground.web(world) as guide, held(world):
        _read(look, guide)
        posted = good_post(guide.port)
        look.at(posted.status == 204, f"a report {posted.said}")
    return look


@trial(
    "B",
    "A start beside a held lock waits or serves what is there",
    done="BEGIN EXCLUSIVE for 25 s; audioguide serve; then the lock is let go",
    expected="pages within 15 s of its end at the latest; no advice to move the folder away",
)
def starting(ground: Ground) -> Look:
    look = Look()
    world = ground.world()
    with contextlib.ExitStack() as lock:
        lock.enter_context(held(world))
        began = time.monotonic()
        with ground.serving(world, may_fail=True, up_in=25) as guide:
            early = guide.is_up()
            time.sleep(max(0.0, 25 - (time.monotonic() - began)) * (guide.process.poll() is None))
            lock.close()
            up = until(lambda: guide.is_up(KEPT), 15) if guide.process.poll() is None else 0
            look.at(
                bool(up),
                f"pages {'before' if early else in_time(up)}, then status {guide.process.poll()}",
            )
            look.at("move the folder" not in guide.said, f"said: {guide.said[-200:]}")
    return look
