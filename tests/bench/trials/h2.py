"""The few frames of HTTP/2 (RFC 9113) that requests without a body need, written by hand."""

from __future__ import annotations

import contextlib
import socket
import time
from collections.abc import Iterator

from .asking import connected

PREFACE = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"
DATA, HEADERS, SETTINGS = 0x0, 0x1, 0x4
ACK, END_HEADERS = 0x1, 0x4


def frame(kind: int, flags: int, stream: int, payload: bytes = b"") -> bytes:
    """Write a frame (RFC 9113, 4.1)."""
    return (
        len(payload).to_bytes(3, "big") + bytes((kind, flags)) + stream.to_bytes(4, "big") + payload
    )


def literal(name: str, value: str) -> bytes:
    """Write a header that no table knows (RFC 7541, 6.2.2); neither is longer than 126 bytes."""
    coded = b"".join(bytes((len(each),)) + each.encode() for each in (name, value))
    return b"\x00" + coded


def post(stream: int, path: str, kind: str, length: int) -> bytes:
    """Begin a POST whose body is yet to come."""
    fields = {
        ":method": "POST",
        ":scheme": "http",
        ":path": path,
        ":authority": "127.0.0.1",
        "content-type": kind,
        "content-length": str(length),
    }
    block = b"".join(literal(name, value) for name, value in fields.items())
    return frame(HEADERS, END_HEADERS, stream, block)


@contextlib.contextmanager
def hung(
    port: int, connections: int, streams: int, path: str, kind: str, length: int = 9
) -> Iterator[list[socket.socket]]:
    """Keep connections open with so many streams each, whose bodies never come."""
    with contextlib.ExitStack() as open_sockets:
        made = []
        for _ in range(connections):
            made.append(open_sockets.enter_context(connected(port)))
            opening = PREFACE + frame(SETTINGS, 0, 0) + frame(SETTINGS, ACK, 0)
            asked = (post(2 * number + 1, path, kind, length) for number in range(streams))
            made[-1].sendall(opening + b"".join(asked))
        time.sleep(0.5)
        yield made
