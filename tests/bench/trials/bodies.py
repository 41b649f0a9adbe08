"""Bodies that never come, come slowly, are cut short or never end."""

from __future__ import annotations

import contextlib
import select
import socket
import time
from dataclasses import dataclass
from functools import partial
from urllib.parse import urlencode

from . import h2
from .asking import (
    FORM,
    JOINED,
    JSON,
    KEPT,
    RENDERED,
    connected,
    good_post,
    head,
    hung,
    receive,
    status_of,
)
from .ground import GUIDE, PASSWORD, Ground, Running
from .trial import Look, trial

PROMPT_S = 1.0
LONGEST_BODY_S = 15.0  # no body of a page may take longer, however it comes
HUGE, HUGE_QUICK = 300_000_000, 30_000_000
EARLY_BYTES = 20_000_000  # what the two kernels may hold before a refusal is read
MOST_GROWTH_MB = 30
PIECE = b"1" * 65536
NOWHERE = "/no/such/route"  # 404 is as good a refusal there
PATHS = {
    JOINED: JSON,
    "/staff/sign-in": FORM,
    "/staff/invited/x": FORM,
    "/count": JSON,
    NOWHERE: FORM,
    "/lead/1/command": FORM,
}


def all_answer(look: Look, guide: Running, with_post: bool = True) -> None:
    """Look whether pages, health and a good POST answer promptly; stop at the first silence."""
    for path in (KEPT, RENDERED, "/healthz"):
        answer = guide.get(path, timeout=3)
        prompt = answer.status == 200 and answer.seconds < PROMPT_S
        if not look.at(prompt, f"{path} {answer.said}"):
            return
    if with_post:
        posted = good_post(guide.port)
        look.at(posted.status == 204 and posted.seconds < PROMPT_S, f"a good POST {posted.said}")


def _two(path: str, kind: str, ground: Ground) -> Look:
    look = Look()
    with ground.web(ground.world()) as guide:
        guide.get(KEPT)
        for length in (9, None):
            with hung(guide.port, 2, path, kind, length):
                all_answer(look, guide)
    return look


def _two_h2(path: str, kind: str, ground: Ground) -> Look:
    look = Look()
    with ground.web(ground.world()) as guide:
        guide.get(KEPT)
        with h2.hung(guide.port, 1, 2, path, kind):
            all_answer(look, guide)
    return look


for _path, _kind in PATHS.items():
    trial(
        "A",
        f"Two bodies that never come to {_path} stop nobody",
        done="2 POSTs with a length and no body, then 2 whose chunks never come",
        expected="pages, /healthz and a good POST answer within 1 s",
    )(partial(_two, _path, _kind))
for _path in (JOINED, "/staff/sign-in"):
    trial(
        "A",
        f"Two bodies that never come to {_path} over HTTP/2 stop nobody",
        done="one connection (h2c), 2 streams without their bodies",
        expected="pages, /healthz and a good POST answer within 1 s",
    )(partial(_two_h2, _path, PATHS[_path]))


@trial(
    "A",
    "GET with a body that never comes stops nobody",
    done="2 GETs each of a page and of the sign-in with a length and no body",
    expected="pages, /healthz and a good POST answer within 1 s",
)
def get_with_body(ground: Ground) -> Look:
    look = Look()
    with ground.web(ground.world()) as guide:
        for path in (RENDERED, "/staff/sign-in"):
            with hung(guide.port, 2, path, method="GET"):
                all_answer(look, guide)
    return look


@dataclass(frozen=True)
class Sent:
    """How much of a huge body was taken before the answer came."""

    sent: int
    status: int


def send_huge(port: int, path: str, kind: str, size: int, *, chunked: bool) -> Sent:
    """Send a huge body until an answer comes or it is all sent."""
    with connected(port, timeout=5) as made:
        made.sendall(head(path, kind, None if chunked else size))
        made.setblocking(False)
        piece = b"%x\r\n%s\r\n" % (len(PIECE), PIECE) if chunked else PIECE
        sent, waiting, end, is_answered = 0, b"", time.monotonic() + 30, False
        while sent < size and time.monotonic() < end:
            readable, writable, _ = select.select([made], [made], [], 1)
            if is_answered := bool(readable):
                break
            if writable:
                waiting = waiting or piece
                try:
                    taken = made.send(waiting)
                except BlockingIOError:
                    continue
                except OSError:
                    break
                sent, waiting = sent + taken, waiting[taken:]
        made.setblocking(True)
        if not is_answered:  # who goes on sending after a refusal may lose it to a reset
            with contextlib.suppress(OSError):
                made.sendall(waiting + (b"0\r\n\r\n" if chunked else b""))
        return Sent(sent, status_of(receive(made, 10)))


