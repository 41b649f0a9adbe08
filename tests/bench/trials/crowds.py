"""Hundreds at once: hung bodies, phones that read nothing, and an end in the middle of it."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import time
from collections.abc import Iterator
from functools import partial

from bench.servers import LONG_SOUND
from started import below, lives

from . import h2
from .asking import (
    ELSEWHERE,
    HERE,
    JOINED,
    JSON,
    Answer,
    connected,
    good_post,
    head,
    hung,
    page_times,
    percentile,
    receive,
    slow_good_post,
    status_of,
)
from .ground import END_SECONDS, Ground, Running
from .trial import Look, trial

PROMPT_S = 1.0
MOST_P99_MS = 10.0
MOST_GROWTH_MB = 100
MOST_END_S = 12.0  # docs/running.md: within twelve seconds


def _pages(look: Look, guide: Running, count: int) -> None:
    times, late_s = page_times(guide.port, count)
    if len(times) < count:
        look.at(False, f"page {len(times)} did not answer in {times[-1]:.1f} s")
        return
    p50, p99 = (1000 * percentile(times, each) for each in (50, 99))
    text = f"pages p50 {p50:.1f} p99 {p99:.1f} ms (noise p99 {1000 * late_s:.1f} ms)"
    look.at(p99 < MOST_P99_MS, text)


def _posts(look: Look, guide: Running) -> None:
    for source in (HERE, ELSEWHERE):
        answers = []
        for _ in range(10):
            answers.append(good_post(guide.port, source))
            if not answers[-1].status:
                break
        slowest = max(answers, key=lambda each: each.seconds)
        right = sum(each.status == 204 and each.seconds < PROMPT_S for each in answers)
        look.at(right == 10, f"{right} of 10 POSTs from {source}, slowest {slowest.said}")
        if slowest.status:
            late = slow_good_post(guide.port, source)
            look.at(late == 204, f"from {source} in two pieces: {late or 'no answer'}")


@contextlib.contextmanager
def _five_hundred(port: int, how: str) -> Iterator[None]:
    if how == "HTTP/1.1":
        with hung(port, 500, JOINED, JSON):
            yield
    else:
        with h2.hung(port, 5, 100, JOINED, JSON):
            yield


def _under_hung(how: str, ground: Ground) -> Look:
    look = Look()
    with ground.web(ground.world()) as guide:
        page_times(guide.port, 20)
        with _five_hundred(guide.port, how):
            _pages(look, guide, 100 if ground.quick else 300)
        with _five_hundred(guide.port, how):
            _posts(look, guide)
    return look


for _how in ("HTTP/1.1", "HTTP/2"):
    trial(
        "A",
        f"Under 500 hung bodies over {_how} everybody is answered",
        done="500 bodies from 127.0.0.1 that never come; pages, and POSTs whole and in two pieces",
        expected="pages' p99 under 10 ms, each POST from 127.0.0.1 and 127.0.0.2 204 within 1 s",
    )(partial(_under_hung, _how))


@trial(
    "A",
    "An address that keeps opening hung bodies does not shut out its neighbours",
    done="20 new hung bodies every 50 ms for 5 s, and POSTs from the same address and another",
    expected="each whole POST is 204 within 1 s",
)
def flood(ground: Ground) -> Look:
    look = Look()
    answers: dict[str, list[Answer]] = {HERE: [], ELSEWHERE: []}
    with ground.web(ground.world()) as guide, contextlib.ExitStack() as sockets:
        end = time.monotonic() + (2 if ground.quick else 5)
        while time.monotonic() < end:
            with contextlib.suppress(OSError):
                sockets.enter_context(_opened(guide.port, 20))
            for source, seen in answers.items():
                seen.append(good_post(guide.port, source, timeout=2))
            if any(not seen[-1].status for seen in answers.values()):
                break
            time.sleep(0.05)
    for source, seen in answers.items():
        right = sum(each.status == 204 and each.seconds < PROMPT_S for each in seen)
        slowest = max(seen, key=lambda each: each.seconds)
        text = f"{right} of {len(seen)} from {source}, slowest {slowest.said}"
        look.at(right == len(seen) > 0, text)
    return look


@contextlib.contextmanager
def _opened(port: int, count: int) -> Iterator[None]:
    request = head(JOINED, JSON, 9)
    with contextlib.ExitStack() as sockets:
        for _ in range(count):
            sockets.enter_context(connected(port)).sendall(request)
        yield


@trial(
    "A",
    "An end is orderly while 100 bodies hang",
    done="audioguide serve, 100 hung bodies, SIGTERM",
    expected="status 0 within 12 s, no child left",
)
def ends(ground: Ground) -> Look:
    look = Look()
    with ground.serving(ground.world()) as guide, hung(guide.port, 100, JOINED, JSON):
        children = list(below(guide.process.pid))
        began = time.monotonic()
        os.kill(guide.process.pid, signal.SIGTERM)
        status: int | str = "none"
        with contextlib.suppress(Exception):
            status = guide.process.wait(END_SECONDS)
        took = time.monotonic() - began
        look.at(status == 0 and took < MOST_END_S, f"status {status} after {took:.1f} s")
        left = [each for each in children if lives(each)]
        look.at(not left and bool(children), f"{len(left)} of {len(children)} children left")
    return look


def _ask_and_read_nothing(port: int, path: str, more: str) -> socket.socket:
    made = socket.socket()
    made.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    made.settimeout(5)
    made.connect((HERE, port))
    made.sendall(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n{more}\r\n".encode())
    return made


def _sound(more: str, ground: Ground) -> Look:
    look = Look()
    world = ground.world()
    sound = world.store.keep(os.urandom(LONG_SOUND), "mp3")
    with ground.web(world) as guide, contextlib.ExitStack() as phones:
        page_times(guide.port, 20)
        before = guide.memory_mb
        for _ in range(100 if ground.quick else 300):
            phones.enter_context(_ask_and_read_nothing(guide.port, f"/audio/{sound}", more))
        times, _ = page_times(guide.port, 200)
        p50, slowest = 1000 * percentile(times, 50), 1000 * max(times)
        look.at(p50 < MOST_P99_MS and slowest < 1000, f"pages p50 {p50:.1f} ms, one {slowest:.0f}")
        time.sleep(1)
        growth = guide.memory_mb - before
        look.at(growth < MOST_GROWTH_MB, f"{growth:.0f} MB more")
        with _ask_and_read_nothing(guide.port, f"/audio/{sound}", more) as another:
            status = status_of(receive(another, 3))
            look.at(status in (200, 206), f"one more phone: {status or 'no answer'}")
    return look


for _name, _more in (("whole", ""), ("from a byte on", "Range: bytes=100-\r\n")):
    trial(
        "A",
        f"Phones that ask for a sound {_name} and read nothing cost little",
        done="300 phones ask for a sound of 4 MB and read nothing",
        expected="100 MB more at most, pages at once after a second, one more phone answered",
    )(partial(_sound, _more))
