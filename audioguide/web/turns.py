"""Fair queueing for threads: turns go round by place, and who asks for much waits for himself."""

from __future__ import annotations

import asyncio
from collections import OrderedDict, deque
from collections.abc import AsyncIterator, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import TypeVar

from audioguide.web.bodies import Refused

MOST_OF_A_PLACE = 1000  # a hall's phones that scan at one moment share an address
MOST_IN_ALL = 4096

Given = TypeVar("Given")
Result = TypeVar("Result")


class Turns:
    """So many turns at once, in one event loop; those who wait go on in the order of places."""

    def __init__(self, at_once: int, most_of_a_place: int = MOST_OF_A_PLACE) -> None:
        self._free = at_once
        self._most_of_a_place = most_of_a_place
        self._waiting: OrderedDict[str, deque[asyncio.Future[None]]] = OrderedDict()
        self._count = 0

    @asynccontextmanager
    async def turn(self, place: str) -> AsyncIterator[None]:
        """Wait for a turn and have it.

        Where a place has too many waiting, its oldest is refused (503), and never who comes new.
        """
        if self._free:
            self._free -= 1
        else:
            await self._wait(place)
        try:
            yield
        finally:
            self._pass_on()

    async def _wait(self, place: str) -> None:
        mine: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.setdefault(place, deque()).append(mine)
        self._count += 1
        if len(self._waiting[place]) > self._most_of_a_place:
            self._refuse_oldest(place)
        elif self._count > MOST_IN_ALL:
            self._refuse_oldest(max(self._waiting, key=lambda each: len(self._waiting[each])))
        try:
            await mine
        except asyncio.CancelledError:
            if mine.done() and not mine.cancelled() and mine.exception() is None:
                self._pass_on()  # it came at the very moment when nobody wanted it any more
            raise

    def _refuse_oldest(self, place: str) -> None:
        """Refuse who has waited longest; the place keeps its turn, since another is at hand."""
        oldest = self._waiting[place].popleft()
        self._count -= 1
        if not self._waiting[place]:
            del self._waiting[place]
        if not oldest.done():
            oldest.set_exception(Refused(503))

    def _pass_on(self) -> None:
        while self._waiting:
            chosen = self._next_of(next(iter(self._waiting)))
            if not chosen.done():
                chosen.set_result(None)
                return
        self._free += 1

    def _next_of(self, place: str) -> asyncio.Future[None]:
        """Take who has waited longest in a place, which then stands behind all others."""
        waiting = self._waiting.pop(place)
        self._count -= 1
        chosen = waiting.popleft()
        if waiting:
            self._waiting[place] = waiting
        return chosen


class Threads:
    """A few threads, and fair turns for them: nobody holds one while he waits."""

    def __init__(self, name: str, count: int, most_of_a_place: int = MOST_OF_A_PLACE) -> None:
        self._turns = Turns(count, most_of_a_place)
        self._pool = ThreadPoolExecutor(count, name)

    async def run(self, place: str, work: Callable[[Given], Result], given: Given) -> Result:
        """Do a piece of work in a thread when it is this place's turn."""
        async with self.turn(place):
            return await self.work(work, given)

    def turn(self, place: str) -> AbstractAsyncContextManager[None]:
        """Wait for a turn and have it; only then ``work``."""
        return self._turns.turn(place)

    async def work(self, work: Callable[[Given], Result], given: Given) -> Result:
        """Do a piece of work in a thread, in one's own turn."""
        return await asyncio.get_running_loop().run_in_executor(self._pool, work, given)
