"""The response cache: what may be kept, under which name, and for how long it holds.

No server is known here. `fastlane.py` asks for them as WSGI, `front.py` as RSGI.
"""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from audioguide.web.file_part import FilePart
from audioguide.web.prebuilt import CODINGS, Headers, Prebuilt, Rendered, Sent, preferred, varied

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication, WSGIEnvironment

Marks = Mapping[str, str]

WHOLE = "audioguide.whole"  # in the environment: answer whole, the 304 is given here
MOST_BYTES = 128 * 1024 * 1024  # some six thousand stop pages
MOST_BYTES_EACH = 2 * 1024 * 1024
LONGEST_KEY = 400  # far more than any address of ours
PATIENCE_SECONDS = 2.0
_FULL = 0.95
_OVERHEAD_BYTES = 4096  # of an entry: its headers, three times
_BY_DATE = {"HTTP_IF_MODIFIED_SINCE", "HTTP_IF_UNMODIFIED_SINCE"}
_DECLARATIONS = {"audioguide-edition", "audioguide-seconds"}


class Editions(Protocol):
    """What the lane asks about editions; `services.editions.Editions` is it."""

    @property
    def known(self) -> Marks | None:
        """Return what the last look saw, without looking."""

    def is_due(self, moment: float) -> bool:
        """Tell whether ``marks`` would look at the database."""

    def marks(self, moment: float) -> Marks | None:
        """Return the mark of each scope as last seen, or None before the first look."""

    def look_soon(self) -> None:
        """Look at the next question: something was written."""


@dataclass(slots=True)
class Entry:
    """A kept answer, and under which marks and until when it holds."""

    answer: Prebuilt
    scopes: list[str]
    seen: Marks
    until: float

    def holds(self, marks: Marks, moment: float) -> bool:
        """Tell whether nothing that it depends on has changed.

        While no edition rises at all, the marks are the very same object: no need to compare.
        """
        if moment >= self.until:
            return False
        if marks is not self.seen:
            if any(marks.get(scope) != self.seen.get(scope) for scope in self.scopes):
                return False
            self.seen = marks
        return True


class Shelf:
    """Entries by key within a bound of bytes; what was not asked for longest goes first."""

    def __init__(self, most_bytes: int) -> None:
        self._most_bytes = most_bytes
        self._entries: OrderedDict[str, Entry] = OrderedDict()
        self._lock = threading.Lock()
        self.size_bytes = 0

    def get(self, key: str) -> Entry | None:
        """Return an entry, which becomes the youngest."""
        with self._lock:
            entry = self._entries.get(key)
            if entry is not None:
                self._entries.move_to_end(key)
        return entry

    def put(self, key: str, entry: Entry) -> None:
        """Keep an entry in the place of an older one, if it is not too large."""
        with self._lock:
            self._forget(key)
            if entry.answer.size_bytes <= MOST_BYTES_EACH:
                self._entries[key] = entry
                self.size_bytes += entry.answer.size_bytes + _OVERHEAD_BYTES
            while self.size_bytes > self._most_bytes:
                self._forget(next(iter(self._entries)))

    @property
    def is_full(self) -> bool:
        """Tell whether another entry may take the place of one that is there."""
        return self.size_bytes > _FULL * self._most_bytes

    def _forget(self, key: str) -> None:
        entry = self._entries.pop(key, None)
        if entry is not None:
            self.size_bytes -= entry.answer.size_bytes + _OVERHEAD_BYTES


