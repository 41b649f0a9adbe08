"""A crowd of plain clients that ask for a group's state as phones do; its own lateness is told."""

from __future__ import annotations

import heapq
import json
import random
import selectors
import socket
import time
from dataclasses import dataclass, field
from math import ceil

PERIOD_SECONDS = 1.0
JITTER = 0.1
PATIENCE_SECONDS = 10.0
# What a phone's browser sends along, in length and number of headers.
HEADERS = (
    "Accept: */*\r\nAccept-Encoding: gzip, deflate, br\r\nAccept-Language: kk-KZ,kk;q=0.9\r\n"
    "User-Agent: Mozilla/5.0 (Linux; Android 14; Mobile) AppleWebKit/537.36 Chrome/131.0 "
    "Mobile Safari/537.36\r\nSec-Fetch-Dest: empty\r\nSec-Fetch-Mode: cors\r\n"
    "Sec-Fetch-Site: same-origin\r\nPragma: no-cache\r\nCache-Control: no-cache\r\n"
)


@dataclass
class Told:
    """What the crowd met: times in seconds, and how late the crowd itself was."""

    state: list[float] = field(default_factory=list)
    page: list[float] = field(default_factory=list)
    others: list[float] = field(default_factory=list)
    lateness: list[float] = field(default_factory=list)
    unchanged: int = 0
    errors: int = 0


@dataclass
class Client:
    """One keep-alive connection that asks for one path again and again."""

    path: str
    due: float
    period: float
    times: list[float]
    body: bytes = b""
    tag: bytes = b""
    open: socket.socket | None = None
    sent: float = 0.0
    heard: bytes = b""


class Crowd:
    """Followers who ask once a second, and a few visitors who open pages meanwhile."""

    def __init__(self, port: int, key: str, page: str, followers: int, visitors: int) -> None:
        self.told = Told()
        self._port = port
        self._selector = selectors.DefaultSelector()
        begin = time.monotonic()
        arrive = max(2.0, followers / 1000)

        def some(
            count: int, path: str, period: float, times: list[float], body: bytes = b""
        ) -> list[Client]:
            spread = max(arrive, period)
            return [
                Client(path, begin + random.random() * spread, period, times, body)
                for _ in range(count)
            ]

        # Besides the state each phone asks for the time and reports, every 30 s each:
        # as many askers share that out.
        self._clients = [
            *some(followers, f"/live/{key}/state", PERIOD_SECONDS, self.told.state),
            *some(visitors, page, PERIOD_SECONDS, self.told.page),
            *some(ceil(followers / 30), "/live/time", PERIOD_SECONDS, self.told.others),
        ]
        for number in range(ceil(followers / 30)):
            report = {"phone": f"bench{number:08}", "language": "kk", "in_step": True}
            body = json.dumps(report).encode()
            path = f"/live/{key}/here"
            self._clients += some(1, path, PERIOD_SECONDS, self.told.others, body)

    def ask_for(self, seconds: float) -> Told:
        """Let everybody ask until the time is over."""
        end = time.monotonic() + seconds
        queue: list[tuple[float, int, Client]] = []
        for number, client in enumerate(self._clients):
            heapq.heappush(queue, (client.due, number, client))
        number = len(self._clients)
        while (moment := time.monotonic()) < end:
            while queue and queue[0][0] <= moment:
                _, _, client = heapq.heappop(queue)
                self.told.lateness.append(moment - client.due)
                self._send(client)
            wait = min(queue[0][0] - time.monotonic() if queue else 0.05, 0.05)
            for key, _ in self._selector.select(max(wait, 0)):
                client = key.data
                if self._receive(client):
                    number += 1
                    client.due = client.sent + client.period * random.uniform(
                        1 - JITTER, 1 + JITTER
                    )
                    heapq.heappush(queue, (client.due, number, client))
        self._count_unanswered()
        self._close()
        return self.told

    def _send(self, client: Client) -> None:
        if client.open is None:
            client.open = socket.create_connection(("127.0.0.1", self._port), PATIENCE_SECONDS)
            client.open.setblocking(False)
            client.open.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            self._selector.register(client.open, selectors.EVENT_READ, client)
        tag = b"If-None-Match: " + client.tag + b"\r\n" if client.tag else b""
        verb = "POST" if client.body else "GET"
        head = f"{verb} {client.path} HTTP/1.1\r\nHost: 127.0.0.1:{self._port}\r\n{HEADERS}"
        if client.body:
            head += f"Content-Type: application/json\r\nContent-Length: {len(client.body)}\r\n"
        client.sent, client.heard = time.monotonic(), b""
        client.open.send(head.encode() + tag + b"\r\n" + client.body)

    def _receive(self, client: Client) -> bool:
        """Take in what has come; return whether the answer is whole."""
        assert client.open is not None
        try:
            piece = client.open.recv(65536)
        except OSError:
            piece = b""
        if not piece:
            self._selector.unregister(client.open)
            client.open.close()
            client.open = None
            self.told.errors += 1
            return True
        client.heard += piece
        head, found, body = client.heard.partition(b"\r\n\r\n")
        if not found or len(body) < _length(head):
            return False
        self._note(client, head)
        return True

    def _note(self, client: Client, head: bytes) -> None:
        client.times.append(time.monotonic() - client.sent)
        status = int(head[9:12])
        self.told.unchanged += status == 304
        self.told.errors += status not in (200, 204, 304)
        for line in head.split(b"\r\n"):
            if line.lower().startswith(b"etag:") and client.times is self.told.state:
                client.tag = line.partition(b":")[2].strip()

    def _count_unanswered(self) -> None:
        now = time.monotonic()
        for client in self._clients:
            done = client.heard != b"" or client.sent == 0.0
            self.told.errors += not done and now - client.sent > PATIENCE_SECONDS

    def _close(self) -> None:
        for client in self._clients:
            if client.open is not None:
                client.open.close()
        self._selector.close()


def _length(head: bytes) -> int:
    if head[9:12] in (b"204", b"304"):
        return 0
    for line in head.split(b"\r\n"):
        if line.lower().startswith(b"content-length:"):
            return int(line.partition(b":")[2])
    return 0
