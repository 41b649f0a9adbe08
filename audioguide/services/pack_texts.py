"""Bring the texts of stops from the pack into the database, and keep each version they have had."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy import inspect
from sqlalchemy.orm import Session

from audioguide.content.pack import PackStop
from audioguide.content.text import Words, sha256
from audioguide.models import BY_THE_PACK, Revision, Stop, Transcript, now
from audioguide.services.many_rows import insert_all, insert_known


@dataclass
class BroughtTexts:
    """Which texts are new, which have changed, and which both sides had changed, by name."""

    added: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    conflicts: list[str] = field(default_factory=list)


def bring_in(
    session: Session, given: Sequence[PackStop], stops: Mapping[str, Stop]
) -> BroughtTexts:
    """Write the texts of stops, found by their codes, as the pack has them.

    Where the pack and the database both changed a text, the database's stays.
    """
    report = BroughtTexts()
    written = []
    for stop in given:
        written += _bring_stop(stops[stop.code], stop, report)
    new = [row for row in written if inspect(row).transient]
    insert_known(session, new, "stop_id", "language")
    by_id = {stop.id: stop for stop in stops.values()}
    for row in new:
        by_id[row.stop_id].transcripts.append(row)
    session.flush()
    insert_all(session, [_version(row) for row in written])
    return report


def _bring_stop(stop: Stop, given: PackStop, report: BroughtTexts) -> list[Transcript]:
    """Bring the texts of one stop, and return those that are new or changed."""
    rows = {row.language: row for row in stop.transcripts}
    written = []
    for language, words in given.words.items():
        name = f"{given.number} {given.slug} {language}"
        row = rows.get(language)
        if row is None:
            row = Transcript(stop_id=stop.id, language=language)
            report.added.append(name)
        elif words.digest in (row.pack_digest, row.words_digest):
            row.pack_digest = words.digest
            continue
        elif row.words_digest == row.pack_digest:
            report.changed.append(name)
        else:
            report.conflicts.append(name)
            continue
        _write(row, words)
        written.append(row)
    return written


def _write(row: Transcript, words: Words) -> None:
    row.title, row.label_title = words.title, words.label
    row.content_note, row.text = words.content_note, words.text
    row.sources = "\n".join(words.sources)
    row.digest, row.words_digest = sha256(words.text), words.digest
    row.pack_digest = words.digest


def _version(row: Transcript) -> Revision:
    return Revision(
        transcript_id=row.id,
        title=row.title,
        label_title=row.label_title,
        content_note=row.content_note,
        text=row.text,
        sources=row.sources,
        words_digest=row.words_digest,
        made_by=BY_THE_PACK,
        made_at=now(),
    )
