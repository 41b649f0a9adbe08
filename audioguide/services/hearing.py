"""Find what can be heard, and count what is still being made."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, func, select
from sqlalchemy.orm import Session

from audioguide.errors import AudioguideError
from audioguide.languages import Language
from audioguide.models import Narration, Source, State, Stop, Transcript, now
from audioguide.services.narrating import EVERYTHING, Scope
from audioguide.speech.cues import Cue, read_webvtt
from audioguide.storage import Store


@dataclass(frozen=True)
class Heard:
    """What can be heard at a stop in one language; ``is_current`` tells if it speaks the text.

    ``sound`` is the MP3; a sound of before there was a second format has no ``webm``.
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


@dataclass(frozen=True)
class Progress:
    """How many narrations are ready, still to be made, and failed."""

    ready: int
    to_do: int
    failed: int


@dataclass(frozen=True)
class Failure:
    """A narration that no voice could make, and why."""

    stop: str
    language: Language
    reason: str


def heard(session: Session, stop_id: int, language: Language, digest: str) -> Heard | None:
    """Find what is heard: the sound of the present text, else the newest of an older one."""
    rows = session.scalars(
        select(Narration)
        .where(Narration.stop_id == stop_id, Narration.language == language)
        .where(Narration.sound.is_not(None))
        .order_by(Narration.made_at.desc())
    ).all()
    return best(rows, digest)


def failures(session: Session, scope: Scope = EVERYTHING) -> tuple[Failure, ...]:
    """Give every narration of a published stop that failed, in walking order."""
    rows = session.execute(
        select(Stop.number, Stop.slug, Narration.language, Narration.reason)
        .join(Stop, Stop.id == Narration.stop_id)
        .where(scope.condition, Narration.state == State.FAILED)
        .order_by(Stop.position, Narration.id)
    )
    return tuple(
        Failure(f"{number} {slug}", Language(language), reason or "")
        for number, slug, language, reason in rows
    )


def best(rows: Sequence[Narration], digest: str) -> Heard | None:
    """Choose among the narrations with sound of one stop and language, newest first."""
    current = [row for row in rows if row.text_digest == digest]
    chosen = next(iter(current or rows), None)
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
    """Tell whether every voice has failed at a stop in one language."""
    states = session.scalars(
        select(Narration.state).where(Narration.stop_id == stop_id, Narration.language == language)
    ).all()
    return bool(states) and all(state == State.FAILED for state in states)


def progress(session: Session, scope: Scope = EVERYTHING) -> Progress:
    """Count the narrations of published stops by what is left to do."""
    counted = session.execute(
        select(Narration.state, func.count())
        .join(Stop, Stop.id == Narration.stop_id)
        .where(scope.condition)
        .group_by(Narration.state)
    )
    counts = {str(state): int(number) for state, number in counted}
    return Progress(
        ready=counts.get(State.READY, 0),
        to_do=counts.get(State.WANTED, 0) + counts.get(State.SPEAKING, 0),
        failed=counts.get(State.FAILED, 0),
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