class Lane:
    """Answers that are the same for everybody, and the application that renders them.

    ``by_host``: the pages name the host that they were asked on, because no public address is
    set; then each host has pages of its own.
    """

    def __init__(
        self,
        app: WSGIApplication,
        editions: Editions,
        *,
        by_host: bool,
        most_bytes: int = MOST_BYTES,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.app = app
        self.editions = editions
        self.by_host = by_host
        self.clock = clock
        self._shelf = Shelf(most_bytes)

    @property
    def is_full(self) -> bool:
        """Tell whether there is hardly room for another answer."""
        return self._shelf.is_full

    def key(self, path: str, place: str) -> str | None:
        """Return under which name an answer is kept, None for a path that none of ours has.

        ``place`` is scheme and host as `http://host`; it counts only where pages name it.
        """
        key = f"{place}\n{path}" if self.by_host else path
        return key if len(key) <= LONGEST_KEY else None

    def kept(self, key: str, marks: Marks, moment: float) -> Prebuilt | None:
        """Return what is kept and still holds."""
        entry = self._shelf.get(key)
        return entry.answer if entry is not None and entry.holds(marks, moment) else None

    def render(self, key: str, marks: Marks, moment: float, environ: WSGIEnvironment) -> Sent:
        """Render, and keep what may be kept under the marks that were seen before, at a moment.

        What changed meanwhile may be in it or not; the next look sees other marks, and then it
        no longer holds.
        """
        rendered, declared, part = self._run(environ | {WHOLE: True})
        if part is not None:
            return rendered.status, rendered.headers, part
        scopes, seconds = _declared(declared)
        if not scopes or not _is_for_everybody(rendered):
            return _sent(rendered, environ)
        answer = Prebuilt(rendered, best=True)
        self._shelf.put(key, Entry(answer, scopes, marks, moment + seconds))
        return sent_to(answer, environ)

    def pass_on(self, environ: WSGIEnvironment) -> Sent:
        """Let the application answer what is never kept."""
        method = environ["REQUEST_METHOD"]
        whole = environ | {WHOLE: True} if method == "GET" else environ
        rendered, _, part = self._run(whole)
        if method not in ("GET", "HEAD") and rendered.status < "4":  # else nothing was written
            self.editions.look_soon()
        if part is not None:
            return rendered.status, rendered.headers, part
        return _sent(rendered, environ)

    def _run(self, environ: WSGIEnvironment) -> tuple[Rendered, Headers, FilePart | None]:
        """Let the application answer; return its answer, and apart from it what it declared.

        A part of a file is left on the disk: who sends it reads no more than the phone takes.
        """
        started: list[tuple[str, Headers]] = []

        def start(status: str, headers: Headers, _error: object = None) -> Callable[..., object]:
            started.append((status, headers))
            return written.append

        written: list[bytes] = []
        chunks = self.app(_asked_by_tags(environ), start)
        try:
            part = chunks if isinstance(chunks, FilePart) else None
            body = b"" if part else b"".join([*written, *chunks])
        finally:
            if hasattr(chunks, "close"):
                chunks.close()
        status, headers = started[-1]
        answered = Rendered(status, headers, body)
        declared = [each for each in headers if each[0].lower() in _DECLARATIONS]
        return Rendered(status, answered.without(_DECLARATIONS), body), declared, part


def _asked_by_tags(environ: WSGIEnvironment) -> WSGIEnvironment:
    """Forget conditions by date, since no answer of ours has one (RFC 9110, 13.1.3 to 13.1.5).

    Nobody then has to read dates that may lie beyond every calendar.
    """
    known = {name: value for name, value in environ.items() if name not in _BY_DATE}
    if not environ.get("HTTP_IF_RANGE", '"').startswith(('"', 'W/"')):
        known.pop("HTTP_RANGE", None)  # a part of what may be another file is of no use
        del known["HTTP_IF_RANGE"]
    return known


def sent_to(answer: Prebuilt, environ: WSGIEnvironment) -> Sent:
    """Choose of a kept answer what goes out to whoever asked."""
    return answer.sent(
        environ["REQUEST_METHOD"],
        environ.get("HTTP_IF_NONE_MATCH"),
        environ.get("HTTP_ACCEPT_ENCODING", ""),
    )


def _declared(declared: Headers) -> tuple[list[str], float]:
    """Return the scopes that an answer depends on, and for how many seconds it holds."""
    values = {name.lower(): value for name, value in declared}
    scopes = [each.strip() for each in values.get("audioguide-edition", "").split(",")]
    return [each for each in scopes if each], float(values.get("audioguide-seconds", "inf"))


def _is_for_everybody(rendered: Rendered) -> bool:
    """Tell whether a declared answer may be kept, should its handler have been mistaken."""
    return (
        rendered.status.startswith("200")
        and not rendered.header("set-cookie")
        and not rendered.header("vary")
        and "no-store" not in rendered.header("cache-control")
    )


def _sent(rendered: Rendered, environ: WSGIEnvironment) -> Sent:
    """Send what is not kept; compressed where it is text, and nobody's secret stands in it."""
    method = environ["REQUEST_METHOD"]
    is_read = method in ("GET", "HEAD") and rendered.status.startswith("200")
    is_open = "no-store" not in rendered.header("cache-control")
    is_coded = is_read and is_open and not rendered.header("set-cookie")
    if is_coded and method == "GET":
        codings = {preferred(environ.get("HTTP_ACCEPT_ENCODING", ""))}
        return sent_to(Prebuilt(rendered, codings & set(CODINGS), best=False), environ)
    headers = varied(rendered) if is_coded else rendered.headers
    return rendered.status, headers, b"" if method == "HEAD" else rendered.body
