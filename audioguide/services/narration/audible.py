"""Find what can be heard: the best sound of each text, and when its sentences come."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from audioguide.errors import AudioguideError
from audioguide.languages import Language
from audioguide.models import Narration, Source, State, Stop, Transcript, now
from audioguide.services.narration import backoff
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
        .join(Narration.stop)
        .join(Narration.transcript)
        .where(Stop.published, Narration.language == language)
        .where(Narration.text_digest == Transcript.digest, Narration.sound.is_not(None))
        .order_by(Stop.position)
    )
    return tuple((slug, cues or "") for slug, cues in rows)


def has_failed(session: Session, stop_id: int, language: Language) -> bool:
    """Tell whether no voice that could speak here and now is left to try."""
    rows = session.execute(
        select(Narration.state, backoff.is_resting()).where(
            Narration.stop_id == stop_id, Narration.language == language
        )
    ).all()
    has_tried = any(state == State.FAILED for state, _ in rows)
    return has_tried and all(state == State.FAILED or rests for state, rests in rows)


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
        source=row.source,
        made_at=row.made_at or now(),
        text_digest=row.text_digest or "",
        is_current=row.text_digest == digest,
    )
