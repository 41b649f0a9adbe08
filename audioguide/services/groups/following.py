"""What a phone that follows a group needs to know, and how many phones there are: never whose."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import ColumnElement, delete, select
from sqlalchemy.orm import Session

from audioguide.languages import Language
from audioguide.models import GroupPresence, GroupTour, Stop, Transcript, now
from audioguide.services import museum_languages
from audioguide.services.groups import joining, pacing, thoughts
from audioguide.services.groups.thoughts import Thoughts
from audioguide.services.visitor import stop_pictures
from audioguide.services.visitor.stop_pictures import Shown
from audioguide.speech.cues import Cue
from audioguide.storage import Store

PRESENT_FOR = timedelta(seconds=75)  # one report of a phone may be lost on the way


@dataclass(frozen=True)
class Words:
    """A stop in one language: what is seen and read, and the sound with its cues, if any.

    ``language`` is the one of the words and the sound: another stands in where there is no text.
    Both are parted into thoughts, of which every language has as many.
    """

    language: Language
    title: str
    content_note: str | None
    paragraphs: tuple[tuple[str, ...], ...]
    sound: str | None
    cues: tuple[Cue, ...]
    picture: Shown | None


@dataclass(frozen=True)
class Visit:
    """A group's visit to a stop, in every language, with the pace at which all walk through it.

    At a ``quiet`` stop silence is kept.
    """

    number: int
    slug: str
    quiet: bool
    scope: str
    words: Mapping[Language, Words]
    begins_ms: tuple[int, ...]
    ends_ms: int


@dataclass(frozen=True)
class Present:
    """How many phones follow in a language, are in step, and have fallen behind."""

    following: int = 0
    in_step: int = 0
    behind: int = 0


def visit(session: Session, store: Store, key: str, number: int) -> Visit | None:
    """Describe the stop at which a group is on its ``number``-th visit; None if it has gone on."""
    group = joining.group_by_key(session, key)
    if group is None or group.visit != number:
        return None
    stop = session.get_one(Stop, group.stop_id)
    languages = museum_languages.of_museum(session)
    rows = thoughts.texts_of(session, stop.id)
    walked = thoughts.of_stop(rows, store, group.sounds)
    pace = pacing.pace(walked.cues)
    texts = museum_languages.told({row.language: row for row in rows}, languages)
    return Visit(
        number=stop.number or 0,
        slug=stop.slug,
        quiet=stop.quiet,
        scope=joining.scope_of(group),
        words={
            language: _words(session, row, group, walked, languages.chain(language))
            for language, (_, row) in texts.items()
        },
        begins_ms=pace.begins_ms,
        ends_ms=pace.ends_ms,
    )


def note_presence(
    session: Session, key: str, process: str, counts: Mapping[Language, Present]
) -> bool:
    """Keep what one process of the server has counted; it replaces what it had counted before.

    Return whether the group is still on its way: of others nothing is kept.
    """
    group = joining.group_by_key(session, key)
    if group is None or group.join_code is None:
        return False
    session.merge(
        GroupPresence(
            group_id=group.id,
            process=process,
            counts={
                str(language): [each.following, each.in_step, each.behind]
                for language, each in counts.items()
            },
            seen_at=now(),
        )
    )
    session.execute(delete(GroupPresence).where(~_seen_within(4 * PRESENT_FOR)))
    return True


def present(session: Session, group_id: int) -> dict[Language, Present]:
    """Count the phones that follow a group, in all processes of the server."""
    rows = session.scalars(
        select(GroupPresence.counts).where(
            GroupPresence.group_id == group_id, _seen_within(PRESENT_FOR)
        )
    ).all()
    return {
        language: _sum([row.get(language, [0, 0, 0]) for row in rows])
        for language in museum_languages.of_museum(session)
    }


def _seen_within(length: timedelta) -> ColumnElement[bool]:
    """Tell what was counted lately; what lies as far ahead was counted by a date set back since."""
    moment = now()
    return GroupPresence.seen_at.between(moment - length, moment + length)


def _sum(counts: Sequence[Sequence[int]]) -> Present:
    return Present(*(sum(each[at] for each in counts) for at in range(3)))


def _words(
    session: Session,
    row: Transcript,
    group: GroupTour,
    walked: Thoughts,
    chain: Sequence[Language],
) -> Words:
    language = row.language
    sound = group.sounds.get(language)
    return Words(
        language=language,
        title=row.title,
        content_note=row.content_note,
        paragraphs=walked.paragraphs[language],
        sound=sound["sound"] if sound else None,
        cues=walked.cues.get(language, ()),
        picture=stop_pictures.shown(session, group.stop_id, chain),
    )
