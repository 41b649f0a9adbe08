"""HTTP/2 without TLS, by hand (RFC 9113 and 7541): enough to announce a body and not send it."""

from __future__ import annotations

import socket
import struct

PREFACE = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"
DATA, HEADERS, RST_STREAM, SETTINGS, PING = 0, 1, 3, 4, 6
END_STREAM, ACK, END_HEADERS = 1, 1, 4
_STATUSES = {8: 200, 9: 204, 10: 206, 11: 304, 12: 400, 13: 404, 14: 500}  # RFC 7541, appendix A


def frame(kind: int, flags: int, stream: int, payload: bytes = b"") -> bytes:
    """Write a frame."""
    return (
        struct.pack(">I", len(payload))[1:]
        + bytes([kind, flags])
        + struct.pack(">I", stream)
        + payload
    )


def request(method: str, path: str, **headers: str) -> bytes:
    """Write a request's head as literal fields that nobody is to remember (RFC 7541, 6.2.2)."""
    pseudo = {":method": method, ":scheme": "http", ":path": path, ":authority": "guide.test"}
    fields = pseudo | {name.replace("_", "-"): value for name, value in headers.items()}
    return b"".join(
        b"\0" + bytes([len(name)]) + name.encode() + bytes([len(value)]) + value.encode()
        for name, value in fields.items()
    )


class Talk:
    """One connection."""

    def __init__(self, phone: socket.socket) -> None:
        self._phone = phone
        self._unread = b""
        phone.sendall(PREFACE + frame(SETTINGS, 0, 0))

    def send(self, kind: int, flags: int, stream: int, payload: bytes = b"") -> None:
        """Send a frame."""
        self._phone.sendall(frame(kind, flags, stream, payload))

    def status(self, stream: int) -> int:
        """Wait for a stream's answer and return its status, 0 where it was reset."""
        while True:
            kind, flags, of_stream, payload = self._frame()
            if kind == SETTINGS and not flags & ACK:
                self.send(SETTINGS, ACK, 0)
            if of_stream == stream and kind == RST_STREAM:
                return 0
            if of_stream == stream and kind == HEADERS:
                return _status(payload)

    def _frame(self) -> tuple[int, int, int, bytes]:
        head = self._exactly(9)
        length = int.from_bytes(head[:3], "big")
        stream = int.from_bytes(head[5:9], "big") & 0x7FFFFFFF
        return head[3], head[4], stream, self._exactly(length)

    def _exactly(self, count: int) -> bytes:
        while len(self._unread) < count:
            piece = self._phone.recv(65536)
            assert piece, "the connection was closed"
            self._unread += piece
        taken, self._unread = self._unread[:count], self._unread[count:]
        return taken


def _status(block: bytes) -> int:
    """Read :status, the first field: from the table, or digits in clear or in Huffman's code."""
    first = block[0]
    if first & 0x80:
        return _STATUSES[first & 0x7F]
    length = block[1] & 0x7F
    digits = block[2 : 2 + length]
    return int(_unpacked(digits) if block[1] & 0x80 else digits)


def _unpacked(coded: bytes) -> str:
    """Read digits in Huffman's code (RFC 7541, appendix B): 0 to 2 in five bits, 3 to 9 in six."""
    bits = "".join(f"{byte:08b}" for byte in coded)
    table = {f"{number:05b}": str(number) for number in range(3)}
    table |= {f"{0x19 + number:06b}": str(3 + number) for number in range(7)}
    digits, at = "", 0
    while len(digits) < 3:
        length = next(size for size in (5, 6) if bits[at : at + size] in table)
        digits += table[bits[at : at + length]]
        at += length
    return digits
