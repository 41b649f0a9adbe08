"""Presence: count the phones that report to this process; each made itself a random word.

Whoever makes up words can make up phones. So an address adds new ones only slowly, has no more
than a large hall, and takes the place of nobody else's.
"""

from __future__ import annotations

import secrets
import threading
import time
from collections import Counter, OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from audioguide.languages import Language
from audioguide.services.groups.following import PRESENT_FOR, Present
from audioguide.web.throttle import Arrivals

KEEP_SECONDS = 1.0
RENEW_SECONDS = PRESENT_FOR.total_seconds() / 3  # what has not changed is kept again, as alive
MOST_GROUPS = 100
MOST_PHONES = 5000
MOST_EACH = 1000  # phones of one address in one group

Counts = Mapping[Language, Present]


@dataclass(frozen=True)
class Report:
    """What a phone says of itself."""

    language: Language
    in_step: bool
    behind: bool


@dataclass(frozen=True)
class _Phone:
    place: str
    moment: float
    report: Report


@dataclass
class _Group:
    """The phones of one group, the one that was silent longest first."""

    phones: OrderedDict[str, _Phone] = field(default_factory=OrderedDict)
    places: Counter[str] = field(default_factory=Counter)
    kept: Counts | None = None
    kept_at: float = float("-inf")
    looked_at: float = float("-inf")
    is_due: bool = False

    def add(self, word: str, phone: _Phone) -> None:
        """Add a phone, or what a known one says now."""
        self.drop(word)
        self.phones[word] = phone
        self.places[phone.place] += 1

    def drop(self, word: str) -> bool:
        """Forget a phone; False where it is not known."""
        gone = self.phones.pop(word, None)
        if gone is not None:
            self.places[gone.place] -= 1
            if not self.places[gone.place]:
                del self.places[gone.place]
        return gone is not None

    def drop_silent(self, since: float) -> None:
        """Forget the phones that have not been heard since a moment."""
        while self.phones and (oldest := next(iter(self.phones.items())))[1].moment < since:
            self.drop(oldest[0])

    def make_room(self, place: str) -> bool:
        """Let an address that has its share lose its own oldest; False where all room is taken."""
        if self.places[place] >= MOST_EACH:
            self.drop(next(word for word, each in self.phones.items() if each.place == place))
        return len(self.phones) < MOST_PHONES

    def counts(self) -> Counts:
        """Count the phones by language."""
        reports = Counter(each.report for each in self.phones.values())

        def count(language: Language, which: Callable[[Report], bool]) -> int:
            return sum(
                n for each, n in reports.items() if each.language == language and which(each)
            )

        return {
            language: Present(
                following=count(language, lambda _: True),
                in_step=count(language, lambda each: each.in_step),
                behind=count(language, lambda each: each.behind),
            )
            for language in dict.fromkeys(each.language for each in reports)
        }


class Presence:
    """The phones of every group, as far as this process has heard from them lately."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._groups: OrderedDict[str, _Group] = OrderedDict()
        self._arrivals = Arrivals(clock)
        self.process = secrets.token_hex(8)
        self.keeping = threading.Lock()  # held by who writes the counts down

    def knows(self, key: str) -> bool:
        """Tell whether a phone of this group has been noted: then nobody needs to be asked."""
        with self._lock:
            return key in self._groups

    def note(self, key: str, place: str, phone: str, report: Report) -> float | None:
        """Note what a phone at an address says; return in how many seconds to ask for ``due``.

        None where somebody has been told already, or where the phone is not counted: its address
        adds phones too quickly.
        """
        moment = self._clock()
        with self._lock:
            group = self._group(key, moment)
            known = group.phones.get(phone)
            if known is not None:
                place = known.place  # who walks out of the Wi-Fi stays the same phone
            elif not (self._arrivals.let_in(place) and group.make_room(place)):
                return None
            group.add(phone, _Phone(place, moment, report))
            return self._wait(group, moment)

    def leave(self, key: str, phone: str) -> float | None:
        """Forget a phone whose page was closed; return as ``note`` does."""
        moment = self._clock()
        with self._lock:
            group = self._groups.get(key)
            if group is None or not group.drop(phone):
                return None
            return self._wait(group, moment)

    def due(self, key: str) -> Counts | None:
        """Return the counts of a group that are to be kept now; None where nothing is new."""
        moment = self._clock()
        with self._lock:
            group = self._groups.get(key)
            if group is None:
                return None
            group.is_due, group.looked_at = False, moment
            group.drop_silent(moment - PRESENT_FOR.total_seconds())
            counts = group.counts()
            if counts == group.kept and moment - group.kept_at < RENEW_SECONDS:
                return None
            group.kept, group.kept_at = counts, moment
            return counts

    def missed(self, key: str) -> None:
        """Note that the counts could not be kept: the next report has them kept."""
        with self._lock:
            if key in self._groups:
                self._groups[key].kept = None

    def forget(self, key: str) -> None:
        """Forget a group that is over."""
        with self._lock:
            self._groups.pop(key, None)

    def _group(self, key: str, moment: float) -> _Group:
        group = self._groups.setdefault(key, _Group())
        self._groups.move_to_end(key)
        if len(self._groups) > MOST_GROUPS:
            self._groups.popitem(last=False)
        group.drop_silent(moment - PRESENT_FOR.total_seconds())
        return group

    def _wait(self, group: _Group, moment: float) -> float | None:
        if group.is_due:
            return None
        group.is_due = True
        return max(0.0, group.looked_at + KEEP_SECONDS - moment)
