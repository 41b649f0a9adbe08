"""The museum's days by its own clock: when it is open, when it opens next, what still holds."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from audioguide.content.museum import DAYS
from audioguide.content.pack import ClosedDays, OpeningHours
from audioguide.models import now

__all__ = ["Calendar", "Opening", "joined", "now"]

_A_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Opening:
    """On which day and at what time of day the museum opens; ``days_ahead`` is 0 for today."""

    day: date
    opens: str
    days_ahead: int

    @property
    def weekday(self) -> str:
        """The day of the week, in English, as the pack names it."""
        return DAYS[self.day.weekday()]


@dataclass(frozen=True)
class Calendar:
    """The weekly hours and the days on which the museum is closed in spite of them."""

    timezone: str
    openings: Sequence[OpeningHours]
    closed: Sequence[ClosedDays]

    def today(self, moment: datetime) -> date:
        """Return which day it is in the museum at a moment (aware)."""
        return self._there(moment).date()

    def open_until(self, moment: datetime) -> str | None:
        """Return until when the museum is open at a moment, or None."""
        there = self._there(moment)
        if self._closed_to(there.date()) is not None:
            return None
        clock = f"{there:%H:%M}"
        for opening in self._on(there.date()):
            if opening.opens <= clock < opening.closes:
                return opening.closes
        return None

    def opens_next(self, moment: datetime) -> Opening | None:
        """Return when the museum opens next after a moment, or None where it has no hours.

        Today counts. Closed days are passed over, however many they are.
        """
        there = self._there(moment)
        clock, day = f"{there:%H:%M}", there.date()
        for _ in range(len(DAYS) + 1 + len(DAYS) * len(self.closed)):
            last = self._closed_to(day)
            times = () if last else sorted(each.opens for each in self._on(day))
            for opens in times:
                if day > there.date() or opens > clock:
                    return Opening(day, opens, (day - there.date()).days)
            day = (last or day) + _A_DAY
        return None

    def closed_to_come(self, moment: datetime) -> tuple[ClosedDays, ...]:
        """Return the closed days of today and later; what touches or overlaps is one stretch."""
        today = self.today(moment)
        return tuple(each for each in joined(self.closed) if each.last >= today)

    def _there(self, moment: datetime) -> datetime:
        return moment.astimezone(ZoneInfo(self.timezone))

    def _on(self, day: date) -> list[OpeningHours]:
        return [each for each in self.openings if DAYS[day.weekday()] in each.days]

    def _closed_to(self, day: date) -> date | None:
        """Return until when it is closed on a day, or None where that is no closed day."""
        return max(
            (each.last for each in self.closed if each.first <= day <= each.last), default=None
        )


def joined(stretches: Iterable[ClosedDays]) -> tuple[ClosedDays, ...]:
    """Put closed days in order, as few stretches as they are."""
    found: list[ClosedDays] = []
    for each in sorted(stretches, key=lambda stretch: (stretch.first, stretch.last)):
        if found and each.first <= found[-1].last + _A_DAY:
            found[-1] = ClosedDays(found[-1].first, max(found[-1].last, each.last))
        else:
            found.append(each)
    return tuple(found)
