"""Request bodies, read before a handler's thread is spent on it: whole, small and in time.

What a handler takes it says itself, with `takes`; a route that says nothing takes nothing.
"""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Protocol, TypeVar

from flask import Flask, abort, request
from werkzeug.exceptions import HTTPException
from werkzeug.routing import RequestRedirect

KB = 1024
MOST_OF_A_PLACE = 1000  # a hall's phones and its guide share one address
LONGEST_PATH = 2000
MOST_IN_ALL = 4096  # of 64 KB each at the most
_ATTRIBUTE = "audioguide_takes"

Handler = TypeVar("Handler", bound=Callable[..., Any])


@dataclass(frozen=True)
class Bound:
    """What a handler takes: so many bytes, within so many seconds.

    ``slow``: it hashes a password, and waits for its turn apart from the pages.
    ``spooled``: it is large. Who sends it is asked first, then it is written to the disk; its
    seconds are then for the whole at the most, and ``least_rate`` is in bytes a second.
    """

    size_bytes: int
    seconds: float = 8.0
    slow: bool = False
    spooled: bool = False
    least_rate: int = 8 * KB


NOTHING = Bound(0)


class Refused(Exception):
    """A body that is not read to its end, with the status to answer."""

    def __init__(self, status: int) -> None:
        self.status = status
        super().__init__(str(status))


class Pieces(Protocol):
    """A body as the server gives it; granian's protocol is it."""

    def __aiter__(self) -> AsyncIterator[bytes]:
        """Give it piece by piece."""


@dataclass(frozen=True)
class Announced:
    """What the head of a request says of its body; ``size_bytes`` is None where it is in chunks."""

    size_bytes: int | None


def takes(
    size_bytes: int,
    *,
    seconds: float = NOTHING.seconds,
    slow: bool = False,
    spooled: bool = False,
) -> Callable[[Handler], Handler]:
    """Say what a handler takes; without this its requests must have no body."""

    def marked(handler: Handler) -> Handler:
        setattr(handler, _ATTRIBUTE, Bound(size_bytes, seconds, slow, spooled))
        return handler

    return marked


def bound_of(handler: Callable[..., Any] | None) -> Bound:
    """Return what a handler takes."""
    return getattr(handler, _ATTRIBUTE, NOTHING)


def prepare(app: Flask) -> None:
    """Let Flask read no more than a handler takes, whatever server it stands behind."""

    @app.before_request
    def limit() -> None:
        bound = bound_of(app.view_functions.get(request.endpoint or ""))
        request.max_content_length = bound.size_bytes
        if request.content_length is None and "Transfer-Encoding" in request.headers:
            abort(411)  # the front has measured what came in pieces, another server has not
        # No word of ours has a NUL, and PostgreSQL takes none.
        if "\0" in request.path or (not bound.spooled and _has_nul(request.form)):
            abort(404)


def _has_nul(form: Mapping[str, str]) -> bool:
    return any("\0" in value for value in form.values())


class Bounds:
    """What each route takes, as its handler says."""

    def __init__(self, app: Flask) -> None:
        self._map = app.url_map.bind("localhost")
        self._handlers = app.view_functions

    def of(self, method: str, path: str) -> Bound:
        """Return what the route of a request takes: nothing, where there is none."""
        if len(path) > LONGEST_PATH:
            return NOTHING
        try:
            endpoint, _ = self._map.match(path, method)
        except (HTTPException, RequestRedirect):
            return NOTHING
        return bound_of(self._handlers.get(endpoint))


def announced(length: str | None, encoding: str | None) -> Announced:
    """Read what the head says of the body, or raise Refused."""
    if length is not None:
        if not (length.isascii() and length.isdigit() and len(length) < 16):
            raise Refused(400)
        return Announced(int(length))
    return Announced(None if encoding else 0)


class Bodies:
    """The bodies that are on their way, by place; at its cap a place loses its oldest."""

    def __init__(self, most_of_a_place: int = MOST_OF_A_PLACE, in_all: int = MOST_IN_ALL) -> None:
        self._most_of_a_place = most_of_a_place
        self._most_in_all = in_all
        self._by_place: OrderedDict[str, OrderedDict[object, asyncio.Timeout]] = OrderedDict()
        self._count = 0

    async def read(self, pieces: Pieces, said: Announced, place: str, bound: Bound) -> bytes:
        """Return the whole body; raise Refused for one that is too large, too slow or cut short."""
        if said.size_bytes == 0:
            return b""
        if said.size_bytes is not None and said.size_bytes > bound.size_bytes:
            raise Refused(413)
        try:
            async with asyncio.timeout(bound.seconds) as clock:
                with self._on_its_way(place, clock):
                    return await _whole(pieces, said, bound.size_bytes)
        except TimeoutError as error:
            raise Refused(408) from error

    def end_all(self) -> None:
        """Give up every body that is on its way: this process ends."""
        for clocks in self._by_place.values():
            for clock in clocks.values():
                end(clock)

    @contextmanager
    def _on_its_way(self, place: str, clock: asyncio.Timeout) -> Iterator[None]:
        mine = object()
        clocks = self._by_place.setdefault(place, OrderedDict())
        clocks[mine] = clock
        self._count += 1
        if len(clocks) > self._most_of_a_place:
            self._end_oldest(place)
        elif self._count > self._most_in_all:
            self._end_oldest(max(self._by_place, key=lambda each: len(self._by_place[each])))
        try:
            yield
        finally:
            self._forget(place, mine)

    def _end_oldest(self, place: str) -> None:
        oldest, clock = next(iter(self._by_place[place].items()))
        end(clock)
        self._forget(place, oldest)

    def _forget(self, place: str, body: object) -> None:
        clocks = self._by_place.get(place, OrderedDict())
        if clocks.pop(body, None) is not None:
            self._count -= 1
        if not clocks:
            self._by_place.pop(place, None)


def end(clock: asyncio.Timeout) -> None:
    """Let a body's time be over now."""
    if not clock.expired():
        clock.reschedule(asyncio.get_running_loop().time())


async def _whole(pieces: Pieces, said: Announced, most_bytes: int) -> bytes:
    parts: list[bytes] = []
    size_bytes = ends = 0
    async for part in pieces:
        size_bytes += len(part)
        if size_bytes > most_bytes:
            raise Refused(413)
        parts.append(part)
        ends += not part
    check_whole(said, size_bytes, ends)
    return b"".join(parts)


def check_whole(said: Announced, size_bytes: int, ends: int) -> None:
    """Raise Refused for a body that was cut short.

    The server does not say so: it ends such a body as any other. In chunks it gives one empty
    piece at the end of a whole body, and one more for what broke off.
    """
    is_whole = ends <= 1 if said.size_bytes is None else size_bytes == said.size_bytes
    if not is_whole:
        raise Refused(400)
