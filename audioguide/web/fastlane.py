"""The response cache as WSGI middleware in front of Flask: each kept answer is one bytes object.

It knows no page. A handler declares on which editions its answer depends (`Audioguide-Edition`)
and for how long it holds (`Audioguide-Seconds`); `lane.py` reads both, and they go no further.
`audioguide serve` has `front.py` in its place.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol

from audioguide.web.hosts import place_of, settle
from audioguide.web.lane import PATIENCE_SECONDS, Lane, sent_to
from audioguide.web.prebuilt import Sent

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment


class Refuses(Protocol):
    """Answers what reaches no handler; `refusals.Refusals` is it."""

    def sent(self, status: int, environ: WSGIEnvironment) -> Sent:
        """Answer with a status."""


class FastLane:
    """A WSGI application in front of another one.

    ``warm`` is called once, in a thread of its own after the first request, with this lane and
    that request's scheme and host.
    """

    def __init__(
        self,
        lane: Lane,
        refusals: Refuses,
        *,
        warm: Callable[[FastLane, str], None] | None = None,
    ) -> None:
        self.lane = lane
        self.refusals = refusals
        self._warm = warm
        self._rendering: dict[str, threading.Event] = {}

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> list[bytes]:
        """Answer from what is kept, else let the application answer.

        The headers are given away as copies, because a server may add to them (PEP 3333).
        """
        status, headers, body = self._answer(environ)
        start_response(status, headers.copy())
        return [body] if isinstance(body, bytes) else list(body)

    def _answer(self, environ: WSGIEnvironment) -> Sent:
        if not settle(environ, by_host=self.lane.by_host):
            return self.refusals.sent(400, environ)
        self._begin_to_warm(environ)
        method = environ["REQUEST_METHOD"]
        key = self._key(environ) if method in ("GET", "HEAD") else None
        moment = self.lane.clock()
        marks = self.lane.editions.marks(moment) if key is not None else None
        if key is None or marks is None:
            return self.lane.pass_on(environ)
        kept = self.lane.kept(key, marks, moment)
        if kept is not None:
            return sent_to(kept, environ)
        if method == "HEAD":  # Flask gives no body that could be kept
            return self.lane.pass_on(environ)
        return self._render_once(key, environ)

    def _key(self, environ: WSGIEnvironment) -> str | None:
        """Return under which name an answer is kept, or None for a request that is Flask's."""
        if environ.get("QUERY_STRING"):
            return None
        return self.lane.key(environ.get("PATH_INFO", ""), place_of(environ))

    def _render_once(self, key: str, environ: WSGIEnvironment) -> Sent:
        """Render, or wait for who renders the same at this moment.

        Nobody waits while holding anything that another needs, and nobody for long: what turns
        out not to be the same for everybody is rendered by each for himself.
        """
        mine = threading.Event()
        running = self._rendering.setdefault(key, mine)
        if running is not mine:
            running.wait(PATIENCE_SECONDS)
        try:
            moment = self.lane.clock()
            marks = self.lane.editions.marks(moment) or {}
            kept = self.lane.kept(key, marks, moment)  # another may have put it there just now
            if kept is not None:
                return sent_to(kept, environ)
            return self.lane.render(key, marks, moment, environ)
        finally:
            if running is mine:
                del self._rendering[key]
                mine.set()

    def _begin_to_warm(self, environ: WSGIEnvironment) -> None:
        warm, self._warm = self._warm, None
        if warm is not None:
            where = (self, place_of(environ))
            threading.Thread(target=warm, args=where, name="warm", daemon=True).start()
