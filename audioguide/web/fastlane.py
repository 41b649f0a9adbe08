"""The fast lane: answers that are the same for everybody, kept ready in front of Flask.

It knows no page. A handler declares on which editions its answer depends (`Audioguide-Edition`)
and for how long it holds (`Audioguide-Seconds`); both are read here and go no further. Every
answer leaves as one bytes object, so that a slow phone holds no thread.
"""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from audioguide.web.prebuilt import CODINGS, Headers, Prebuilt, Rendered, preferred, varied

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

Marks = Mapping[str, str]

WHOLE = "audioguide.whole"  # in the environment: answer whole, the 304 is given here
MOST_BYTES = 128 * 1024 * 1024  # some six thousand stop pages
MOST_BYTES_EACH = 2 * 1024 * 1024
LONGEST_KEY = 400  # far more than any address of ours
PATIENCE_SECONDS = 2.0
_FULL = 0.95
_OVERHEAD_BYTES = 4096  # of an entry: its headers, three times
_DECLARATIONS = {"audioguide-edition", "audioguide-seconds"}


class Editions(Protocol):
    """What the lane asks about editions; `services.publishing.Editions` is it."""

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


class FastLane:
    """A WSGI application in front of another one.

    ``by_host``: the pages name the host that they were asked on, because no public address is
    set; then each host has pages of its own. ``warm`` is called once, in a thread of its own
    after the first request, with the lane and that request's scheme and host.
    """

    def __init__(
        self,
        app: WSGIApplication,
        editions: Editions,
        *,
        by_host: bool,
        most_bytes: int = MOST_BYTES,
        clock: Callable[[], float] = time.monotonic,
        warm: Callable[[FastLane, str], None] | None = None,
    ) -> None:
        self._app = app
        self._editions = editions
        self._by_host = by_host
        self._clock = clock
        self._warm = warm
        self._shelf = Shelf(most_bytes)
        self._rendering: dict[str, threading.Event] = {}

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> list[bytes]:
        """Answer from what is kept, else let the application answer."""
        if self._warm is not None:
            self._begin_to_warm(environ)
        if environ["REQUEST_METHOD"] not in ("GET", "HEAD"):
            answer = self._pass(environ, start_response)
            self._editions.look_soon()
            return answer
        key = self._key(environ)
        moment = self._clock()
        marks = self._editions.marks(moment)
        if key is None or marks is None:
            return self._pass(environ, start_response)
        entry = self._shelf.get(key)
        if entry is not None and entry.holds(marks, moment):
            return entry.answer.reply(environ, start_response)
        if environ["REQUEST_METHOD"] == "HEAD":  # Flask gives no body that could be kept
            return self._pass(environ, start_response)
        return self._render_once(key, environ, start_response)

    @property
    def is_full(self) -> bool:
        """Tell whether there is hardly room for another answer."""
        return self._shelf.is_full

    def _key(self, environ: WSGIEnvironment) -> str | None:
        """Return under which name an answer is kept, or None for a request that is Flask's."""
        if environ.get("QUERY_STRING") or "HTTP_RANGE" in environ:
            return None
        key: str = environ.get("PATH_INFO", "")
        if self._by_host:
            key = f"{_place(environ)}\n{key}"
        return key if len(key) <= LONGEST_KEY else None

    def _render_once(
        self, key: str, environ: WSGIEnvironment, start_response: StartResponse
    ) -> list[bytes]:
        """Render, or wait for who renders the same at this moment.

        Nobody waits while holding anything that another needs, and nobody for long: what turns
        out not to be the same for everybody is rendered by each for himself.
        """
        mine = threading.Event()
        running = self._rendering.setdefault(key, mine)
        if running is not mine:
            running.wait(PATIENCE_SECONDS)
        try:
            moment = self._clock()
            marks = self._editions.marks(moment) or {}
            entry = self._shelf.get(key)  # another may have put it there a moment ago
            if entry is None or not entry.holds(marks, moment):
                return self._render(key, marks, moment, environ, start_response)
            return entry.answer.reply(environ, start_response)
        finally:
            if running is mine:
                del self._rendering[key]
                mine.set()

    def _render(
        self,
        key: str,
        marks: Marks,
        moment: float,
        environ: WSGIEnvironment,
        start_response: StartResponse,
    ) -> list[bytes]:
        """Render, and keep what may be kept under the marks that were seen before.

        What changed meanwhile may be in it or not; the next look sees other marks, and then it
        no longer holds.
        """
        rendered, declared = self._run(environ | {WHOLE: True})
        scopes, seconds = _declared(declared)
        if not scopes or not _is_for_everybody(rendered):
            return _reply(rendered, environ, start_response)
        answer = Prebuilt(rendered, best=True)
        self._shelf.put(key, Entry(answer, scopes, marks, moment + seconds))
        return answer.reply(environ, start_response)

    def _pass(self, environ: WSGIEnvironment, start_response: StartResponse) -> list[bytes]:
        if environ["REQUEST_METHOD"] == "GET":
            environ = environ | {WHOLE: True}
        rendered, _ = self._run(environ)
        return _reply(rendered, environ, start_response)

    def _run(self, environ: WSGIEnvironment) -> tuple[Rendered, Headers]:
        """Let the application answer; return its answer, and apart from it what it declared."""
        started: list[tuple[str, Headers]] = []

        def start(status: str, headers: Headers, _error: object = None) -> Callable[..., object]:
            started.append((status, headers))
            return written.append

        written: list[bytes] = []
        chunks = self._app(environ, start)
        try:
            body = b"".join([*written, *chunks])
        finally:
            if hasattr(chunks, "close"):
                chunks.close()
        status, headers = started[-1]
        answered = Rendered(status, headers, body)
        declared = [each for each in headers if each[0].lower() in _DECLARATIONS]
        return Rendered(status, answered.without(_DECLARATIONS), body), declared

    def _begin_to_warm(self, environ: WSGIEnvironment) -> None:
        warm, self._warm = self._warm, None
        if warm is not None:
            where = (self, _place(environ))
            threading.Thread(target=warm, args=where, name="warm", daemon=True).start()


def _place(environ: WSGIEnvironment) -> str:
    host = environ.get("HTTP_HOST") or environ.get("SERVER_NAME", "")
    return f"{environ['wsgi.url_scheme']}://{host}"


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


def _reply(
    rendered: Rendered, environ: WSGIEnvironment, start_response: StartResponse
) -> list[bytes]:
    """Send what is not kept; compressed where it is text, and nobody's secret stands in it."""
    method = environ["REQUEST_METHOD"]
    is_read = method in ("GET", "HEAD") and rendered.status.startswith("200")
    is_open = "no-store" not in rendered.header("cache-control")
    is_coded = is_read and is_open and not rendered.header("set-cookie")
    if is_coded and method == "GET":
        codings = {preferred(environ.get("HTTP_ACCEPT_ENCODING", ""))}
        return Prebuilt(rendered, codings & set(CODINGS), best=False).reply(environ, start_response)
    start_response(rendered.status, varied(rendered) if is_coded else rendered.headers)
    return [] if method == "HEAD" else [rendered.body]
