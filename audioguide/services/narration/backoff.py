"""Exponential back-off from a voice that can speak nothing for now; its texts wait for it.

A voice rests as a whole, or in one language: its row is then called "gtts ru".
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, delete, or_, select
from sqlalchemy.orm import Session

from audioguide.errors import Message, VoiceUnavailable
from audioguide.languages import Language
from audioguide.models import Narration, VoiceRest, now
from audioguide.services import editions
from audioguide.services.narration.scope import kept_reason, reason_of

FIRST_REST = timedelta(minutes=1)
LONGEST_REST = timedelta(hours=1)
IN_A_ROW = 3  # texts without sound; one or two may be the texts' own fault
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
    wish = timedelta(seconds=min(error.wait_s, LONGEST_WISH.total_seconds()))
    row.until = now() + max(_length(row.failures), wish)
    row.failures += 1
    row.reason = kept_reason(error.message)
    session.add(row)
    editions.raise_edition(session)  # a page may promise its sound no more


def doubt(
    session: Session, voice: str, language: Language, reason: Message, *, is_new: bool
) -> bool:
    """Note that a text was answered without sound; return whether the voice rests for it now.

    It rests in this language after several texts in a row; one that was answered so before is
    no new one.
    """
    key = _key(voice, language)
    row = session.get(VoiceRest, key) or VoiceRest(voice=key, failures=0, until=now())
    row.failures += is_new or row.failures >= IN_A_ROW
    row.reason = kept_reason(reason)
    session.add(row)
    if row.failures < IN_A_ROW:
        return False
    row.until = now() + _length(row.failures - IN_A_ROW)
    editions.raise_edition(session)
    return True


def wake(session: Session, voice: str, language: Language | None = None) -> None:
    """Say that a voice has spoken, in a language: its next rest is short again."""
    keys = [voice] if language is None else [voice, _key(voice, language)]
    session.execute(delete(VoiceRest).where(VoiceRest.voice.in_(keys)))


def wake_all(session: Session) -> None:
    """Give every voice another chance now."""
    session.execute(delete(VoiceRest))


def voices(session: Session) -> Mapping[str, Rest]:
    """Find the voices that rest; ``of`` reads them."""
    rows = session.scalars(select(VoiceRest).where(_rests()))
    return {row.voice: Rest(row.until, reason_of(row.reason)) for row in rows}


def of(rests: Mapping[str, Rest], voice: str, language: Language) -> Rest | None:
    """Return the rest of a voice in a language, or None where it can be asked."""
    return rests.get(voice) or rests.get(_key(voice, language))


def is_resting() -> ColumnElement[bool]:
    """Tell of a narration whether its voice rests, as part of another query."""
    resting = select(VoiceRest.voice).where(_rests())
    in_one_language = Narration.voice + " " + Narration.language
    return or_(Narration.voice.in_(resting), in_one_language.in_(resting))


def _rests() -> ColumnElement[bool]:
    """Tell the rests that last; one that ends later than any can is none: the date was set back."""
    moment = now()
    return (VoiceRest.until > moment) & (VoiceRest.until <= moment + LONGEST_WISH)


def _key(voice: str, language: Language) -> str:
    return f"{voice} {language}"


def _length(failures: int) -> timedelta:
    length: timedelta = FIRST_REST * 2 ** min(failures, 10)
    return min(length, LONGEST_REST)
