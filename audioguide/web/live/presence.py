"""Count the phones that report to this process; a phone is a random word that it made itself."""

from __future__ import annotations

import secrets
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from audioguide.languages import LANGUAGES, Language
from audioguide.services.following import PRESENT_FOR, Present

KEEP_SECONDS = 2.0
MOST_GROUPS = 100
MOST_PHONES = 5000


@dataclass(frozen=True)
class Report:
    """What a phone says of itself."""

    language: Language
    in_step: bool
    behind: bool


@dataclass
class _Group:
    phones: OrderedDict[str, tuple[float, Report]] = field(default_factory=OrderedDict)
    kept: float = float("-inf")


class Presence:
    """The phones of every group, as far as this process has heard from them lately."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._groups: OrderedDict[str, _Group] = OrderedDict()
        self.process = secrets.token_hex(8)

    def knows(self, key: str) -> bool:
        """Tell whether a phone of this group has been noted: then nobody needs to be asked."""
        with self._lock:
            return key in self._groups

    def note(self, key: str, phone: str, report: Report) -> Mapping[Language, Present] | None:
        """Note a report; return the counts when they are due to be kept, at most every 2 s."""
        moment = self._clock()
        with self._lock:
            group = self._groups.setdefault(key, _Group())
            self._groups.move_to_end(key)
            if len(self._groups) > MOST_GROUPS:
                self._groups.popitem(last=False)
            group.phones[phone] = (moment, report)
            group.phones.move_to_end(phone)
            if len(group.phones) > MOST_PHONES:
                group.phones.popitem(last=False)
            if moment - group.kept < KEEP_SECONDS:
                return None
            group.kept = moment
            return _counts(group, moment - PRESENT_FOR.total_seconds())


def _counts(group: _Group, since: float) -> dict[Language, Present]:
    """Count the phones heard from since a moment, and forget the others."""
    while group.phones and next(iter(group.phones.values()))[0] < since:
        group.phones.popitem(last=False)
    reports = [report for _, report in group.phones.values()]
    return {
        language: Present(
            following=sum(each.language == language for each in reports),
            in_step=sum(each.language == language and each.in_step for each in reports),
            behind=sum(each.language == language and each.behind for each in reports),
        )
        for language in LANGUAGES
    }