@trial(
    "A",
    "A huge body is refused before it is in memory",
    done="300 MB to a phone's report, to the sign-in and to an unknown route; by length, in chunks",
    expected="413 within the first 20 MB, and no process grows by 30 MB",
)
def huge(ground: Ground) -> Look:
    look = Look()
    size = HUGE_QUICK if ground.quick else HUGE
    with ground.web(ground.world()) as guide:
        good_post(guide.port)
        before = guide.peak_mb
        for path, kind in ((JOINED, JSON), ("/staff/sign-in", FORM), (NOWHERE, FORM)):
            for chunked in (False, True):
                seen = send_huge(guide.port, path, kind, size, chunked=chunked)
                how = "in chunks" if chunked else "by length"
                text = f"{path} {how}: {seen.status} after {seen.sent / 1e6:.1f} MB"
                refusals = (404, 413) if path == NOWHERE else (413,)
                look.at(seen.status in refusals and seen.sent < EARLY_BYTES, text)
        growth = guide.peak_mb - before
        look.at(growth < MOST_GROWTH_MB, f"grew by {growth:.0f} MB")
    return look


@trial(
    "A",
    "A length that is too large is refused before a byte of it is read",
    done="the head alone, with Content-Length: 300000000; also with Expect: 100-continue",
    expected="413 within 1 s, and no 100 Continue before it",
)
def too_large(ground: Ground) -> Look:
    look = Look()
    with ground.web(ground.world()) as guide:
        for path, kind in list(PATHS.items())[:3]:
            for more in ("", "Expect: 100-continue\r\n"):
                with connected(guide.port) as made:
                    made.sendall(head(path, kind, HUGE, more=more))
                    began = time.monotonic()
                    status = status_of(receive(made, 2))
                took = f"{path} {more.strip()} {status or 'nothing'}"
                look.at(status == 413 and time.monotonic() - began < PROMPT_S, took)
    return look


def _cut(port: int, sent: bytes) -> int:
    with connected(port, timeout=5) as made:
        made.sendall(sent)
        made.shutdown(socket.SHUT_WR)
        return status_of(receive(made, 5))


@trial(
    "A",
    "A body that is cut short is never answered as if it were whole",
    done="half of a right sign-in and of a phone's report, then FIN; by length, in chunks",
    expected="400 or no answer",
)
def cut_short(ground: Ground) -> Look:
    look = Look()
    right = urlencode({"name": GUIDE, "password": PASSWORD}).encode()
    with ground.web(ground.world()) as guide:
        for path, kind, body in (("/staff/sign-in", FORM, right), (JOINED, JSON, b'{"a":1}')):
            chunk = b"%x\r\n%s\r\n" % (len(body), body)
            for how, sent in {
                "by length": head(path, kind, len(body) + 60) + body,
                "in chunks": head(path, kind, None) + chunk,
                "in a chunk": head(path, kind, None) + b"%x\r\n%s" % (len(body) + 60, body),
            }.items():
                status = _cut(guide.port, sent)
                look.at(status in (0, 400), f"{path} {how}: {status or 'no answer'}")
    return look


@trial(
    "A",
    "A body that comes a byte a second has a deadline as a whole",
    done="60 bytes to the sign-in and to a phone's report, one a second",
    expected="408 within 15 s",
)
def byte_a_second(ground: Ground) -> Look:
    look = Look()
    with ground.web(ground.world()) as guide, contextlib.ExitStack() as sockets:
        made = {path: sockets.enter_context(connected(guide.port)) for path in list(PATHS)[:2]}
        for path, each in made.items():
            each.sendall(head(path, PATHS[path], 60))
        began, status = time.monotonic(), dict.fromkeys(made, 0)
        while time.monotonic() - began < LONGEST_BODY_S and not all(status.values()):
            for path, each in made.items():
                with contextlib.suppress(OSError):
                    each.sendall(b"1")
                status[path] = status[path] or status_of(receive(each, 0.5))
        took = time.monotonic() - began
        for path, code in status.items():
            look.at(code == 408, f"{path} {code or 'no answer'} within {took:.0f} s")
    return look
