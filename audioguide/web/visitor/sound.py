"""Sound and cues, by the hash of their bytes: kept for ever, and in ranges as phones ask."""

from __future__ import annotations

import re

from flask import Response, abort, request
from werkzeug.datastructures import Range

from audioguide.storage import HASH_DIGITS
from audioguide.web.guide import guide
from audioguide.web.visitor import blueprint

TYPES = {"mp3": "audio/mpeg", "webm": "audio/webm", "vtt": "text/vtt; charset=utf-8"}
A_YEAR_SECONDS = 31_536_000
_NAME = re.compile(rf"[0-9a-f]{{{HASH_DIGITS}}}\.(mp3|webm|vtt)")


@blueprint.get("/audio/<name>")
def sound(name: str) -> Response:
    """Answer with the file, or the one range of it that was asked for.

    Several ranges at once get the whole file (RFC 9110, 14.2 allows it); the answer is one
    bytes object, so that a slow phone holds no thread.
    """
    named = _NAME.fullmatch(name)
    content = guide().store.read(name) if named else None
    if named is None or content is None:
        abort(404)
    answer = Response(content, content_type=TYPES[named.group(1)])
    answer.set_etag(name.partition(".")[0])
    answer.headers["Accept-Ranges"] = "bytes"
    answer.headers["Cache-Control"] = f"public, max-age={A_YEAR_SECONDS}, immutable"
    answer.make_conditional(request)
    if answer.status_code == 200 and request.method == "GET":
        _cut_to_range(answer, content)
    return answer


def _cut_to_range(answer: Response, content: bytes) -> None:
    asked = request.range
    if asked is None or asked.units != "bytes" or len(asked.ranges) != 1 or _is_outdated(answer):
        return
    wanted = _part(asked, len(content))
    if wanted is None:
        answer.status_code = 416
        answer.headers["Content-Range"] = f"bytes */{len(content)}"
        answer.headers["Cache-Control"] = "no-store"
        answer.set_data(b"")
        return
    start, end = wanted
    answer.status_code = 206
    answer.headers["Content-Range"] = f"bytes {start}-{end - 1}/{len(content)}"
    answer.set_data(content[start:end])


def _part(asked: Range, length: int) -> tuple[int, int] | None:
    """Return where the part begins and ends; the last N bytes of a shorter file are all of it.

    RFC 9110, 14.1.2; Werkzeug would refuse such a range.
    """
    begin = asked.ranges[0][0]
    return (0, length) if 0 < length < -begin else asked.range_for_length(length)


def _is_outdated(answer: Response) -> bool:
    """Tell whether the browser has the beginning of another file (If-Range)."""
    had = request.if_range
    if had is None or (had.etag is None and had.date is None):
        return False
    return had.etag != answer.get_etag()[0]
