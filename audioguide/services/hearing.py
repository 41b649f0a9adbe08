"""Find what can be heard, and count what is still being made."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import Session, aliased

from audioguide.errors import AudioguideError, Message
from audioguide.languages import Language
from audioguide.models import Narration, Source, State, Stop, Transcript, now
from audioguide.services import resting
from audioguide.services.narrations import EVERYTHING, Scope, has_lapsed, reason_of
from audioguide.speech.cues import Cue, read_webvtt
from audioguide.storage import Store


@dataclass(frozen=True)
class Heard:
    """What can be heard at a stop in one language; ``is_current`` tells if it speaks the text.

    ``sound`` is the MP3; a sound of before there was a second format has no ``webm``.
    ``voice`` is the voice's name as staff and the API see it; ``made_at`` is when it spoke.
    """

    sound: str
    webm: str | None
    cues: str
    size_bytes: int
    webm_size_bytes: int | None
    duration_ms: int
    loudness_lufs: float
    voice: str
    source: Source
    made_at: datetime
    text_digest: str
    is_current: bool

    @property
    def is_settled(self) -> bool:
        """Whether no other sound will follow: it speaks the text, or a person speaks."""
        return self.is_current or self.source == Source.RECORDED


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


def heard(session: Session, stop_id: int, language: Language, digest: str) -> Heard | None:
    """Find what is heard: a recording, else the best voice that speaks the present text.

    Where none speaks it, the newest sound of an older text is heard.
    """
    rows = session.scalars(
        select(Narration)
        .where(Narration.stop_id == stop_id, Narration.language == language)
        .where(Narration.sound.is_not(None))
        .order_by(Narration.made_at.desc())
    ).all()
    return best(rows, digest)


def failures(session: Session, scope: Scope = EVERYTHING) -> tuple[Failure, ...]:
    """Give every text of a published stop that no voice could speak, in walking order.

    A recording that cannot be used is among them, whatever is heard in its place.
    """
    return tuple(
        Failure(_stop_name(stop), Language(row.language), reason_of(row.reason), Source(row.source))
        for stop, row, is_heard in _failed(session, scope)
        if not is_heard or row.source == Source.RECORDED
    )


def fallbacks(session: Session, scope: Scope = EVERYTHING) -> tuple[Fallback, ...]:
    """Give every narration that a better voice failed to speak where another one did."""
    return tuple(
        Fallback(_stop_name(stop), Language(row.language), row.voice, reason_of(row.reason))
        for stop, row, is_heard in _failed(session, scope)
        if is_heard and row.source == Source.GENERATED
    )


def noted(session: Session, scope: Scope = EVERYTHING) -> tuple[Failure, ...]:
    """Give what is to be known of sounds that a voice has made: sentences it passed over."""
    rows = session.execute(
        select(Stop, Narration)
        .join(Stop, Stop.id == Narration.stop_id)
        .where(scope.condition, Narration.state == State.READY, Narration.reason.is_not(None))
        .where(Narration.source == Source.GENERATED)
        .order_by(Stop.position, Narration.id)
    )
    return tuple(
        Failure(_stop_name(stop), Language(row.language), reason_of(row.reason), Source.GENERATED)
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
        .join(Stop, Stop.id == Narration.stop_id)
        .where(scope.condition, Narration.state == State.FAILED)
        .order_by(Stop.position, Narration.id)
    )
    return [(stop, row, is_heard) for stop, row, is_heard in rows]


def _stop_name(stop: Stop) -> str:
    return f"{stop.number} {stop.slug}"


def best(rows: Sequence[Narration], digest: str) -> Heard | None:
    """Choose among the narrations with sound of one stop and language, newest first.

    A person who was recorded is heard whatever a computer has made since.
    """
    recorded = [row for row in rows if row.source == Source.RECORDED]
    current = [row for row in rows if row.text_digest == digest]
    preferred = sorted(current, key=lambda row: -(row.preference or 0))  # keeps the newest first
    chosen = next(iter(recorded or preferred or rows), None)
    return None if chosen is None else _heard(chosen, digest)


def cues(store: Store, heard: Heard) -> tuple[Cue, ...]:
    """Read when each sentence is heard; nothing if the file is lost or damaged."""
    return read_cues(store, heard.cues)


def read_cues(store: Store, name: str) -> tuple[Cue, ...]:
    """Read the cues that are kept under a name; nothing if the file is lost or damaged."""
    kept = store.read(name)
    try:
        return read_webvtt(kept.decode()) if kept else ()
    except (UnicodeDecodeError, AudioguideError):
        return ()  # damaged on the disk; the next start makes it again


def sounding(session: Session, language: Language) -> tuple[tuple[str, str], ...]:
    """Give the slug and the cues of every published stop whose present text can be heard."""
    rows = session.execute(
        select(Stop.slug, Narration.cues)
        .join(Narration, Narration.stop_id == Stop.id)
        .join(
            Transcript,
            and_(Transcript.stop_id == Stop.id, Transcript.language == Narration.language),
        )
        .where(Stop.published, Narration.language == language)
        .where(Narration.text_digest == Transcript.digest, Narration.sound.is_not(None))
        .order_by(Stop.position)
    )
    return tuple((slug, cues or "") for slug, cues in rows)


def has_failed(session: Session, stop_id: int, language: Language) -> bool:
    """Tell whether no voice that could speak here and now is left to try."""
    rows = session.execute(
        select(Narration.state, resting.is_resting()).where(
            Narration.stop_id == stop_id, Narration.language == language
        )
    ).all()
    has_tried = any(state == State.FAILED for state, _ in rows)
    return has_tried and all(state == State.FAILED or rests for state, rests in rows)


def progress(session: Session, scope: Scope = EVERYTHING) -> Progress:
    """Count the narrations of published stops by what is left to do."""
    unclaimed = or_(Narration.state == State.WANTED, has_lapsed(now()))
    rests = and_(unclaimed, resting.is_resting()).label("rests")
    counted = session.execute(
        select(Narration.state, rests, func.count())
        .join(Stop, Stop.id == Narration.stop_id)
        .where(scope.condition)
        .group_by(Narration.state, rests)
    )
    counts = {(str(state), bool(rests)): int(number) for state, rests, number in counted}
    return Progress(
        ready=counts.get((State.READY, False), 0),
        to_do=counts.get((State.WANTED, False), 0) + counts.get((State.SPEAKING, False), 0),
        failed=len(failures(session, scope)),
        waiting=counts.get((State.WANTED, True), 0) + counts.get((State.SPEAKING, True), 0),
    )


def _heard(row: Narration, digest: str) -> Heard:
    return Heard(
        sound=row.sound or "",
        webm=row.webm,
        cues=row.cues or "",
        size_bytes=row.size_bytes or 0,
        webm_size_bytes=row.webm_size_bytes,
        duration_ms=row.duration_ms or 0,
        loudness_lufs=row.loudness_lufs or 0.0,
        voice=row.voice,
        source=Source(row.source),
        made_at=row.made_at or now(),
        text_digest=row.text_digest or "",
        is_current=row.text_digest == digest,
    )
