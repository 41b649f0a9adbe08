"""Who asks: wrk from Debian for pages, and a client of our own for slow phones and their probe."""

from __future__ import annotations

import http.client
import multiprocessing
import re
import selectors
import shutil
import socket
import statistics
import subprocess
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from multiprocessing.sharedctypes import Synchronized
from pathlib import Path
from typing import Any, Self

from bench.servers import Server, cpu_seconds

TICK_SECONDS = 0.01
PROBE_SECONDS = 0.02
SMALL_WINDOW = 16 * 1024  # what a phone far from the antenna has room for
BYTES_PER_SECOND = 24_000
WRK_MISSING = "wrk is missing: on Debian, apt install wrk"


@dataclass(frozen=True)
class Load:
    """What one run of wrk saw, what it cost the server, and how quiet the machine was."""

    requests: int
    per_second: float
    p99_ms: float
    cpu_us: float
    late_ms: float


@dataclass
class Slow:
    """What slow phones saw: how many were answered, and how long a page took meanwhile."""

    readers: int
    answered: int
    page_p99_ms: float
    pages: int
    late_ms: float


class Lateness:
    """A thread that only sleeps: how late it wakes is the noise of the machine."""

    def __enter__(self) -> Self:
        self._late: list[float] = []
        self._end = threading.Event()
        self._thread = threading.Thread(target=self._run)
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._end.set()
        self._thread.join()

    def _run(self) -> None:
        while not self._end.is_set():
            began = time.monotonic()
            time.sleep(TICK_SECONDS)
            self._late.append(time.monotonic() - began - TICK_SECONDS)

    @property
    def p99_ms(self) -> float:
        return p99(self._late) * 1000


def p99(values: Sequence[float]) -> float:
    """Return the value that 99 of 100 do not exceed."""
    return statistics.quantiles(values, n=100)[98] if len(values) > 1 else sum(values)


def wrk(
    server: Server,
    paths: Sequence[str],
    folder: Path,
    *,
    seconds: float,
    connections: int,
    **headers: str,
) -> Load:
    """Ask for paths in turn over kept connections, as fast as the server answers."""
    if shutil.which("wrk") is None:
        raise SystemExit(WRK_MISSING)
    script = folder / "paths.lua"
    listed = ", ".join(f'"{path}"' for path in paths)
    named = "".join(
        f'wrk.headers["{name.replace("_", "-")}"] = [[{value}]]\n'
        for name, value in headers.items()
    )
    script.write_text(
        f"local paths, at, ready = {{{listed}}}, 0, {{}}\n{named}"
        "init = function() for i, p in ipairs(paths) do ready[i] = wrk.format('GET', p) end end\n"
        "request = function() at = at % #ready + 1; return ready[at] end\n"
    )
    command = ["wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "--latency", "--timeout", "10s"]
    before = cpu_seconds(server.pid)
    with Lateness() as noise:
        said = subprocess.run(
            [*command, "-s", script, server.address + paths[0]],
            capture_output=True,
            text=True,
            check=True,
            timeout=seconds + 60,
        ).stdout
    spent = cpu_seconds(server.pid) - before
    return _read(said, spent, noise.p99_ms)


def _read(said: str, spent: float, late_ms: float) -> Load:
    if wrong := re.search(r"Non-2xx.*|Socket errors.*", said):  # a 304 is neither
        raise SystemExit(wrong.group())
    requests = int(re.search(r"(\d+) requests in", said).group(1))  # type: ignore[union-attr]
    if requests == 0:
        raise SystemExit("No request was answered: is the machine busy with something else?")
    speed = float(re.search(r"Requests/sec:\s+([\d.]+)", said).group(1))  # type: ignore[union-attr]
    amount, unit = re.search(r"99%\s+([\d.]+)(us|ms|s)", said).groups()  # type: ignore[union-attr]
    in_ms = {"us": 0.001, "ms": 1, "s": 1000}[unit]
    return Load(requests, speed, float(amount) * in_ms, spent / requests * 1e6, late_ms)


def slow_phones(server: Server, sound: str, page: str, *, readers: int, seconds: float) -> Slow:
    """Let phones read a sound slowly, part by part, while somebody else opens a page."""
    answered = multiprocessing.Value("i", 0)
    crowd = multiprocessing.Process(
        target=_crowd, args=(server.port, sound, readers, seconds, answered)
    )
    crowd.start()
    try:
        time.sleep(seconds * 0.1)
        times, late = _probe(server, page, until=time.monotonic() + seconds * 0.8)
    finally:
        crowd.join(seconds + 30)
        if crowd.is_alive():
            crowd.terminate()
    return Slow(readers, answered.value, p99(times) * 1000, len(times), p99(late) * 1000)


def _probe(server: Server, page: str, until: float) -> tuple[list[float], list[float]]:
    """Open a page every so often; return how long each took, and how late each was asked for."""
    times, late = [], []
    due = time.monotonic()
    while due < until:
        time.sleep(max(0.0, due - time.monotonic()))
        began = time.monotonic()
        late.append(began - due)
        connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=15)
        connection.request(
            "GET", page, headers={"Accept-Encoding": "br", "Host": "guide.museum.kz"}
        )
        answer = connection.getresponse()
        answer.read()
        connection.close()
        assert answer.status == 200, answer.status
        times.append(time.monotonic() - began)
        due = max(due + PROBE_SECONDS, time.monotonic())
    return times, late


@dataclass
class Phone:
    """One slow reader: what it has of the present answer, and where it goes on."""

    socket: socket.socket
    sound: str
    have: bytes = b""
    left: int = 0
    at: int = 0
    was_answered: bool = False
    due: float = field(default_factory=time.monotonic)

    def ask(self) -> None:
        asked = (
            f"GET {self.sound} HTTP/1.1\r\nHost: guide.museum.kz\r\nRange: bytes={self.at}-\r\n\r\n"
        )
        self.socket.sendall(asked.encode())
        self.have, self.left = b"", 0

    def read(self, most: int) -> None:
        got = self.socket.recv(most)
        if not got:
            raise ConnectionError("closed in the middle of a sound")
        if self.left:
            self._take(len(got))
            return
        self.have += got
        head, end, rest = self.have.partition(b"\r\n\r\n")
        if end:
            assert b" 206 " in head.partition(b"\r\n")[0], head
            self.was_answered = True
            self.left = int(re.search(rb"(?i)content-length: (\d+)", head).group(1))  # type: ignore[union-attr]
            self._take(len(rest))

    def _take(self, count: int) -> None:
        self.left -= count
        self.at += count
        if self.left <= 0:
            self.ask()


def _crowd(
    port: int, sound: str, readers: int, seconds: float, answered: Synchronized[Any]
) -> None:
    end = time.monotonic() + seconds
    phones = [_phone(port, sound) for _ in range(readers)]
    waiting = selectors.DefaultSelector()
    for phone in phones:
        waiting.register(phone.socket, selectors.EVENT_READ, phone)
    each = int(BYTES_PER_SECOND * 0.1)
    while time.monotonic() < end:  # every tenth of a second each phone takes its share
        began = time.monotonic()
        for key, _ in waiting.select(0):
            key.data.read(each)
        time.sleep(max(0.0, 0.1 - (time.monotonic() - began)))
    answered.value = sum(phone.was_answered for phone in phones)
    for phone in phones:
        phone.socket.close()


def _phone(port: int, sound: str) -> Phone:
    made = socket.socket()
    made.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, SMALL_WINDOW)
    made.settimeout(15)
    made.connect(("127.0.0.1", port))
    phone = Phone(made, sound)
    phone.ask()
    return phone
