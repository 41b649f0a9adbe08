"""Streamed uploads, such as recordings: written to the data folder as they come, not to memory."""

from __future__ import annotations

import asyncio
import shutil
import tempfile
from collections.abc import AsyncIterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from pathlib import Path
from typing import BinaryIO

from audioguide.web.bodies import KB, Announced, Bound, Pieces, Refused, check_whole, end

FOLDER = "arriving"  # in the data folder
MOST_AT_ONCE = 4
GRACE_SECONDS = 20.0  # a phone that loses its signal for a moment
_PIECE_BYTES = 256 * KB
_ROOM_TO_LEAVE_BYTES = 64 * KB * KB


class Spool:
    """Where large bodies lie while they arrive, and until their handler has answered."""

    def __init__(self, folder: Path, most_at_once: int = MOST_AT_ONCE) -> None:
        self._folder = folder
        self._free = most_at_once
        self._disk = ThreadPoolExecutor(1, "spool")
        self._clocks: set[asyncio.Timeout] = set()

    def end_all(self) -> None:
        """Give up every body that is on its way: this process ends."""
        for clock in self._clocks:
            end(clock)

    @asynccontextmanager
    async def arriving(
        self, pieces: Pieces, said: Announced, bound: Bound
    ) -> AsyncIterator[tuple[BinaryIO, int]]:
        """Receive a body; give its file, which is gone afterwards, and its size in bytes.

        Raise Refused for one that is too large (413), too slow (408) or cut short (400), and
        where the disk has no room for it (503). A slow one loses its place when it has come, on
        the average, below its least rate for longer than a grace.
        """
        if said.size_bytes is None:
            raise Refused(411)
        if said.size_bytes > bound.size_bytes:
            raise Refused(413)
        if not self._free:
            raise Refused(503)
        self._free -= 1
        loop = asyncio.get_running_loop()
        try:
            file = await loop.run_in_executor(self._disk, self._open, said.size_bytes)
            try:
                await self._write(file, pieces, said, bound)
                yield file, said.size_bytes
            finally:
                await loop.run_in_executor(self._disk, file.close)
        finally:
            self._free += 1

    async def _write(self, file: BinaryIO, pieces: Pieces, said: Announced, bound: Bound) -> None:
        loop = asyncio.get_running_loop()
        began, size_bytes, ends = loop.time(), 0, 0
        waiting = bytearray()
        try:
            async with asyncio.timeout(GRACE_SECONDS) as clock, self._noted(clock):
                async for part in pieces:
                    size_bytes += len(part)
                    ends += not part
                    if size_bytes > bound.size_bytes:
                        raise Refused(413)
                    waiting += part
                    if len(waiting) >= _PIECE_BYTES:
                        await loop.run_in_executor(self._disk, file.write, bytes(waiting))
                        waiting.clear()
                    least = GRACE_SECONDS + size_bytes / bound.least_rate
                    clock.reschedule(began + min(bound.seconds, least))
            check_whole(said, size_bytes, ends)
            await loop.run_in_executor(self._disk, _finish, file, bytes(waiting))
        except TimeoutError as error:
            raise Refused(408) from error
        except OSError as error:  # most likely the disk is full
            raise Refused(503) from error

    @asynccontextmanager
    async def _noted(self, clock: asyncio.Timeout) -> AsyncIterator[None]:
        self._clocks.add(clock)
        try:
            yield
        finally:
            self._clocks.discard(clock)

    def _open(self, size_bytes: int) -> BinaryIO:
        """Open a file without a name: nothing is left of it, whatever ends this process."""
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            if shutil.disk_usage(self._folder).free < size_bytes + _ROOM_TO_LEAVE_BYTES:
                raise Refused(503)
            return tempfile.TemporaryFile(dir=self._folder)
        except OSError as error:
            raise Refused(503) from error


def _finish(file: BinaryIO, rest: bytes) -> None:
    file.write(rest)
    file.flush()
    file.seek(0)
