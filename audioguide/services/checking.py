"""Look the whole guide over and say what is not as it should be, in three grades."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session

from audioguide.content.pack import Pack
from audioguide.errors import Finding, Grade, message
from audioguide.models import Narration, State, Stop, Transcript
from audioguide.services import hearing, picturing, registering
from audioguide.storage import Store


def check(session: Session, pack: Pack, store: Store) -> tuple[Finding, ...]:
    """Check the guide against a pack that has no mistakes of its own."""
    return (
        *_conflicts(session, pack),
        *_sounds(session, store),
        *_failures(session),
        *picturing.findings(session, store),
        *registering.wall_findings(session),
        *_approvals(session),
    )


def voice_notes() -> tuple[Finding, ...]:
    """Say which voices are at hand."""
    return (
        Finding(
            Grade.NOTE,
            "voices",
            message("Every narration is a draft by espeak-ng, a computer voice on this machine."),
        ),
    )


def _conflicts(session: Session, pack: Pack) -> Iterator[Finding]:
    codes = {each.code: each for each in pack.stops}
    rows = session.execute(select(Stop, Transcript).join(Transcript).order_by(Stop.position))
    for stop, row in rows:
        words = codes[stop.code].words if stop.code in codes else {}
        given = next((each for language, each in words.items() if language == row.language), None)
        if given and given.digest not in (row.pack_digest, row.words_digest):
            yield Finding(
                Grade.WARNING,
                _where(stop, row.language),
                message("The text was changed in the file and in the guide."),
                message("Write into the file what should hold, and import again."),
            )


def _sounds(session: Session, store: Store) -> Iterator[Finding]:
    rows = session.execute(
        select(Stop, Narration)
        .join(Narration, Narration.stop_id == Stop.id)
        .where(Stop.published)
        .order_by(Stop.position, Narration.id)
    )
    unheard = 0
    for stop, row in rows:
        where = _where(stop, row.language)
        if row.state in (State.WANTED, State.SPEAKING) and row.sound is None:
            unheard += 1
        elif row.sound is not None and row.text_digest != row.wanted_digest:
            yield Finding(
                Grade.WARNING,
                where,
                message("The sound is older than the text."),
                message("Start the guide, or run scripts/narrate.py."),
            )
        for file in (row.sound, row.webm, row.cues):
            if file is not None and not store.is_whole(file):
                yield Finding(
                    Grade.ERROR,
                    where,
                    message("The sound file {file} is gone or damaged.", file=file),
                    message("Start the guide, or run scripts/narrate.py: it is made again."),
                )
    if unheard:
        yield Finding(
            Grade.NOTE,
            "sound",
            message("Texts without sound yet: {count}.", count=unheard),
            message("Start the guide, or run scripts/narrate.py."),
        )


def _failures(session: Session) -> Iterator[Finding]:
    for each in hearing.failures(session):
        yield Finding(
            Grade.WARNING,
            f"{each.stop} {each.language}",
            message("The sound could not be made: {reason}", reason=each.reason),
            message("Mend the text, or run scripts/narrate.py to try again."),
        )


def _approvals(session: Session) -> Iterator[Finding]:
    waiting = session.scalars(
        select(Stop.number)
        .where(Stop.published, Stop.approved_on.is_(None))
        .order_by(Stop.position)
    ).all()
    if waiting:
        yield Finding(
            Grade.NOTE,
            "texts",
            message("Stops that await the museum's approval: {count}.", count=len(waiting)),
            message("Write approved_by and approved_on into museum.toml."),
        )


def _where(stop: Stop, language: str) -> str:
    return f"{stop.number} {stop.slug} {language}"
