"""Say what is to be looked at in recordings, for `check` and the terminal; it changes nothing."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from difflib import SequenceMatcher

from sqlalchemy import select
from sqlalchemy.orm import Session

from audioguide.content import sentences
from audioguide.errors import Finding, Grade, Message, message
from audioguide.languages import Language
from audioguide.models import Narration, State, Stop, Transcript
from audioguide.services.narration.scope import reason_of
from audioguide.services.narration.take_intake import RECORDING
from audioguide.storage import FolderStore

_MOST_QUOTED = 3


def check(session: Session, takes: FolderStore) -> Iterator[Finding]:
    """Find recordings that failed, are older than their text, are unsure or lost their file."""
    for where, text, row in _recordings(session):
        if row.state == State.FAILED:
            yield _failed(where, row)
        if row.sound is not None and row.text_digest != text.digest:
            yield _older(where, row, text)
        if row.sound is not None:
            yield from _doubtful(where, row)
            yield from _noted(where, row)
        if row.take is not None and not takes.has(row.take):
            yield _lost(where, row.take)


def news(session: Session, since: datetime) -> Iterator[Finding]:
    """Find what is to be said at once: recordings that are refused, and that are heard since."""
    for where, _, row in _recordings(session):
        if row.state == State.FAILED:
            yield _failed(where, row)
        elif row.sound is not None and row.made_at is not None and row.made_at >= since:
            yield Finding(Grade.NOTE, where, message("The recording is heard now."))
            yield from _noted(where, row)
            yield from _doubtful(where, row)


def _recordings(session: Session) -> Iterator[tuple[str, Transcript, Narration]]:
    rows = session.execute(
        select(Stop, Transcript, Narration)
        .join(Narration.stop)
        .join(Narration.transcript)
        .where(Stop.published, Narration.voice == RECORDING)
        .order_by(Stop.position, Narration.id)
    )
    for stop, text, row in rows:
        yield f"{stop.number} {stop.slug} {text.language}", text, row


def _noted(where: str, row: Narration) -> Iterator[Finding]:
    """Say what is to be known of a recording that is heard."""
    if row.state == State.READY and row.reason is not None:
        yield Finding(Grade.NOTE, where, reason_of(row.reason))


def _failed(where: str, row: Narration) -> Finding:
    return Finding(
        Grade.WARNING,
        where,
        message("The recording cannot be used: {reason}", reason=reason_of(row.reason)),
        message("Replace it with a better one; until then the previous audio plays."),
    )


def _older(where: str, row: Narration, text: Transcript) -> Finding:
    gone, new = differing(row.read_text or "", text.text, text.language)
    return Finding(
        Grade.WARNING,
        where,
        _difference(gone, new),
        message(
            "Record it again. If the recording does match the current text, import it again with "
            "python3 scripts/audioguide.py narrate --take."
        ),
    )


def differing(
    read: str, present: str, language: Language
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the sentences that were read and are gone, and those that nobody has read."""
    old, new = (
        [each for part in sentences.split_text(text, language) for each in part]
        for text in (read, present)
    )
    gone: list[str] = []
    unread: list[str] = []
    for kind, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind != "equal":
            gone += old[i:j]
            unread += new[k:m]
    return tuple(gone), tuple(unread)


def _difference(gone: tuple[str, ...], new: tuple[str, ...]) -> Message:
    if new:
        return message(
            "The recording is older than its text. Not read yet: {words}", words=_quoted(new)
        )
    if gone:
        return message(
            "The recording is older than its text. Read, and no longer there: {words}",
            words=_quoted(gone),
        )
    return message(
        "The recording is older than its text: only paragraph breaks have changed, no sentence."
    )


def _quoted(words: tuple[str, ...]) -> str:
    shown = " ".join(f"“{each}”" for each in words[:_MOST_QUOTED])
    left = len(words) - _MOST_QUOTED
    return f"{shown} … (+{left})" if left > 0 else shown


def _doubtful(where: str, row: Narration) -> Iterator[Finding]:
    read = [
        each for part in sentences.split_text(row.read_text or "", row.language) for each in part
    ]
    for number in row.doubtful or ():
        if number < len(read):
            yield Finding(
                Grade.WARNING,
                where,
                message(
                    "Needs review: sentence {number} of the recording, “{words}”, may be marked at "
                    "the wrong moment, or was not read as it stands.",
                    number=number + 1,
                    words=read[number],
                ),
                message(
                    "Listen to it on its page. Record the stop again if it is wrong; if it is "
                    "right: python3 scripts/audioguide.py narrate --reviewed {stop} {language} "
                    "{number}",
                    stop=where.partition(" ")[0],
                    language=row.language,
                    number=number + 1,
                ),
            )


def _lost(where: str, take: str) -> Finding:
    return Finding(
        Grade.ERROR,
        where,
        message("The original of the recording, {file}, is gone.", file=take),
        message("Put it back from a copy of the data folder, or record the stop again."),
    )
