"""Strangers who try invented names without end, and guides who sign in beside them."""

from __future__ import annotations

import contextlib
import http.client
import multiprocessing
import secrets
import statistics
import threading
import time
from collections.abc import Iterator
from functools import partial
from multiprocessing.sharedctypes import Synchronized
from typing import Any
from urllib.parse import urlencode

from .asking import ELSEWHERE, FORM, HERE, KEPT, PATIENT_S, RENDERED, Answer, send_form
from .ground import GUIDE, Ground
from .signed_in import sign_in
from .trial import Look, trial

SIGN_INS = 12
MOST_S = 3.0
EACH_NAME = 16
MOST_APART = 0.25


@contextlib.contextmanager
def trying(port: int, connections: int, source: str) -> Iterator[Synchronized[Any]]:
    """Try invented names on so many kept connections, in a process of its own; give the count."""
    tries = multiprocessing.Value("i", 0)
    end = multiprocessing.Event()
    crowd = multiprocessing.Process(target=_crowd, args=(port, connections, source, tries, end))
    crowd.start()
    try:
        time.sleep(1)
        yield tries
    finally:
        end.set()
        crowd.join(5)
        if crowd.is_alive():
            crowd.kill()
        crowd.join()


def _crowd(port: int, connections: int, source: str, tries: Any, end: Any) -> None:
    threads = [
        threading.Thread(target=_stranger, args=(port, source, tries, end), daemon=True)
        for _ in range(connections)
    ]
    for thread in threads:
        thread.start()
    end.wait()


def _stranger(port: int, source: str, tries: Any, end: Any) -> None:
    connection = _connection(port, source)
    while not end.is_set():
        body = urlencode({"name": f"x{secrets.token_hex(6)}", "password": "wrong wrong wrong"})
        try:
            connection.request("POST", "/staff/sign-in", body, {"Content-Type": FORM})
            connection.getresponse().read()
        except (OSError, http.client.HTTPException):
            connection.close()
            connection = _connection(port, source)
            time.sleep(0.05)
            continue
        with tries.get_lock():
            tries.value += 1


def _connection(port: int, source: str) -> http.client.HTTPConnection:
    return http.client.HTTPConnection(HERE, port, timeout=5, source_address=(source, 0))


def _sign_ins(connections: int, source: str, ground: Ground) -> Look:
    look = Look()
    count = 4 if ground.quick else SIGN_INS
    with ground.web(ground.world()) as guide, trying(guide.port, connections, source) as tries:
        answers: list[Answer] = []
        for _ in range(count):
            began = time.monotonic()
            answers.append(sign_in(guide.port, timeout=MOST_S + 1))
            time.sleep(max(0.0, 1 - (time.monotonic() - began)))
        tried = tries.value
    right = sum(each.status == 303 and each.seconds < MOST_S for each in answers)
    times = ", ".join(each.said.replace(" in ", " ") for each in answers)
    look.at(right == count, f"{right} of {count} ({times}); strangers tried {tried} times")
    return look


for _where, _source, _sizes in (
    ("the same address", HERE, (1, 2, 4, 8)),
    ("another address", ELSEWHERE, (1, 2, 4, 8, 500)),
):
    for _size in _sizes:
        trial(
            "C",
            f"A guide signs in while names are tried on {_size} connections from {_where}",
            done=f"{_size} kept connections try invented names; 12 right sign-ins, one a second",
            expected="12 of 12 within 3 s each",
        )(partial(_sign_ins, _size, _source))


@trial(
    "C",
    "Strangers who try names keep no page waiting",
    done="8 kept connections try invented names; kept and rendered pages, 30 of each",
    expected="each within 1 s",
)
def pages(ground: Ground) -> Look:
    look = Look()
    with ground.web(ground.world()) as guide, trying(guide.port, 8, HERE):
        for path in (KEPT, RENDERED, "/staff/sign-in"):
            answers = [guide.get(path, timeout=3) for _ in range(30)]
            slowest = max(answers, key=lambda each: each.seconds)
            is_right = slowest.seconds < 1 and all(each.status == 200 for each in answers)
            look.at(is_right, f"{path} slowest {slowest.said}")
    return look


@trial(
    "C",
    "Known and unknown names take equal time",
    done="16 wrong sign-ins each, in turns, every one from an address of its own",
    expected="medians at most a quarter apart, and the same status",
)
def equal_times(ground: Ground) -> Look:
    look = Look()
    answers: dict[str, list[Answer]] = {"known": [], "unknown": []}
    with ground.web(ground.world()) as guide:
        sign_in(guide.port, "nobody", "wrong wrong wrong")
        for number in range(EACH_NAME):
            for kind, seen in answers.items():
                name = GUIDE if kind == "known" else f"x{secrets.token_hex(6)}"
                source = f"127.0.{1 + (kind == 'known')}.{number + 1}"
                seen.append(sign_in(guide.port, name, "wrong wrong wrong", source))
    known, unknown = (statistics.median(each.seconds for each in seen) for seen in answers.values())
    apart = abs(known - unknown) / max(known, unknown)
    text = f"known {1000 * known:.0f} ms, unknown {1000 * unknown:.0f} ms"
    look.at(apart < MOST_APART, text)
    statuses = {each.status for seen in answers.values() for each in seen}
    look.at(statuses == {403}, f"statuses {sorted(statuses)}")
    return look


@trial(
    "C",
    "Who tries many passwords of one name waits",
    done="20 wrong passwords of one name from one address, and a right one from another",
    expected="429 with Retry-After of a minute at most; elsewhere she is let in",
)
def one_name(ground: Ground) -> Look:
    look = Look()
    with ground.web(ground.world()) as guide:
        for _ in range(20):
            last = sign_in(guide.port, password="wrong wrong wrong", source=ELSEWHERE)
        retry = last.headers.get("Retry-After", "")
        is_right = last.status == 429 and retry.isdecimal() and int(retry) <= 60
        look.at(is_right, f"the last {last.said}, Retry-After {retry}")
        here = sign_in(guide.port)
        look.at(here.status == 303, f"from elsewhere {here.said}")
        fields = {"name": GUIDE, "password": "p" * 100_000}
        huge = send_form(guide.port, "/staff/sign-in", fields, timeout=PATIENT_S)
        look.at(huge.status in (403, 413, 429), f"a password of 100 KB {huge.said}")
    return look
