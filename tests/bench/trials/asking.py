"""Ask a guide over real sockets: whole requests, bytes by hand, requests that never end."""

from __future__ import annotations

import contextlib
import http.client
import json
import socket
import statistics
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from email.message import Message
from typing import Any
from urllib.parse import urlencode

HERE, ELSEWHERE = "127.0.0.1", "127.0.0.2"  # two addresses of the loopback, as two strangers
KEPT = "/en/stops/famine"
RENDERED = f"{KEPT}?x=1"
JOINED = "/live/abc/here"  # a phone of a group that is not there: answered 204
PATIENT_S = 20.0  # where what is answered counts, not how soon
REST_S = 0.005  # between two pages of one reader
FORM = "application/x-www-form-urlencoded"
JSON = "application/json"


@dataclass(frozen=True)
class Answer:
    """What came back; status 0 where nothing did."""

    status: int
    seconds: float
    headers: Message = field(default_factory=Message)
    body: bytes = b""

    @property
    def said(self) -> str:
        if not self.status:
            return f"no answer in {self.seconds:.1f} s"
        return f"{self.status} in {1000 * self.seconds:.0f} ms"


def ask(
    port: int,
    path: str,
    method: str = "GET",
    body: bytes | None = None,
    headers: Mapping[str, str] | None = None,
    *,
    source: str = HERE,
    timeout: float = 3.0,
) -> Answer:
    """Ask once on a connection of its own; redirects are not followed."""
    connection = http.client.HTTPConnection(HERE, port, timeout=timeout, source_address=(source, 0))
    began = time.monotonic()
    try:
        connection.request(method, path, body, dict(headers or {}))
        got = connection.getresponse()
        content = got.read()
    except (OSError, http.client.HTTPException):
        return Answer(0, time.monotonic() - began)
    finally:
        connection.close()
    return Answer(got.status, time.monotonic() - began, got.headers, content)


def send_form(port: int, path: str, fields: Mapping[str, str], **more: Any) -> Answer:
    """Send a form."""
    headers = {"Content-Type": FORM, **more.pop("headers", {})}
    return ask(port, path, "POST", urlencode(fields).encode(), headers, **more)


def good_post(port: int, source: str = HERE, timeout: float = 3.0) -> Answer:
    """Report as a phone does."""
    return ask(
        port, JOINED, "POST", b'{"a":1}', {"Content-Type": JSON}, source=source, timeout=timeout
    )


def slow_good_post(port: int, source: str = HERE, rest_s: float = 0.2) -> int:
    """Report as a phone far from the antenna does: the body a moment after the head."""
    with connected(port, source, 3) as phone:
        phone.sendall(head(JOINED, JSON, 7))
        time.sleep(rest_s)
        with contextlib.suppress(OSError):
            phone.sendall(b'{"a":1}')
        return status_of(receive(phone, 3))


def head(path: str, kind: str, length: int | None, method: str = "POST", more: str = "") -> bytes:
    """Write a request's head; without a length the body comes in chunks."""
    framed = "Transfer-Encoding: chunked" if length is None else f"Content-Length: {length}"
    return (
        f"{method} {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: {kind}\r\n{framed}\r\n"
        f"{more}\r\n"
    ).encode()


def connected(port: int, source: str = HERE, timeout: float = 3.0) -> socket.socket:
    """Open a connection from an address."""
    return socket.create_connection((HERE, port), timeout=timeout, source_address=(source, 0))


def receive(made: socket.socket, seconds: float) -> bytes:
    """Read until the other side closes, an answer is whole enough to see, or time is over."""
    got, end = b"", time.monotonic() + seconds
    while (left := end - time.monotonic()) > 0 and b"\r\n\r\n" not in got:
        made.settimeout(left)
        try:
            piece = made.recv(65536)
        except OSError:
            break
        if not piece:
            break
        got += piece
    return got


def status_of(got: bytes) -> int:
    """Return the status of a raw answer, 0 where there is none."""
    words = got.split(None, 2)
    return int(words[1]) if len(words) > 1 and words[1].isdigit() else 0


def raw(port: int, sent: bytes, seconds: float = 3.0) -> bytes:
    """Send bytes as they are; return the head of the answer and what came with it."""
    with connected(port, timeout=seconds) as made:
        with contextlib.suppress(OSError):
            made.sendall(sent)
        return receive(made, seconds)


@contextlib.contextmanager
def hung(
    port: int, count: int, path: str, kind: str = FORM, length: int | None = 9, method: str = "POST"
) -> Iterator[list[socket.socket]]:
    """Keep requests open whose bodies never come."""
    with contextlib.ExitStack() as open_sockets:
        made = []
        for _ in range(count):
            made.append(open_sockets.enter_context(connected(port)))
            made[-1].sendall(head(path, kind, length, method))
        time.sleep(0.5)
        yield made


def at_once(asks: Sequence[Callable[[], Any]]) -> list[Any]:
    """Do several things at the same time; return what each returned."""
    results: list[Any] = [None] * len(asks)

    def run(place: int) -> None:
        results[place] = asks[place]()

    threads = [threading.Thread(target=run, args=(place,)) for place in range(len(asks))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


def page_times(
    port: int, count: int, *, page: str = KEPT, timeout_s: float = 3
) -> tuple[list[float], float]:
    """Open a kept page so many times on one connection; return each time and how noisy it was.

    One that does not answer ends it: its time is the last.
    """
    times, late = [], []
    connection = http.client.HTTPConnection(HERE, port, timeout=timeout_s)
    for _ in range(count):
        due = time.monotonic() + REST_S
        time.sleep(REST_S)
        began = time.monotonic()
        late.append(began - due)
        try:
            connection.request("GET", page)
            connection.getresponse().read()
        except (OSError, http.client.HTTPException):
            times.append(time.monotonic() - began)
            break
        times.append(time.monotonic() - began)
    connection.close()
    return times, percentile(late, 99)


def percentile(values: Sequence[float], percent: int) -> float:
    """Return the value that so many of a hundred do not exceed."""
    if len(values) < 2:
        return max(values, default=0.0)
    return statistics.quantiles(values, n=100, method="inclusive")[percent - 1]


def as_json(answer: Answer) -> Any:
    """Read a JSON answer; None where it is none."""
    try:
        return json.loads(answer.body)
    except ValueError:
        return None
