"""Explain a stop to a curator: each sentence as read, as spoken, and when it is heard."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from audioguide.errors import AskedWrongly, Message, message
from audioguide.languages import Language
from audioguide.models import Narration, State, Stop, Transcript
from audioguide.services.narration import audible, lexicons, scripts
from audioguide.services.narration.audible import Heard
from audioguide.services.narration.scope import reason_of
from audioguide.storage import Store


@dataclass(frozen=True)
class ToldSentence:
    """A sentence as shown, as spoken, and where its sound begins, if there is sound of it."""

    shown: str
    spoken: str
    start_ms: int | None


@dataclass(frozen=True)
class Told:
    """A stop explained."""

    stop: str
    title: str
    state: Message
    sentences: tuple[ToldSentence, ...]


def explain(session: Session, stop_id: int, language: Language, media: Path, store: Store) -> Told:
    """Explain a stop in one language; raise AskedWrongly where it has no words yet."""
    stop = session.get_one(Stop, stop_id)
    words = session.scalars(
        select(Transcript).where(Transcript.stop_id == stop_id, Transcript.language == language)
    ).one_or_none()
    if words is None:
        raise AskedWrongly(
            "Stop {stop} has no words in {language} yet.", stop=stop.number, language=language
        )
    heard = audible.heard(session, stop_id, language, words.digest)
    cues = audible.cues(store, heard) if heard and heard.is_current else ()
    lines = [
        line
        for paragraph in scripts.script(words.text, language, lexicons.lexicon(media, language))
        for line in paragraph
    ]
    starts = [cue.start_ms for cue in cues] if len(cues) == len(lines) else [None] * len(lines)
    return Told(
        stop=f"{stop.number} {stop.slug}",
        title=words.title,
        state=_state(session, stop_id, language, heard),
        sentences=tuple(
            ToldSentence(line.shown, line.spoken, start)
            for line, start in zip(lines, starts, strict=True)
        ),
    )


def _state(session: Session, stop_id: int, language: Language, heard: Heard | None) -> Message:
    """Say which voice is heard and, where a better one could not speak, why."""
    rows = session.scalars(
        select(Narration)
        .where(Narration.stop_id == stop_id, Narration.language == language)
        .order_by(Narration.preference.desc())
    ).all()
    if not rows:
        return message("This stop is not published: it is not spoken yet.")
    failed = next((row for row in rows if row.state == State.FAILED), None)
    if heard is None or not heard.is_settled:
        if failed is not None and audible.has_failed(session, stop_id, language):
            reason = reason_of(failed.reason)
            return message("The sound could not be made: {reason}", reason=reason)
        return message("The sound is still being made.")
    spoken = message(
        "Spoken by {voice}, {seconds} s long, made {day}.",
        voice=heard.voice,
        seconds=round(heard.duration_ms / 1000),
        day=f"{heard.made_at:%Y-%m-%d}",
    )
    if failed is None:
        return spoken
    return message(
        "{spoken} Not by {voice}: {reason}",
        spoken=spoken,
        voice=failed.voice,
        reason=reason_of(failed.reason),
    )
