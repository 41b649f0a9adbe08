"""Find codes that were exchanged in the pack while labels with them hang on the wall."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from audioguide.content.pack import PackStop
from audioguide.content.text import sha256
from audioguide.errors import Finding, Grade, message
from audioguide.models import LabelPrinted, LabelState, Stop, Transcript


def exchanged(session: Session, given: Sequence[PackStop]) -> list[Finding]:
    """Return an error for each stop of the pack whose words hang on the wall under another code.

    Paper that was replaced may hang there, too; once all of a code is taken down it is free.
    """
    hanging = select(LabelPrinted.stop_code).where(LabelPrinted.state != LabelState.TAKEN_DOWN)
    printed = session.scalars(
        select(Stop).where(Stop.code.in_(hanging)).options(selectinload(Stop.transcripts))
    ).all()
    known = set(session.scalars(select(Stop.code)))
    return [_finding(stop, each) for stop, each in _pairs(printed, given, known)]


def _pairs(
    printed: Sequence[Stop], given: Sequence[PackStop], known: Collection[str]
) -> Iterator[tuple[Stop, PackStop]]:
    """Pair a stop with the one of the pack that is the same by its words, under another code.

    Numbers and slugs may go from one stop to another; what is said there makes the stop. A folder
    that was copied for a new stop takes nothing from the old one, as long as that is there.
    """
    codes = {each.code for each in given}
    for stop in printed:
        for each in given:
            if each.code == stop.code:
                continue
            is_renamed = stop.code not in codes and each.code not in known
            if (each.slug == stop.slug and _has(_titles, each, stop)) or (
                (each.slug == stop.slug or is_renamed) and _has(_texts, each, stop)
            ):
                yield stop, each


def _has(told: Callable[[PackStop, Transcript], bool], given: PackStop, stop: Stop) -> bool:
    return any(told(given, row) for row in stop.transcripts if row.language in given.words)


def _titles(given: PackStop, row: Transcript) -> bool:
    return given.words[row.language].title == row.title


def _texts(given: PackStop, row: Transcript) -> bool:
    return sha256(given.words[row.language].text) == row.digest


def _finding(stop: Stop, given: PackStop) -> Finding:
    return Finding(
        Grade.ERROR,
        given.code_at,
        message(
            'This code is printed: labels with "{code}" hang at the stop {slug}, and the file says '
            '"{new}".',
            code=stop.code,
            slug=stop.slug,
            new=given.code,
        ),
        message(
            'Write "{code}" again. If its labels are off the wall, record that first: python3 '
            "scripts/audioguide.py labels taken-down {code}",
            code=stop.code,
        ),
    )
