"""Leave a voice alone that can speak nothing for now, longer each time; its texts wait for it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Select, delete, select
from sqlalchemy.orm import Session

from audioguide.errors import Message, VoiceUnavailable
from audioguide.models import VoiceRest, now
from audioguide.services import publishing
from audioguide.services.narrations import kept_reason, reason_of

FIRST_REST = timedelta(minutes=1)
LONGEST_REST = timedelta(hours=1)
LONGEST_WISH = timedelta(hours=24)  # of a service that says Retry-After


@dataclass(frozen=True)
class Rest:
    """Until when a voice rests, and why."""

    until: datetime
    reason: Message


def rest(session: Session, voice: str, error: VoiceUnavailable) -> None:
    """Let a voice rest: a minute at first, twice as long each time, an hour at most.

    The rest is a row, so that one attempt is enough for all processes.
    """
    row = session.get(VoiceRest, voice) or VoiceRest(voice=voice, failures=0)
    length = min(FIRST_REST * 2 ** min(row.failures, 10), LONGEST_REST)
    wish = timedelta(seconds=min(error.wait_s, LONGEST_WISH.total_seconds()))
    row.until, row.failures = now() + max(length, wish), row.failures + 1
    row.reason = kept_reason(error.message)
    session.add(row)
    publishing.raise_edition(session)  # a page may promise its sound no more


def wake(session: Session, voice: str) -> None:
    """Say that a voice has spoken: its next rest is short again."""
    session.execute(delete(VoiceRest).where(VoiceRest.voice == voice))


def wake_all(session: Session) -> None:
    """Give every voice another chance now."""
    session.execute(delete(VoiceRest))


def voices(session: Session) -> Mapping[str, Rest]:
    """Find the voices that rest."""
    rows = session.scalars(select(VoiceRest).where(_rests()))
    return {row.voice: Rest(row.until, reason_of(row.reason)) for row in rows}


def resting_voices() -> Select[str]:
    """Select the names of the voices that rest, as part of another query."""
    return select(VoiceRest.voice).where(_rests())


def _rests() -> ColumnElement[bool]:
    """Tell the rests that last; one that ends later than any can is none: the date was set back."""
    moment = now()
    return (VoiceRest.until > moment) & (VoiceRest.until <= moment + LONGEST_WISH)
