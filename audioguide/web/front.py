"""The RSGI front of `audioguide serve`: the response cache in the event loop, then Flask.

Nothing here waits in the loop. A body is read there, whole and in time, before one of two threads
is spent on it; whoever waits for a thread waits behind his own, and holds none. It is granian's
RSGI application, and knows no page.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import signal
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from io import BytesIO
from typing import TYPE_CHECKING, Protocol

from audioguide.web import environ as wsgi
from audioguide.web.bodies import Announced, Bodies, Bound, Bounds, Pieces, Refused, announced
from audioguide.web.environ import Scope
from audioguide.web.file_part import FilePart
from audioguide.web.hosts import is_host, place_of, settle
from audioguide.web.lane import PATIENCE_SECONDS, Lane, sent_to
from audioguide.web.prebuilt import Headers, Sent
from audioguide.web.refusals import HEALTHY, Refusals
from audioguide.web.spooling import Spool
from audioguide.web.throttle import network
from audioguide.web.turns import Threads

if TYPE_CHECKING:
    from collections.abc import Callable

    from _typeshed.wsgi import WSGIEnvironment

log = logging.getLogger("audioguide.front")

THREADS = 2
MOST_TO_HASH = 64  # of one place: with a tenth of a second each, the last waits six seconds
_LOOK_PATIENCE_SECONDS = 0.25  # for the editions; then what was known holds
_READS = ("GET", "HEAD")
_CLOSED = [("Connection", "close")]  # what is still on its way is not waited for


class Exchange(Pieces, Protocol):
    """A request's body, and the way for its answer; granian's protocol is it."""

    def response_empty(self, status: int, headers: Headers) -> None:
        """Answer without a body."""

    def response_bytes(self, status: int, headers: Headers, body: bytes) -> None:
        """Answer with a body."""

    def response_file_range(
        self, status: int, headers: Headers, file: str, start: int, end: int
    ) -> None:
        """Answer with a part of a file, read no faster than the phone takes it."""


@dataclass(frozen=True)
class Rooms:
    """What the front hands requests to.

    ``preflight`` lets the guard look at a request whose large body has not come yet, and returns
    its refusal; ``warm`` is called once, in a thread, with scheme and host of the first request.
    """

    lane: Lane
    refusals: Refusals
    bounds: Bounds
    spool: Spool
    preflight: Callable[[WSGIEnvironment], Sent | None]
    warm: Callable[[str], None] | None = None
    trusted_proxies: int = 0


class Front:
    """One process's front; all of it runs in one event loop."""

    def __init__(self, rooms: Rooms) -> None:
        self._rooms = rooms
        self._lane, self._editions = rooms.lane, rooms.lane.editions
        self._trusting = wsgi.trusting(rooms.trusted_proxies)
        self._bodies = Bodies()
        self._pages = Threads("page", THREADS)
        self._writes = Threads("write", 1)  # one waits for the database's lock, and no page
        self._slow = Threads("slow", 1, MOST_TO_HASH)
        self._eye = ThreadPoolExecutor(1, "look")
        self._looking: asyncio.Future[object] | None = None
        self._look_until = 0.0
        self._rendering: dict[str, asyncio.Future[None]] = {}
        self._is_warm = rooms.warm is None

    async def __rsgi__(self, scope: Scope, exchange: Exchange) -> None:
        """Answer one request."""
        key = None
        if scope.method in _READS and not scope.query_string:
            moment = self._lane.clock()
            if self._editions.is_due(moment):
                await self._look(moment)
            key = self._key(scope)
            marks = self._editions.known
            kept = self._lane.kept(key, marks, moment) if key and marks is not None else None
            if kept is not None:
                headers = scope.headers
                had, accept = headers.get("if-none-match"), headers.get("accept-encoding", "")
                _send(exchange, kept.sent(scope.method, had, accept))
                return
        await self._ask(scope, exchange, key)

    def __rsgi_init__(self, loop: asyncio.AbstractEventLoop) -> None:
        """Let the end of this process wait for no body that is on its way.

        granian ends a worker by SIGTERM and has set its own handler for it, and the same one for
        SIGINT, to which we hand on.
        """
        with contextlib.suppress(NotImplementedError):  # on Windows
            loop.add_signal_handler(signal.SIGTERM, self._end)

    def _end(self) -> None:
        self._bodies.end_all()
        self._rooms.spool.end_all()
        signal.raise_signal(signal.SIGINT)

    def _key(self, scope: Scope) -> str | None:
        if not self._lane.by_host:
            return self._lane.key(scope.path, "")
        if self._trusting is not None:
            return None  # the host is another server's word: it is read where there is time
        host = wsgi.host_of(scope)
        return self._lane.key(scope.path, f"{scope.scheme}://{host}") if is_host(host) else None

    async def _look(self, moment: float) -> None:
        """Look for new editions in a thread: the database may be slow, or gone."""
        loop = asyncio.get_running_loop()
        if self._looking is None:
            self._looking = loop.run_in_executor(self._eye, self._editions.marks, moment)
            self._looking.add_done_callback(self._has_looked)
            self._look_until = loop.time() + _LOOK_PATIENCE_SECONDS
        patience = self._look_until - loop.time()
        if patience > 0:
            await asyncio.wait({self._looking}, timeout=patience)

    def _has_looked(self, _done: object) -> None:
        self._looking = None

    async def _ask(self, scope: Scope, exchange: Exchange, key: str | None) -> None:
        environ = wsgi.of_scope(scope)
        if self._trusting is not None:
            self._trusting(environ, _nobody)
        try:
            sent = await self._answer(scope, exchange, environ, key)
        except Refused as refused:
            status, headers, body = self._rooms.refusals.sent(refused.status, environ)
            sent = status, [*headers, *_CLOSED], body
        except Exception:
            log.exception("A request for %s could not be answered", scope.method)
            sent = self._rooms.refusals.sent(500, environ)
        _send(exchange, sent)

    async def _answer(
        self, scope: Scope, exchange: Exchange, environ: WSGIEnvironment, key: str | None
    ) -> Sent:
        method, path = scope.method, scope.path
        if path == "/healthz" and method in _READS:  # whatever Flask and the database do
            return sent_to(HEALTHY, environ)
        if not settle(environ, by_host=self._lane.by_host):
            raise Refused(400)
        place = network(environ["REMOTE_ADDR"])
        self._begin_to_warm(environ)
        if method in _READS:
            return await self._read(scope, environ, place, key)
        bound = self._rooms.bounds.of(method, path)
        headers = scope.headers
        said = announced(headers.get("content-length"), headers.get("transfer-encoding"))
        if bound.spooled:
            return await self._spool(exchange, environ, said, bound)
        body = await self._bodies.read(exchange, said, place, bound)
        wsgi.with_body(environ, BytesIO(body), len(body))
        threads = self._slow if bound.slow else self._writes
        return await threads.run(place, self._lane.pass_on, environ)

    async def _read(
        self, scope: Scope, environ: WSGIEnvironment, place: str, key: str | None
    ) -> Sent:
        """Answer GET or HEAD; a body of theirs means nothing (RFC 9110, 9.3.1), and is not read."""
        wsgi.with_body(environ, BytesIO(), 0)
        if self._trusting is not None and self._lane.by_host and not scope.query_string:
            key = self._lane.key(scope.path, place_of(environ))
        if key is None or scope.method == "HEAD":  # Flask gives no body that could be kept
            return await self._pages.run(place, self._lane.pass_on, environ)
        return await self._render_once(key, environ, place)

    async def _render_once(self, key: str, environ: WSGIEnvironment, place: str) -> Sent:
        """Render when it is this place's turn, or wait for who renders the same just now.

        Only who has his turn is waited for: nobody waits behind what another place has asked.
        What turns out not to be the same for everybody is rendered by each for himself.
        """
        running = self._rendering.get(key)
        if running is not None:
            await asyncio.wait({running}, timeout=PATIENCE_SECONDS)
        async with self._pages.turn(place):
            moment = self._lane.clock()
            if self._editions.is_due(moment):
                await self._look(moment)
            marks = self._editions.known or {}
            kept = self._lane.kept(key, marks, moment)
            if kept is not None:
                return sent_to(kept, environ)
            mine = asyncio.get_running_loop().create_future()
            running = self._rendering.setdefault(key, mine)
            try:
                render = partial(self._lane.render, key, marks, moment)
                return await self._pages.work(render, environ)
            finally:
                if running is mine:
                    del self._rendering[key]
                    mine.set_result(None)

    async def _spool(
        self, exchange: Exchange, environ: WSGIEnvironment, said: Announced, bound: Bound
    ) -> Sent:
        """Let the guard look first, then receive a large body; it is gone when it was answered."""
        place = network(environ["REMOTE_ADDR"])
        refusal = await self._writes.run(place, self._rooms.preflight, environ)
        if refusal is not None:
            return refusal
        async with self._rooms.spool.arriving(exchange, said, bound) as (file, size_bytes):
            wsgi.with_body(environ, file, size_bytes)
            return await self._writes.run(place, self._lane.pass_on, environ)

    def _begin_to_warm(self, environ: WSGIEnvironment) -> None:
        warm = self._rooms.warm
        if warm is not None and not self._is_warm:
            self._is_warm = True
            where = (place_of(environ),)
            threading.Thread(target=warm, args=where, name="warm", daemon=True).start()


def _send(exchange: Exchange, sent: Sent) -> None:
    line, headers, body = sent
    status = int(line[:3])
    if isinstance(body, FilePart):
        exchange.response_file_range(status, headers, str(body.path), body.start, body.end)
    elif body:
        exchange.response_bytes(status, headers, body)
    else:
        exchange.response_empty(status, headers)


def _nobody(*_: object) -> Callable[[bytes], object]:
    """Stand where a server begins an answer, for a middleware that only corrects what was asked."""
    return bytes
