"""Dates, depths, numbers and weights beyond every bound: no answer is the server's fault."""

from __future__ import annotations

import http.client
from collections.abc import Iterable, Iterator
from typing import Any
from urllib.parse import quote

from museum import ALASH

from .asking import FORM, HERE, JOINED, JSON, KEPT, Answer, ask, send_form
from .ground import Ground, Running
from .signed_in import Guide
from .trial import Look, trial

DATES = (
    "Sat, 29 Oct 9999999999 19:43:31 GMT",
    "Sat, 29 Oct 1994 99999999999:43:31 GMT",
    "Sat, 29 Oct 1994 19:43:99999999999999999999 GMT",
    "Sat, 99999999999999999999 Oct 1994 19:43:31 GMT",
    "Sat, 29 Oct 10000 19:43:31 GMT",
    "Sat, 29 Oct 0000 19:43:31 GMT",
    "Sat, 29 Oct 0 00:00:00 GMT",
    "Fri, 31 Dec 9999 23:59:59 -2359",
    "Mon, 01 Jan 0001 00:00:00 +2359",
    "Sat, 29 Oct 1994 19:43:31 +99999999999999999999",
    "Sat, 31 Feb 2026 19:43:31 GMT",
    "Sat, 29 Oct " + "9" * 5000 + " 19:43:31 GMT",
    "9" * 5000,
    "Sat, 29 Oct -1 19:43:31 GMT",
)
CONDITIONS = ("If-Modified-Since", "If-Unmodified-Since", "If-Range")
HUGE = ("9223372036854775807", "9223372036854775808", "18446744073709551616", "9" * 100, "9" * 5000)
WEIGHTS = ("1e999", "-1e999", "nan", "inf", "1e", "0x1", "9" * 5000, "", "-1", "٣")


def never_five_hundred(look: Look, asks: Iterable[tuple[str, Answer]]) -> None:
    """Look at many answers: none may be a 5xx, and each must come."""
    right = 0
    for name, answer in asks:
        if 0 < answer.status < 500:
            right += 1
        elif len(look.points) < 4:
            look.at(False, f"{name}: {answer.status or 'no answer'}")
        else:
            look.points[-1] = (False, f"{look.points[-1][1]} and more")
            break
    look.at(True, f"{right} without a 5xx")


def _addresses(guide: Running) -> list[str]:
    store = guide.world.settings.store
    names = {each.suffix: each.name for each in store.iterdir() if each.is_file()}
    kinds = [f"/audio/{names[each]}" for each in (".mp3", ".webm", ".vtt") if each in names]
    pictures = [
        f"/picture/{name}"
        for suffix, name in names.items()
        if suffix in (".jpg", ".jpeg", ".webp", ".avif", ".png")
    ]
    page = guide.get(KEPT).body.decode()
    scripts = [
        each.partition('"')[0] for each in page.split('src="')[1:] if each.startswith("/script/")
    ]
    return [
        *kinds,
        *pictures[:1],
        *scripts[:1],
        KEPT,
        f"{KEPT}?x=1",
        "/en/number?x=1",
        "/api/v1/stops",
        "/icon.svg",
        "/",
        "/healthz",
        "/staff/sign-in",
    ]


@trial(
    "E",
    "A date beyond the calendar is no fault of the server",
    done=f"{len(DATES)} dates in 3 headers, with and without Range, GET and HEAD, at every kind",
    expected="no 5xx",
)
def dates(ground: Ground) -> Look:
    look = Look()
    with ground.web(ground.world()) as guide:
        never_five_hundred(look, _dated(guide, _addresses(guide)))
    return look


def _dated(guide: Running, addresses: list[str]) -> Iterator[tuple[str, Answer]]:
    for path in addresses:
        for header in CONDITIONS:
            for date in DATES:
                for method in ("GET", "HEAD"):
                    for more in ({}, {"Range": "bytes=0-9"}):
                        headers = {header: date, **more}
                        answer = ask(guide.port, path, method, None, headers, timeout=8)
                        yield f"{method} {path} {header}: {date[:40]}", answer


@trial(
    "E",
    "JSON as deep as it may be is no fault of the server",
    done='100,000 times [ or {"a":, closed and not, to a phone\'s report and the sign-in',
    expected="no 5xx",
)
def depth(ground: Ground) -> Look:
    look = Look()
    deep = {
        "[": b"[" * 100_000,
        "[]": b"[" * 100_000 + b"]" * 100_000,
        '{"a":': b'{"a":' * 100_000,
        "[ within the limit": b"[" * 5_000,
        '{"phone": [': b'{"phone":' + b"[" * 5_000 + b"]" * 5_000 + b"}",
    }
    with ground.web(ground.world()) as guide:
        never_five_hundred(
            look,
            (
                (name, ask(guide.port, JOINED, "POST", body, {"Content-Type": kind}, timeout=10))
                for name, body in deep.items()
                for kind in (JSON, FORM)
            ),
        )
        for name, body in deep.items():
            answer = ask(
                guide.port, "/staff/sign-in", "POST", b"name[" + body, {"Content-Type": FORM}
            )
            look.at(0 < answer.status < 500, f"the sign-in, {name}: {answer.status}")
        look.must("Traceback" not in guide.said, "a traceback in the log")
    return look


