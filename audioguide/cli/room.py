"""Wait for room on a full disk, and then want again what failed for want of it."""

from __future__ import annotations

import time

from audioguide.cli.terminal import Terminal
from audioguide.operations import reserve, trouble, upkeep
from audioguide.operations.opened import Opened

_LOOK_SECONDS = 5.0
_REST_SECONDS = 60.0  # where it fails again: a disk may have room, and a user none
_MOST_REST_SECONDS = 3600.0  # it is doubled from failure to failure


class Room:
    """Looks at the free space every few seconds; writes only when there is something to do."""

    def __init__(self, opened: Opened, terminal: Terminal) -> None:
        self._opened = opened
        self._terminal = terminal
        self._next = 0.0
        self._not_before = 0.0
        self._rest_seconds = _REST_SECONDS
        self.is_awaited = False

    def await_it(self) -> None:
        """Note that something could not be written for want of room."""
        self.is_awaited = True
        self._next = time.monotonic() + _LOOK_SECONDS

    def is_there(self) -> bool:
        """Tell, every few seconds anew, whether there is room for a few narrations."""
        if time.monotonic() < self._next:
            return False
        self._next = time.monotonic() + _LOOK_SECONDS
        there = trouble.free_bytes(self._opened.settings) > trouble.ROOM_BYTES
        self.is_awaited = self.is_awaited and not there
        return there

    def look(self) -> None:
        """Want again what failed for want of room, if there is some by now."""
        if time.monotonic() < self._not_before or not self.is_there():
            return
        reserve.put_by(self._opened.settings)
        if not upkeep.want_again_with_room(self._opened):
            self._rest_seconds = _REST_SECONDS
            return
        if self._rest_seconds == _REST_SECONDS:  # else it failed again, and is said already
            self._terminal.line("There is room again: what failed for want of it is made now.")
        self._not_before = time.monotonic() + self._rest_seconds
        self._rest_seconds = min(2 * self._rest_seconds, _MOST_REST_SECONDS)
