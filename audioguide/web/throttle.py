"""Rate limits for whoever tries join codes one after the other, or makes up phones.

Only keyed codes are counted: the symbol and a page that is loaded anew carry the group's key, so a
hall is not shut by somebody who plays with the keypad.
"""

from __future__ import annotations

import ipaddress
import threading
import time
from collections import OrderedDict
from collections.abc import Callable

MOST_PLACES = 5000
WRONG_EACH = 30  # a class behind one address mistypes now and then
WRONG_IN_ALL = 300
WINDOW_SECONDS = 60.0
# With 300 wrong codes a minute the 90,000 codes take five hours to try.
AT_ONCE = 60  # two classes behind the museum's one address, who tap in the same second
EACH_SECOND = 2.0


class Throttle:
    """Counts wrong codes of a minute by place, in this process alone; nothing is kept."""

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
            return self._by_place.get(place, 0) >= WRONG_EACH or self._in_all >= WRONG_IN_ALL

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


class Arrivals:
    """Lets new phones of an address in: some at once, then a few a second (a token bucket)."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._by_place: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def let_in(self, place: str) -> bool:
        """Tell whether one more phone of this place is counted now."""
        moment = self._clock()
        left, since = self._by_place.pop(place, (float(AT_ONCE), moment))
        left = min(left + (moment - since) * EACH_SECOND, AT_ONCE)
        is_let_in = left >= 1
        self._by_place[place] = (left - 1 if is_let_in else left, moment)
        if len(self._by_place) > MOST_PLACES:
            self._by_place.popitem(last=False)
        return is_let_in


def network(address: str | None) -> str:
    """Return what stands for a place: the address, or of IPv6 the network that one house has."""
    try:
        there = ipaddress.ip_address(address or "")
    except ValueError:
        return address or ""
    if isinstance(there, ipaddress.IPv6Address) and there.ipv4_mapped is not None:
        there = there.ipv4_mapped  # as a server that listens to both names it
    if there.version == 4:
        return str(there)
    return str(ipaddress.ip_network((int(there), 64), strict=False))
