"""An entry of the response cache: one answer in each coding, with its headers, and its 304."""

from __future__ import annotations

import gzip
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

import brotli

from audioguide.web.file_part import FilePart

Headers = list[tuple[str, str]]
Sent = tuple[str, Headers, bytes | FilePart]  # status line, headers, body

PLAIN = "identity"
CODINGS = ("br", "gzip")  # RFC 7932 and RFC 1952; the smaller first
_LONGEST_ACCEPT = 200  # browsers send some twenty characters, and one tag
# What is kept is compressed once and sent often. From there on, the last tenth would take longer
# than a visitor waits: 0.6 s for a list of 4,000 stops.
_BEST_UP_TO_BYTES = 64 * 1024
_QUICK, _BEST, _GZIP = 5, 11, 6
_BRIEF = "application/json"  # a group's state changes every few seconds, and its phones wait for it
_READABLE = ("text/", "application/json", "image/svg+xml", "application/manifest+json")
# They describe a body, which a 304 has not (RFC 9110, 15.4.5).
_OF_A_BODY = {"content-encoding", "content-language", "content-length", "content-type"}
_OF_ONE_SENDING = {"content-length", "date"}  # the server tells the time of each


@dataclass(frozen=True)
class Rendered:
    """What the application answered."""

    status: str
    headers: Headers
    body: bytes

    def header(self, name: str) -> str:
        """Return a header's value, or "" without one; several become one (RFC 9110, 5.2)."""
        return ", ".join(value for each, value in self.headers if each.lower() == name)

    def without(self, names: Iterable[str]) -> Headers:
        """Return the headers but for some, which are given in small letters."""
        return [(name, value) for name, value in self.headers if name.lower() not in names]


class Prebuilt:
    """An answer with status 200, built once; ready to be sent any number of times."""

    def __init__(self, rendered: Rendered, codings: Iterable[str] = CODINGS, *, best: bool) -> None:
        is_short = len(rendered.body) <= _BEST_UP_TO_BYTES
        is_brief = rendered.header("content-type").startswith(_BRIEF)
        quality = _BEST if best and is_short and not is_brief else _QUICK
        self._tag = _opaque(rendered.header("etag"))
        self._status = rendered.status
        self._whole = {PLAIN: (_headers(rendered, PLAIN, rendered.body), rendered.body)}
        if _is_compressible(rendered):
            for coding in codings:
                body = _coded(rendered.body, coding, quality)
                if len(body) < len(rendered.body):
                    self._whole[coding] = (_headers(rendered, coding, body), body)
        plain, _ = self._whole[PLAIN]
        self._unchanged = [each for each in plain if each[0].lower() not in _OF_A_BODY]
        self.size_bytes = sum(len(body) for _, body in self._whole.values())

    def sent(self, method: str, had: str | None, accept: str) -> Sent:
        """Answer a GET or HEAD: 304 to whoever has it, else whole in the coding preferred.

        ``had`` is If-None-Match, ``accept`` Accept-Encoding. The headers are not to be changed.
        """
        if had is not None and self._is_had(had):
            return "304 NOT MODIFIED", self._unchanged, b""
        headers, body = self._whole.get(preferred(accept)) or self._whole[PLAIN]
        return self._status, headers, b"" if method == "HEAD" else body

    def _is_had(self, had: str) -> bool:
        """Tell whether If-None-Match names this answer: compared weakly (RFC 9110, 13.1.2)."""
        if not self._tag or len(had) > _LONGEST_ACCEPT:
            return False
        return had.strip() == "*" or self._tag in (_opaque(tag) for tag in had.split(","))


def preferred(accept: str) -> str:
    """Choose the coding for an Accept-Encoding (RFC 9110, 12.5.3): brotli, gzip or none."""
    return _preferred(accept) if len(accept) <= _LONGEST_ACCEPT else PLAIN


@lru_cache(maxsize=256)
def _preferred(accept: str) -> str:
    taken: dict[str, bool] = {}
    for part in accept.lower().split(","):
        coding, _, weight = part.partition(";")
        taken[coding.strip()] = not _is_zero(weight)
    for coding in CODINGS:
        if taken.get(coding, taken.get("*", False)):
            return coding
    return PLAIN


def _is_zero(weight: str) -> bool:
    """Tell whether a weight such as `q=0.0` refuses what it stands behind."""
    _, _, number = weight.replace(" ", "").partition("q=")
    return bool(number) and not number.strip("0.")


def _opaque(tag: str) -> str:
    return tag.strip().removeprefix("W/")


def _is_compressible(rendered: Rendered) -> bool:
    is_coded = rendered.header("content-encoding")
    return not is_coded and rendered.header("content-type").startswith(_READABLE)


def _coded(body: bytes, coding: str, quality: int) -> bytes:
    if coding == "br":
        return bytes(brotli.compress(body, mode=brotli.MODE_TEXT, quality=quality))
    return gzip.compress(body, _GZIP, mtime=0)


def _headers(rendered: Rendered, coding: str, body: bytes) -> Headers:
    headers = [each for each in varied(rendered) if each[0].lower() not in _OF_ONE_SENDING]
    headers.append(("Content-Length", str(len(body))))
    if coding != PLAIN:
        headers.append(("Content-Encoding", coding))
    return headers


def varied(rendered: Rendered) -> Headers:
    """Return the headers of an answer, which say of a text that it goes out in several codings."""
    if not _is_compressible(rendered):
        return rendered.headers
    varies = [value for value in (rendered.header("vary"), "Accept-Encoding") if value]
    return [*rendered.without({"vary"}), ("Vary", ", ".join(varies))]
