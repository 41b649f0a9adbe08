from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from audioguide.content.pack import ClosedDays, OpeningHours
from audioguide.services.visitor.calendar import Calendar, Opening, joined

ALMATY = ZoneInfo("Asia/Almaty")
HOURS = (
    OpeningHours(("monday", "tuesday", "wednesday", "thursday", "friday"), "09:00", "18:00"),
    OpeningHours(("saturday",), "09:00", "13:00"),
)


def calendar(*closed: tuple[date, date], hours: tuple[OpeningHours, ...] = HOURS) -> Calendar:
    return Calendar("Asia/Almaty", hours, [ClosedDays(*each) for each in closed])


def there(year: int, month: int, day: int, hour: int = 12, minute: int = 0) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=ALMATY).astimezone(ZoneInfo("UTC"))


WEDNESDAY = date(2026, 12, 16)


def test_a_closed_day_begins_and_ends_at_midnight_in_the_museum() -> None:
    museum = calendar((WEDNESDAY, WEDNESDAY))
    assert museum.open_until(there(2026, 12, 15, 17, 59)) == "18:00"
    assert museum.open_until(there(2026, 12, 16, 9)) is None
    assert museum.open_until(there(2026, 12, 17, 9)) == "18:00"


def test_a_closed_museum_opens_on_the_first_day_that_is_not_closed() -> None:
    museum = calendar((WEDNESDAY, WEDNESDAY))
    opens = Opening(date(2026, 12, 17), "09:00", 2)
    assert museum.opens_next(there(2026, 12, 15, 19)) == opens
    assert museum.opens_next(there(2026, 12, 16, 8)) == Opening(date(2026, 12, 17), "09:00", 1)
    assert opens.weekday == "thursday"


def test_closed_over_the_end_of_a_year_it_opens_in_the_next() -> None:
    museum = calendar((date(2026, 12, 31), date(2027, 1, 3)))
    assert museum.opens_next(there(2026, 12, 31)) == Opening(date(2027, 1, 4), "09:00", 4)


def test_closed_over_the_end_of_february_it_opens_in_march() -> None:
    museum = calendar((date(2028, 2, 28), date(2028, 2, 29)))
    assert museum.opens_next(there(2028, 2, 28)) == Opening(date(2028, 3, 1), "09:00", 2)


@pytest.mark.parametrize("days", [6, 7, 45, 400, 4000])
def test_closed_for_long_it_still_says_when_it_opens(days: int) -> None:
    last = WEDNESDAY + timedelta(days=days)
    found = calendar((WEDNESDAY, last)).opens_next(there(2026, 12, 16))
    assert found is not None
    assert found.day > last
    assert (found.day - last).days <= 2  # no Sunday
    assert found.days_ahead == (found.day - WEDNESDAY).days


def test_many_single_closed_days_in_a_row_are_passed_over() -> None:
    mondays = OpeningHours(("monday",), "10:00", "12:00")
    closed = [(date(2026, 12, 21) + timedelta(weeks=n),) * 2 for n in range(200)]
    found = calendar(*closed, hours=(mondays,)).opens_next(there(2026, 12, 16))
    assert found is not None
    assert found.day == date(2026, 12, 21) + timedelta(weeks=200)


def test_a_museum_without_hours_opens_never() -> None:
    assert calendar((WEDNESDAY, WEDNESDAY), hours=()).opens_next(there(2026, 12, 16)) is None


def test_closed_days_to_come_are_todays_and_later_in_order() -> None:
    museum = calendar(
        (date(2027, 3, 21), date(2027, 3, 23)),
        (date(2026, 12, 14), date(2026, 12, 16)),
        (date(2026, 12, 1), date(2026, 12, 15)),
        (date(2026, 1, 1), date(2026, 1, 2)),
    )
    assert museum.closed_to_come(there(2026, 12, 16, 23, 59)) == (
        ClosedDays(date(2026, 12, 1), date(2026, 12, 16)),
        ClosedDays(date(2027, 3, 21), date(2027, 3, 23)),
    )
    assert len(museum.closed_to_come(there(2026, 12, 17, 0))) == 1


def test_stretches_that_touch_or_overlap_are_one() -> None:
    def days(first: int, last: int) -> ClosedDays:
        return ClosedDays(date(2026, 5, first), date(2026, 5, last))

    assert joined([days(5, 9), days(1, 3), days(4, 4), days(6, 7), days(20, 21)]) == (
        days(1, 9),
        days(20, 21),
    )