@trial(
    "E",
    "A number beyond the column is no fault of the server",
    done="numbers of 19 to 5,000 digits in every route and field that takes one, as a guide",
    expected="no 5xx",
)
def numbers(ground: Ground) -> Look:
    look = Look()
    with ground.web(ground.world()) as guide:
        never_five_hundred(look, _numbered(Guide(guide.port).sign_in().start()))
        look.must("Traceback" not in guide.said, "a traceback in the log")
    return look


def _numbered(aigul: Guide) -> Iterator[tuple[str, Answer]]:
    for number in HUGE:
        for path in (
            f"/lead/{number}",
            f"/lead/{number}/state",
            f"/lead/{number}/join.svg",
            f"/live/{aigul.key}/visit/{number}",
            f"/kk/number?number={number}",
            f"/live/{number}",
            f"/live/{number}/state",
            f"/Q/{number}",
            f"/en/stops/{number}",
            f"/api/v1/stops/{number}",
            f"/staff/sign-in?to={number}",
        ):
            yield path[:60], aigul.get(path)
        for end in ("command", "here", "end"):
            yield f"POST /lead/{number[:30]}/{end}", aigul.send(f"/lead/{number}/{end}", do="play")
        for field in ("version", "sentence", "stop"):
            known: dict[str, Any] = {"do": "sentence", "version": "1", "sentence": "0"}
            known[field] = number
            yield f"command {field}={number[:30]}", aigul.send(f"{aigul.lead}/command", **known)
            known[field] = f"-{number}"
            yield f"command {field}=-{number[:30]}", aigul.send(f"{aigul.lead}/command", **known)
        version = str(aigul.state()["state"]["version"])
        known = {"do": "sentence", "version": version, "sentence": number}
        yield f"sentence {number[:30]}", aigul.send(f"{aigul.lead}/command", **known)


@trial(
    "E",
    "A weight, a range or a length beyond reason is no fault of the server",
    done="q=1e999 and the like in 3 headers; ranges and lengths of 5,000 digits",
    expected="no 5xx",
)
def weights(ground: Ground) -> Look:
    look = Look()
    with ground.web(ground.world()) as guide:
        never_five_hundred(look, _weighed(guide))
        never_five_hundred(look, _ranged(guide))
        look.must("Traceback" not in guide.said, "a traceback in the log")
    return look


def _weighed(guide: Running) -> Iterator[tuple[str, Answer]]:
    for weight in WEIGHTS:
        for header, value in (
            ("Accept-Encoding", "br"),
            ("Accept-Language", "ru"),
            ("Accept", JSON),
        ):
            for path in ("/", KEPT, f"{KEPT}?x=1", f"/Q/{ALASH}", "/live/time", "/staff/sign-in"):
                named = {header: f"{value};q={weight}".encode().decode("latin-1")}
                yield f"{path} {header} q={weight[:20]}", ask(guide.port, path, headers=named)


def _ranged(guide: Running) -> Iterator[tuple[str, Answer]]:
    nines = "9" * 5000
    for path in _addresses(guide)[:3]:
        for part in (
            f"{nines}-",
            f"0-{nines}",
            f"-{nines}",
            f"{nines}-{nines}",
            "-0",
            "0-0,1-1",
            f"0-1,{nines}-",
        ):
            for header in ({}, {"If-Range": f'"{nines}"'}):
                headers = {"Range": f"bytes={part}", **header}
                yield f"{path} bytes={part[:20]}", ask(guide.port, path, headers=headers)
    for cookie in (f"language={nines}", "language=" + quote("\x00ü"), f"session={nines}"):
        for path in ("/", "/lead/", f"/Q/{ALASH}"):
            yield f"{path} {cookie[:20]}", ask(guide.port, path, headers={"Cookie": cookie})
    fields = {"name": "n" * 5000, "password": nines, "to": nines}
    yield "a long sign-in", send_form(guide.port, "/staff/sign-in", fields, timeout=8)
    connection = http.client.HTTPConnection(HERE, guide.port, timeout=3)
    connection.putrequest("POST", JOINED)
    connection.putheader("Content-Length", nines)
    connection.endheaders()
    try:
        yield "Content-Length of 5,000 digits", Answer(connection.getresponse().status, 0)
    except (OSError, http.client.HTTPException):
        yield "Content-Length of 5,000 digits", Answer(400, 0)  # closed without a word
    finally:
        connection.close()
