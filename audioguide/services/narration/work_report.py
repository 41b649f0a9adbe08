"""Report on the making of narrations: how many are ready, which failed, and why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, func, select
from sqlalchemy.orm import Session, aliased

from audioguide.errors import Message
from audioguide.languages import Language
from audioguide.models import Narration, Source, State, Stop, now
from audioguide.services import museum_languages
from audioguide.services.narration import backoff
from audioguide.services.narration.scope import EVERYTHING, Scope, reason_of


@dataclass(frozen=True)
class Progress:
    """How many narrations are ready, to be made, failed in every voice, waiting for a voice."""

    ready: int
    to_do: int
    failed: int
    waiting: int = 0


@dataclass(frozen=True)
class Failure:
    """A narration that no voice could make, or made in part; or a recording that cannot be used."""

    stop: str
    language: Language
    reason: Message
    source: Source


@dataclass(frozen=True)
class Fallback:
    """A narration that a better voice was to speak, and could not; another one is heard."""

    stop: str
    language: Language
    voice: str
    reason: Message


def progress(session: Session, scope: Scope = EVERYTHING) -> Progress:
    """Count the narrations of published stops by what is left to do."""
    rests = and_(Narration.is_to_do(now()), backoff.is_resting()).label("rests")
    counted = session.execute(
        select(Narration.state, rests, func.count())
        .join(Narration.stop)
        .where(scope.condition, _is_shown(session))
        .group_by(Narration.state, rests)
    )
    counts = {(state, bool(rests)): number for state, rests, number in counted}
    return Progress(
        ready=counts.get((State.READY, False), 0),
        to_do=counts.get((State.WANTED, False), 0) + counts.get((State.SPEAKING, False), 0),
        failed=len(failures(session, scope)),
        waiting=counts.get((State.WANTED, True), 0) + counts.get((State.SPEAKING, True), 0),
    )


def failures(session: Session, scope: Scope = EVERYTHING) -> tuple[Failure, ...]:
    """Give every text of a published stop that no voice could speak, in walking order.

    A recording that cannot be used is among them, whatever is heard in its place.
    """
    return tuple(
        Failure(_stop_name(stop), row.language, reason_of(row.reason), row.source)
        for stop, row, is_heard in _failed(session, scope)
        if not is_heard or row.source == Source.RECORDED
    )


def fallbacks(session: Session, scope: Scope = EVERYTHING) -> tuple[Fallback, ...]:
    """Give every narration that a better voice failed to speak where another one did."""
    return tuple(
        Fallback(_stop_name(stop), row.language, row.voice, reason_of(row.reason))
        for stop, row, is_heard in _failed(session, scope)
        if is_heard and row.source == Source.GENERATED
    )


def noted(session: Session, scope: Scope = EVERYTHING) -> tuple[Failure, ...]:
    """Give what is to be known of sounds that a voice has made: sentences it passed over."""
    rows = session.execute(
        select(Stop, Narration)
        .join(Narration.stop)
        .where(scope.condition, Narration.state == State.READY, Narration.reason.is_not(None))
        .where(Narration.source == Source.GENERATED, _is_shown(session))
        .order_by(Stop.position, Narration.id)
    )
    return tuple(
        Failure(_stop_name(stop), row.language, reason_of(row.reason), Source.GENERATED)
        for stop, row in rows
    )


def _failed(session: Session, scope: Scope) -> Sequence[tuple[Stop, Narration, bool]]:
    """Find what has failed, and whether another voice is heard in its place."""
    other = aliased(Narration)
    spoken = select(other.id).where(
        other.stop_id == Narration.stop_id,
        other.language == Narration.language,
        other.id != Narration.id,
        other.state == State.READY,
    )
    rows = session.execute(
        select(Stop, Narration, spoken.exists())
        .join(Narration.stop)
        .where(scope.condition, _is_shown(session), Narration.state == State.FAILED)
        .order_by(Stop.position, Narration.id)
    )
    return [(stop, row, is_heard) for stop, row, is_heard in rows]


def _is_shown(session: Session) -> ColumnElement[bool]:
    """Tell whether a narration is in a language that the museum has: others are of before."""
    return Narration.language.in_(museum_languages.of_museum(session).tags)


def _stop_name(stop: Stop) -> str:
    return f"{stop.number} {stop.slug}"
