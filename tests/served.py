"""The web server of `audioguide serve` over a world of the tests, and raw requests to it."""

from __future__ import annotations

import contextlib
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass

from museum import ROOT, World
from started import without_settings

START_SECONDS = 60
HOST = b"Host: guide.test\r\n"


@dataclass(frozen=True)
class Heard:
    """An answer as it came over the wire."""

    status: int
    head: str
    body: bytes

    def header(self, name: str) -> str:
        """Return a header's value, or ""."""
        for line in self.head.splitlines()[1:]:
            key, _, value = line.partition(":")
            if key.lower() == name:
                return value.strip()
        return ""


@dataclass(frozen=True)
class Served:
    """A running web server."""

    port: int
    pid: int

    def connect(self, source: str = "127.0.0.1") -> socket.socket:
        """Open a connection from an address of this machine."""
        return socket.create_connection(("127.0.0.1", self.port), 30, (source, 0))

    def say(self, request: bytes, source: str = "127.0.0.1", *, cut: bool = False) -> Heard:
        """Send bytes and hear the answer; ``cut`` ends our side after them."""
        with self.connect(source) as phone:
            phone.sendall(request)
            if cut:
                phone.shutdown(socket.SHUT_WR)
            return hear(phone, has_body=not request.startswith(b"HEAD"))

    def get(self, path: str, headers: bytes = b"") -> Heard:
        """Ask for a path."""
        return self.say(b"GET %s HTTP/1.1\r\n%s%s\r\n" % (path.encode(), HOST, headers))

    def post(
        self, path: str, body: bytes, headers: bytes = b"", source: str = "127.0.0.1"
    ) -> Heard:
        """Send a form."""
        return self.say(posting(path, len(body), headers) + body, source)


def posting(path: str, size_bytes: int, headers: bytes = b"") -> bytes:
    """Write the head of a request that announces a form of so many bytes."""
    kind = b"Content-Type: application/x-www-form-urlencoded\r\n"
    length = b"Content-Length: %d\r\n\r\n" % size_bytes
    return b"POST %s HTTP/1.1\r\n" % path.encode() + HOST + headers + kind + length


def hear(phone: socket.socket, *, has_body: bool = True) -> Heard:
    """Read one answer."""
    got = b""
    while b"\r\n\r\n" not in got:
        piece = phone.recv(65536)
        if not piece:
            return Heard(0, got.decode("latin-1"), b"")
        got += piece
    head, _, body = got.partition(b"\r\n\r\n")
    said = Heard(int(head.split()[1]), head.decode("latin-1"), b"")
    length = int(said.header("content-length") or 0) if has_body and said.status != 304 else 0
    while len(body) < length:
        body += phone.recv(65536)
    return Heard(said.status, said.head, body)


@contextlib.contextmanager
def served(world: World, **settings: str) -> Iterator[Served]:
    """Serve a world by the web server alone, without speakers."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    more = {f"AUDIOGUIDE_{name}": value for name, value in settings.items()}
    where = ["127.0.0.1", str(port), "--parent", str(os.getpid())]
    process = subprocess.Popen(
        [sys.executable, "-m", "audioguide.web.serving", *where],
        env=without_settings() | world.environment() | more,
        cwd=ROOT,
    )
    server = Served(port, process.pid)
    try:
        _wait(server)
        yield server
    finally:
        process.terminate()
        process.wait(30)


def _wait(server: Served) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        with contextlib.suppress(OSError):
            if server.get("/healthz").status == 200:
                return
        time.sleep(0.1)
    raise AssertionError("the web server did not start")
