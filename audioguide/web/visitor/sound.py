"""Sound and cues, by the hash of their bytes: kept for ever, and in ranges as phones ask."""

from __future__ import annotations

import re

from flask import Response, abort, request
from werkzeug.datastructures import Range

from audioguide.settings import SendSound
from audioguide.storage import HASH_DIGITS
from audioguide.web.editions import for_ever, for_everybody
from audioguide.web.file_part import FilePart
from audioguide.web.guide import guide
from audioguide.web.visitor import blueprint

TYPES = {"mp3": "audio/mpeg", "webm": "audio/webm", "vtt": "text/vtt; charset=utf-8"}
# A range without an end gets at most so much, and the phone asks for the rest when it comes to it:
# so that hundreds who only look in do not hold a whole file each. 256 KiB are 37 s at 56 kbit/s.
MOST_BYTES = 256 * 1024
INSIDE = "/inside/sound/"  # where the front server finds the store, for itself alone
_NAME = re.compile(rf"[0-9a-f]{{{HASH_DIGITS}}}\.(mp3|webm|vtt)")


@blueprint.get("/audio/<name>")
def sound(name: str) -> Response:
    """Answer with the file, or the one range of it that was asked for.

    Several ranges at once get the whole file (RFC 9110, 14.2 allows it). Where a front server
    sends the sound, it is only told which.
    """
    named = _NAME.fullmatch(name)
    size_bytes = guide().store.size_bytes(name) if named else None
    if named is None or size_bytes is None:
        abort(404)
    kind = named.group(1)
    answer = Response(content_type=TYPES[kind])
    answer.set_etag(name.partition(".")[0], weak=kind == "vtt")  # it goes out compressed as well
    if kind != "vtt":  # a part of what goes out in several codings would fit none of them
        answer.headers["Accept-Ranges"] = "bytes"
    for_ever(answer)
    if kind != "vtt" and guide().settings.send_sound == SendSound.X_ACCEL:
        answer.headers["X-Accel-Redirect"] = INSIDE + name
        return answer
    answer.make_conditional(request)
    if answer.status_code == 200:
        _fill(answer, name, size_bytes)
    return for_everybody(answer) if kind == "vtt" else answer


def _fill(answer: Response, name: str, size_bytes: int) -> None:
    if request.method == "HEAD":
        answer.content_length = size_bytes
        return
    start, end = 0, size_bytes
    if (asked := _one_range(answer)) is not None:
        part = _part(asked, size_bytes)
        if part is None:
            _refuse(answer, size_bytes)
            return
        start, end = part
        answer.status_code = 206
        answer.headers["Content-Range"] = f"bytes {start}-{end - 1}/{size_bytes}"
    if name.endswith(".vtt"):  # small, compressed, and kept by the fast lane
        answer.set_data(guide().store.read(name) or abort(404))
        return
    answer.content_length = end - start
    answer.response = FilePart(guide().store.path(name), start, end)
    answer.direct_passthrough = True  # else Flask would read it


def _refuse(answer: Response, size_bytes: int) -> None:
    answer.status_code = 416
    answer.headers["Content-Range"] = f"bytes */{size_bytes}"
    answer.headers["Cache-Control"] = "no-store"


def _one_range(answer: Response) -> Range | None:
    asked = request.range
    if asked is None or asked.units != "bytes" or len(asked.ranges) != 1:
        return None
    return asked if "Accept-Ranges" in answer.headers and not _is_outdated(answer) else None


def _part(asked: Range, length: int) -> tuple[int, int] | None:
    """Return where the part begins and ends: soon, if no end was said (RFC 9110, 15.3.7).

    An iPhone that named the end takes nothing less ("content range mismatch") and stays silent.
    The last N bytes of a shorter file are all of it (14.1.2); Werkzeug would refuse such a range.
    """
    begin, end = asked.ranges[0]
    part = (0, length) if 0 < length < -begin else asked.range_for_length(length)
    is_open = end is None and begin >= 0
    return (part[0], min(part[1], part[0] + MOST_BYTES)) if part and is_open else part


def _is_outdated(answer: Response) -> bool:
    """Tell whether the browser has the beginning of another file (If-Range)."""
    had = request.if_range
    if had is None or (had.etag is None and had.date is None):
        return False
    return had.etag != answer.get_etag()[0]
