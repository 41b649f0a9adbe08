"""A moment in time as the database keeps it: UTC, aware, the same on every database."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import DateTime
from sqlalchemy.types import TypeDecorator


def now() -> datetime:
    """Return the present moment by the date of the machine, in UTC."""
    return datetime.fromtimestamp(time.time(), UTC)


def not_beyond(stored: datetime, longest: timedelta, moment: datetime | None = None) -> datetime:
    """Return a stored moment, or the latest that it can be where the date was set back since.

    Nothing is ever written that ends later than ``longest`` from then: what lies further ahead was
    written by another date, and would hold for as long as that date was wrong.
    """
    return min(stored, (moment or now()) + longest)


class Moment(TypeDecorator[datetime]):
    """A column of moments: aware in Python, naive UTC in the database."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Any) -> datetime | None:
        """Store as naive UTC."""
        return None if value is None else value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: Any | None, dialect: Any) -> datetime | None:
        """Load as aware UTC."""
        return None if value is None else value.replace(tzinfo=UTC)
