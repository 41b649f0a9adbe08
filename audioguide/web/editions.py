"""Cacheable answers: how a handler says that one is the same for everybody, and until when."""

from __future__ import annotations

from datetime import datetime
from typing import TypeVar

from werkzeug.wrappers import Response

from audioguide.services.editions import GUIDE

Answer = TypeVar("Answer", bound=Response)
A_YEAR_SECONDS = 31_536_000


def for_everybody(answer: Answer, *scopes: str, seconds: int | None = None) -> Answer:
    """Declare an answer the same for everybody who asks for its path, until an edition rises.

    The scope is the guide's unless others are named. ``seconds``: for how long it holds where
    it depends on the time as well. Never for what looks at a cookie, a language or a query.
    """
    answer.headers["Audioguide-Edition"] = ", ".join(scopes or (GUIDE,))
    if seconds is not None:
        answer.headers["Audioguide-Seconds"] = str(seconds)
    return answer


def for_ever(answer: Answer) -> Answer:
    """Let a browser keep what is named by its bytes for a year, without asking again."""
    answer.headers["Cache-Control"] = f"public, max-age={A_YEAR_SECONDS}, immutable"
    return answer


def to_the_minute(moment: datetime) -> int:
    """Return for how many seconds an answer holds that depends on the day or the time of day.

    Houses open and days end on the minute. It is never longer, so that a date which is set right
    is on every page within one.
    """
    return 60 - moment.second
