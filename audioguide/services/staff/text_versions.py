"""The versions that a text has had: list them, and write one of them into the pack again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from audioguide import files
from audioguide.content import sentences
from audioguide.content.takes import STOPS
from audioguide.content.text import Words, read_words
from audioguide.content.writing import put_in_place, readable_file, text_file
from audioguide.errors import (
    AskedWrongly,
    AudioguideError,
    Finding,
    Grade,
    PackBroken,
    message,
    plain_reason,
)
from audioguide.languages import Language
from audioguide.models import BY_THE_PACK, Revision, Stop, Transcript


@dataclass(frozen=True)
class Version:
    """A version of a text, numbered from 1; ``first_change`` is the first that is new in it.

    A version in which something was only taken out has what was taken out as ``first_change``,
    and ``only_less`` says so.
    """

    number: int
    made_at: datetime
    made_by: str
    words: Words
    is_present: bool
    first_change: str
    only_less: bool

    @property
    def is_of_the_pack(self) -> bool:
        """Whether it came from a file, where nobody signs."""
        return self.made_by == BY_THE_PACK

    @property
    def file(self) -> str:
        """The text file that has these words."""
        return text_file(self.words)


def versions(session: Session, stop_id: int, language: Language) -> tuple[Version, ...]:
    """List the versions of a text, the oldest first; raise AskedWrongly where there is none."""
    text = _text(session, stop_id, language)
    rows = session.scalars(
        select(Revision).where(Revision.transcript_id == text.id).order_by(Revision.id)
    ).all()
    parts = [_parts(_words(row), language) for row in rows]
    found = []
    for number, (row, (before, now)) in enumerate(
        zip(rows, pairwise([[], *parts]), strict=True), start=1
    ):
        new = [each for each in now if each not in before]
        gone = [each for each in before if each not in now]
        found.append(
            Version(
                number=number,
                made_at=row.made_at,
                made_by=row.made_by,
                words=_words(row),
                is_present=number == len(rows),
                first_change=(new or gone or now)[0],
                only_less=not new and bool(gone),
            )
        )
    return tuple(found)


def version(session: Session, stop_id: int, language: Language, number: int) -> Version:
    """Find a version by its number; raise AskedWrongly where there is none such."""
    found = versions(session, stop_id, language)
    if not 1 <= number <= len(found):
        raise AskedWrongly(
            "There is no version {number}. The versions are 1 to {last}.",
            number=number,
            last=len(found),
        )
    return found[number - 1]


def bring_back(
    session: Session, stop_id: int, language: Language, number: int, media: Path
) -> Path:
    """Write a version into the text's file, whole or not at all, and return the file.

    The import takes it from there, as it takes any correction. A file that is gone is made again.
    Raise AskedWrongly for the present version and for a stop that is closed, and PackBroken where
    today's rules refuse an old one. Raise AudioguideError, with the file as it is, where it holds
    words that the guide has not taken.
    """
    wanted = version(session, stop_id, language, number)
    text = _text(session, stop_id, language)
    stop = session.get_one(Stop, stop_id)
    if stop.retired_at is not None:
        raise AskedWrongly("This stop is closed: put its block into museum.toml again first.")
    shown_as = f"{STOPS}/{stop.number}-{stop.slug}/{language}.md"
    path = media / shown_as
    content = _readable(wanted, f"{stop.number} {stop.slug} {language}")
    taken = _taken(path, shown_as, text)
    if taken is not None and wanted.words.digest == text.words_digest:
        raise AskedWrongly("Version {number} is what visitors read now.", number=number)
    try:
        is_written = put_in_place(path.resolve(), content, taken)
    except OSError as error:
        raise AskedWrongly(
            "{file} cannot be written: {reason}.", file=path, reason=plain_reason(error)
        ) from error
    if not is_written:
        raise _changed(path)
    return path


def _readable(wanted: Version, name: str) -> bytes:
    """Give a version as its file; raise PackBroken, which names it, where it is refused."""
    where = f"{name} {wanted.number}"
    try:
        return readable_file(wanted.words, where).encode()
    except PackBroken as refused:
        what = message("Today's rules would refuse this version.")
        do = message("Show it with --show, and write its words into the file by hand.")
        raise PackBroken((Finding(Grade.ERROR, where, what, do), *refused.findings)) from refused


def _taken(path: Path, shown_as: str, text: Transcript) -> bytes | None:
    """Return a file that holds what was taken last, None where there is none.

    Raise AudioguideError where it has been changed since.
    """
    if text.pack_digest != text.words_digest:
        raise _changed(path)
    if not files.is_there(path):
        return None
    before = files.read(path)
    words, mistakes = read_words(path, shown_as, needs_text=True)
    if mistakes.findings:
        raise PackBroken(mistakes.findings)
    if words is None or words.digest != text.pack_digest:
        raise _changed(path)
    return before


def _changed(path: Path) -> AudioguideError:
    return AudioguideError(
        "{file} has been changed, and the guide has not taken it yet. Nothing is overwritten: "
        "have it taken first, or put the change aside.",
        file=path,
    )


def _text(session: Session, stop_id: int, language: Language) -> Transcript:
    text = session.scalars(
        select(Transcript).where(Transcript.stop_id == stop_id, Transcript.language == language)
    ).one_or_none()
    if text is None:
        raise AskedWrongly("This stop has no text in that language yet.")
    return text


def _words(row: Revision) -> Words:
    return Words(
        row.title,
        row.content_note,
        row.text,
        tuple(row.sources.split("\n")) if row.sources else (),
        row.label_title,
    )


def _parts(words: Words, language: Language) -> Sequence[str]:
    """Return all that a version says, in its order, by the sentence."""
    spoken = [
        each for paragraph in sentences.split_text(words.text, language) for each in paragraph
    ]
    return [words.title, words.label or "", words.content_note or "", *spoken, *words.sources]
