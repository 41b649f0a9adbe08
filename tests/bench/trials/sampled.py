"""One trial of each kind that has always held, so that it goes on to."""

from __future__ import annotations

import contextlib
import gzip
import random
import socket
import time
import zlib
from collections import Counter
from functools import partial

import brotli

from .asking import (
    FORM,
    JOINED,
    JSON,
    KEPT,
    ask,
    at_once,
    connected,
    page_times,
    percentile,
    raw,
    status_of,
)
from .ground import Ground
from .signed_in import Guide
from .trial import Look, trial

SEED = 1
AT_ONCE = 20
METHODS = ("GET", "HEAD", "POST", "PUT", "OPTIONS", "TRACE", "CONNECT", "get", "G\x00T", "")
PATHS = (
    "/",
    KEPT,
    JOINED,
    "/staff/sign-in",
    "/lead/",
    "/Q/0AE86",
    "/audio/" + "0" * 32 + ".mp3",
    "/en/number?number=9",
    "/../../etc/passwd",
    "/%00",
    "/%ff%fe",
    "/en/%2e%2e/",
    "*",
    "//",
    "/language/en?to=/",
    "/api/v1/stops",
    "/" + "a" * 9000,
)
HEADERS = (
    "Host: x",
    "Content-Length: 3",
    "Content-Length: -1",
    "Content-Length: +3",
    "Content-Length: x",
    "Transfer-Encoding: chunked",
    "Transfer-Encoding: xchunked",
    "Range: bytes=9-1",
    "Cookie: language=\xff",
    "Accept-Encoding: br;q=\x01",
    ": x",
    "X: " + "y" * 9000,
    "Upgrade: websocket",
    "Expect: 100-continue",
    "Connection: close",
    f"Content-Type: {JSON}",
    f"Content-Type: {FORM}; charset=utf-16",
    "Content-Type: multipart/form-data",
    'If-None-Match: "',
    "no colon",
    " folded: x",
)
BODIES = (b"", b"{}", b"name=%ff", b"3\r\nabc\r\n0\r\n\r\n", b"ffffffffffffffff\r\n", b"\x00" * 99)
CODINGS = ("", "identity", "gzip", "br", "gzip, br;q=0.1", "*", "br;q=0, gzip;q=0", "deflate, zstd")


@trial(
    "Z",
    "Malformed requests are refused and nothing else",
    done="1,000 requests put together at random from bad parts, with a fixed seed",
    expected="no 5xx but 501 and 505, no traceback; a page afterwards",
)
def malformed(ground: Ground) -> Look:
    look = Look()
    chance = random.Random(SEED)
    requests = [_bad_request(chance) for _ in range(200 if ground.quick else 1000)]
    counted: Counter[int] = Counter()
    with ground.web(ground.world()) as guide:
        for first in range(0, len(requests), AT_ONCE):
            some = requests[first : first + AT_ONCE]
            statuses = at_once([partial(_once, guide.port, each) for each in some])
            counted.update(statuses)
            for sent, status in zip(some, statuses, strict=True):
                look.must(status < 500 or status in (501, 505), f"{status}: {sent[:120]!r}")
        look.must("Traceback" not in guide.said, "a traceback in the log")
        after = guide.get(KEPT)
        look.at(after.status == 200, f"{dict(sorted(counted.items()))}, then a page {after.said}")
    return look


def _bad_request(chance: random.Random) -> bytes:
    headers = chance.sample(HEADERS, chance.randint(0, 4))
    version = chance.choice(("HTTP/1.1", "HTTP/1.1", "HTTP/1.0", "HTTP/9", ""))
    first = f"{chance.choice(METHODS)} {chance.choice(PATHS)} {version}"
    lines = "\r\n".join([first, *headers, "Connection: close", "", ""])
    return lines.encode("latin-1") + chance.choice(BODIES)


def _once(port: int, sent: bytes) -> int:
    """Send and say that no more will come, so that nobody waits for the rest."""
    with connected(port, timeout=2) as made:
        with contextlib.suppress(OSError):
            made.sendall(sent)
            made.shutdown(socket.SHUT_WR)
        got = b""
        with contextlib.suppress(OSError):
            got = made.recv(65536)
    return status_of(got)


@trial(
    "Z",
    "A part of a sound is what was asked for",
    done="9 ranges of a sound, one of cues, and one with an old If-Range",
    expected="206, 200 or 416, and the right bytes",
)
def ranges(ground: Ground) -> Look:
    look = Look()
    world = ground.world()
    sound = next(world.settings.store.glob("*.mp3"))
    whole, size = sound.read_bytes(), sound.stat().st_size
    expected = {
        "bytes=0-1": (206, whole[:2]),
        "bytes=10-19": (206, whole[10:20]),
        f"bytes={size - 1}-": (206, whole[-1:]),
        "bytes=-5": (206, whole[-5:]),
        f"bytes=-{size + 9}": (206, whole),
        f"bytes=0-{size + 9}": (206, whole),
        f"bytes={size}-": (416, None),
        "bytes=5-4": (200, whole),
        "bytes=0-0,2-2": (200, whole),
        "lines=0-1": (200, whole),
    }
    with ground.web(world) as guide:
        for asked, (status, content) in expected.items():
            got = guide.get(f"/audio/{sound.name}", Range=asked)
            is_right = got.status == status and (content is None or got.body == content)
            look.at(is_right, f"{asked} {got.status}")
        old = guide.get(f"/audio/{sound.name}", Range="bytes=0-1", If_Range='"old"')
        look.at(old.status == 200 and old.body == whole, f"an old If-Range {old.status}")
    return look


