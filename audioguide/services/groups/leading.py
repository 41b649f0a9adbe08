"""Lead a group: one row says where it is, and only its guide changes that; phones are sent nothing.

Phones ask for the state. A command holds from a moment slightly ahead, so that every phone has
heard of it before it does as told.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from audioguide import clock
from audioguide.errors import AskedWrongly
from audioguide.models import GroupTour, Stop, Tour, TourStop
from audioguide.services import editions
from audioguide.services.groups import joining, pacing, thoughts
from audioguide.services.groups.joining import AHEAD_MS, GroupState
from audioguide.services.groups.pacing import Pace
from audioguide.services.narration import audible
from audioguide.storage import Store


class Verb(StrEnum):
    """What a guide can ask of all phones."""

    PLAY = "play"
    PAUSE = "pause"
    BACK = "back"
    SENTENCE = "sentence"
    STOP = "stop"


@dataclass(frozen=True)
class Command:
    """One wish of the guide, given on seeing the state with this version.

    ``sentence`` (from 0) belongs to SENTENCE, ``stop`` (a code) to STOP.
    """

    verb: Verb
    version: int
    sentence: int | None = None
    stop: str | None = None


def start(session: Session, guide_id: int, tour_slug: str) -> int:
    """Start a group on a tour and return its id; it waits at the first stop.

    Raise AskedWrongly for a tour that is not there or has no stop.
    """
    first = session.scalars(_places(tour_slug).limit(1)).first()
    if first is None:
        raise AskedWrongly("The tour {tour} has no published stop.", tour=tour_slug)
    end_forgotten(session)
    boot = clock.boot()
    group = GroupTour(
        guide_id=guide_id,
        key=joining.new_key(),
        join_code=joining.free_code(session),
        tour_slug=tour_slug,
        started_at=clock.moment(),
        guide_seen_at=clock.moment(),
        version=1,
        visit=1,
        stop_id=first.id,
        sentence=0,
        playing=False,
        at_ms=joining.server_ms(),
        boot=boot.name,
        boot_ms=boot.began_ms,
        sounds=_sounds(session, first.id),
    )
    session.add(group)
    session.flush()
    _publish(session, group)
    return group.id


def command(
    session: Session, store: Store, group_id: int, guide_id: int, wished: Command
) -> GroupState | None:
    """Do what the guide wishes, from a moment slightly ahead; return the state then.

    A wish given on seeing an older state does nothing, so that one sent twice is done once.
    Return None where the group is not this guide's.
    """
    group = _group(session, group_id, guide_id)
    if group is None:
        return None
    has_changed = _note_guide(group)
    if group.join_code is not None and wished.version == group.version:
        if wished.verb == Verb.STOP:
            has_changed |= _go_to(session, group, wished.stop)
        else:
            has_changed |= _move(group, _pace(session, store, group), wished)
    if has_changed:
        group.version += 1
        session.flush()
        _publish(session, group)
    return joining.state_of(session, group)


def end(session: Session, group_id: int, guide_id: int) -> bool:
    """End a group's tour: its join code leads nowhere any more; False if it is not this guide's."""
    group = _group(session, group_id, guide_id)
    if group is None:
        return False
    if group.join_code is not None:
        _end(session, group)
    return True


def end_forgotten(session: Session, moment: datetime | None = None) -> int:
    """End the tours whose guides have not been seen for half a day; return how many.

    A guide who was seen on a day to come was seen now, and is forgotten half a day from now.
    """
    going = session.scalars(select(GroupTour).where(GroupTour.join_code.is_not(None))).all()
    for group in going:
        if ahead := joining.times(group).seen_ahead:
            group.guide_seen_at -= ahead
    forgotten = [group for group in going if joining.is_forgotten(group, moment)]
    for group in forgotten:
        _end(session, group)
    return len(forgotten)


def seen(session: Session, group_id: int, guide_id: int) -> None:
    """Note that the guide is there; phones of a group without a guide ask less often."""
    group = _group(session, group_id, guide_id)
    if group is not None and group.join_code is not None:
        group.version += _note_guide(group)  # phones take up a state with another number only
        session.flush()
        _publish(session, group)


def groups_of(session: Session, guide_id: int) -> tuple[GroupTour, ...]:
    """List the groups that a guide is leading now, the latest first."""
    return tuple(
        session.scalars(
            select(GroupTour)
            .where(GroupTour.guide_id == guide_id, GroupTour.join_code.is_not(None))
            .order_by(GroupTour.id.desc())
        )
    )


def _pace(session: Session, store: Store, group: GroupTour) -> Pace:
    """Reckon the pace at which all languages walk through the stop of a group."""
    texts = thoughts.texts_of(session, group.stop_id)
    return pacing.pace(thoughts.of_stop(texts, store, group.sounds).cues)


def _note_guide(group: GroupTour) -> bool:
    """Note that the guide is there, by our own clock; tell whether that moved what phones hear."""
    read, boot = joining.times(group), clock.boot()
    group.at_ms = read.at_ms
    group.guide_seen_at = clock.moment()
    if read.are_other or group.boot != boot.name:
        group.boot, group.boot_ms = boot.name, boot.began_ms
    return read.are_other


def _move(group: GroupTour, steps: Pace, wished: Command) -> bool:
    """Change what is heard at the stop; False where the wish makes no sense."""
    at_ms = joining.server_ms() + AHEAD_MS
    due = _due(group, steps, at_ms)
    playing = wished.verb != Verb.PAUSE
    if wished.verb == Verb.BACK:
        due = steps.within(due - 1)
        playing = group.playing
    elif wished.verb == Verb.SENTENCE:
        if wished.sentence is None or not 0 <= wished.sentence < max(len(steps.begins_ms), 1):
            return False
        due = wished.sentence
    elif wished.verb == Verb.PLAY and _is_over(group, steps, at_ms):
        due = 0
    group.sentence, group.playing, group.at_ms = due, playing, at_ms
    return True


def _due(group: GroupTour, steps: Pace, at_ms: int) -> int:
    """Return the sentence that will be due at a moment."""
    if not group.playing:
        return steps.within(group.sentence)
    return steps.sentence_at(group.sentence, at_ms - group.at_ms)


def _is_over(group: GroupTour, steps: Pace, at_ms: int) -> bool:
    """Tell whether the sound of the stop will have been heard to its end."""
    if not group.playing or not steps.begins_ms:
        return False
    begun_ms = steps.begins_ms[steps.within(group.sentence)]
    return begun_ms + at_ms - group.at_ms >= steps.ends_ms


def _go_to(session: Session, group: GroupTour, code: str | None) -> bool:
    """Lead to a stop and wait there; False where it is no published stop."""
    stop = session.scalars(
        select(Stop).where(Stop.code == code, Stop.published, Stop.retired_at.is_(None))
    ).one_or_none()
    if stop is None:
        return False
    group.stop_id, group.visit = stop.id, group.visit + 1
    group.sentence, group.playing, group.at_ms = 0, False, joining.server_ms()
    group.sounds = _sounds(session, stop.id)
    return True


def _sounds(session: Session, stop_id: int) -> dict[str, dict[str, str]]:
    """Name what is heard at a stop now, in every language that has a sound."""
    found: dict[str, dict[str, str]] = {}
    for text in thoughts.texts_of(session, stop_id):
        heard = audible.heard(session, stop_id, text.language, text.digest)
        if heard is not None:
            found[text.language] = {"sound": heard.sound, "cues": heard.cues}
    return found


def _group(session: Session, group_id: int, guide_id: int) -> GroupTour | None:
    """Find a group of this guide, locked where the database locks rows."""
    group = session.get(GroupTour, group_id, with_for_update=True, populate_existing=True)
    return group if group is not None and group.guide_id == guide_id else None


def _places(tour_slug: str) -> Select[Stop]:
    return (
        select(Stop)
        .join(TourStop)
        .join(Tour)
        .where(Tour.slug == tour_slug, Stop.published)
        .order_by(TourStop.position)
    )


def _end(session: Session, group: GroupTour) -> None:
    code = group.join_code
    group.join_code, group.left_code, group.ended_at = None, code, clock.moment()
    group.playing, group.version = False, group.version + 1
    session.flush()
    _publish(session, group)


def _publish(session: Session, group: GroupTour) -> None:
    editions.raise_edition(session, joining.scope_of(group))
