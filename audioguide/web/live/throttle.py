"""Slow down whoever tries join codes one after the other; right codes cost nothing."""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Callable

MOST_PLACES = 5000
WRONG_EACH = 30  # a class behind one address mistypes now and then
WRONG_IN_ALL = 300
WINDOW_SECONDS = 60.0
# With 300 wrong codes a minute the 90,000 codes take five hours to try.


class Throttle:
    """Counts wrong codes of the last minute by place, in this process alone; nothing is kept."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._began = clock()
        self._in_all = 0
        self._by_place: OrderedDict[str, int] = OrderedDict()

    def is_closed(self, place: str) -> bool:
        """Tell whether this place has to wait; ask before looking a code up."""
        with self._lock:
            self._turn_over()
            wrong = self._by_place.get(place, 0)
            return wrong >= WRONG_EACH or (wrong > 0 and self._in_all >= WRONG_IN_ALL)

    def note_wrong(self, place: str) -> None:
        """Count a wrong code."""
        with self._lock:
            self._turn_over()
            self._in_all += 1
            self._by_place[place] = self._by_place.pop(place, 0) + 1
            if len(self._by_place) > MOST_PLACES:
                self._by_place.popitem(last=False)

    def _turn_over(self) -> None:
        if self._clock() - self._began >= WINDOW_SECONDS:
            self._began = self._clock()
            self._in_all = 0
            self._by_place.clear()