@trial(
    "Z",
    "Heads that come a byte at a time keep nobody waiting",
    done="200 connections send a byte of their head every second, for 10 s",
    expected="pages' p99 under 50 ms",
)
def slow_heads(ground: Ground) -> Look:
    look = Look()
    with ground.web(ground.world()) as guide, contextlib.ExitStack() as sockets:
        page_times(guide.port, 20)
        made = [sockets.enter_context(connected(guide.port)) for _ in range(200)]
        times: list[float] = []
        for turn in range(3 if ground.quick else 10):
            for each in made:
                with contextlib.suppress(OSError):
                    each.sendall(b"GET /en/ HTTP/1.1\r\nX: y"[turn : turn + 1])
            times += page_times(guide.port, 60)[0]
            time.sleep(0.5)
        p99 = 1000 * percentile(times, 99)
        look.at(p99 < 50, f"pages p99 {p99:.1f} ms of {len(times)}")
    return look


@trial(
    "Z",
    "Every coding has the same words",
    done=f"{len(CODINGS)} values of Accept-Encoding on one page, kept and rendered",
    expected="a coding that was allowed, the same text, Vary, 304 for its own ETag",
)
def codings(ground: Ground) -> Look:
    look = Look()
    undo = {"": bytes, "gzip": gzip.decompress, "br": brotli.decompress, "deflate": zlib.decompress}
    texts = set()
    with ground.web(ground.world()) as guide:
        for coding in CODINGS:
            got = guide.get(KEPT, Accept_Encoding=coding)
            coded = got.headers.get("Content-Encoding", "")
            texts.add(undo[coded](got.body))
            is_allowed = (
                not coded
                or "*" in coding
                or (coded in coding and f"{coded};q=0," not in coding + ",")
            )
            look.at(is_allowed, f"{coding!r} got {coded!r}")
            look.must("Accept-Encoding" in got.headers.get("Vary", ""), f"{coding!r} without Vary")
            again = guide.get(
                KEPT, Accept_Encoding=coding, If_None_Match=got.headers.get("ETag", "")
            )
            look.at(again.status == 304, f"its own ETag {again.status}")
    look.at(len(texts) == 1, f"{len(texts)} different texts")
    return look.counted("points")


@trial(
    "Z",
    "Join codes cannot be found by trying",
    done="40 wrong codes from one address, then the right one from there and from elsewhere",
    expected="30 times 404, then 429, for the right one too; elsewhere it opens",
)
def join_codes(ground: Ground) -> Look:
    look = Look()
    with ground.web(ground.world()) as guide:
        aigul = Guide(guide.port).sign_in().start()
        there = "127.0.0.3"
        wrong = [each for each in range(10_000, 10_041) if str(each) != aigul.join_code][:40]
        statuses = [ask(guide.port, f"/live/{code}", source=there).status for code in wrong]
        look.at(statuses == [404] * 30 + [429] * 10, f"{statuses.count(404)} times 404, then 429")
        right = ask(guide.port, f"/live/{aigul.join_code}", source=there).status
        look.at(right == 429, f"the right one from there {right}")
        elsewhere = ask(guide.port, f"/live/{aigul.join_code}").status
        look.at(elsewhere == 200, f"elsewhere {elsewhere}")
    return look


@trial(
    "Z",
    "Requests in a row and smuggled ones are told apart",
    done="51 requests in one packet; a length beside chunks; two lengths; a cut head",
    expected="51 answers; then 400 or one answer alone",
)
def in_a_row(ground: Ground) -> Look:
    look = Look()
    one = f"GET {KEPT} HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept-Encoding: br\r\n\r\n".encode()
    last = one.replace(b"\r\n\r\n", b"\r\nConnection: close\r\n\r\n")
    with ground.web(ground.world()) as guide:
        guide.get(KEPT)
        with connected(guide.port) as made:
            made.sendall(one * 50 + last)
            got = b""
            with contextlib.suppress(OSError):
                while piece := made.recv(65536):
                    got += piece
        look.at(got.count(b"HTTP/1.1 200") == 51, f"{got.count(b'HTTP/1.1 200')} of 51 answers")
        smuggled = b"GET /smuggled HTTP/1.1\r\nHost: x\r\n\r\n"
        for name, lines in {
            "a length beside chunks": "Content-Length: 6\r\nTransfer-Encoding: chunked",
            "two lengths": "Content-Length: 0\r\nContent-Length: 40",
        }.items():
            sent = f"POST {JOINED} HTTP/1.1\r\nHost: x\r\n{lines}\r\n\r\n".encode()
            answer = raw(guide.port, sent + b"0\r\n\r\n" + smuggled)
            is_right = answer.count(b"HTTP/1.1 ") <= 1 and b" 404 " not in answer
            look.at(is_right, f"{name}: {status_of(answer)}")
    return look
