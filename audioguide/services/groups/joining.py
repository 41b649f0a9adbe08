"""Find the group that somebody wants to follow, and say what its phones should do now."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from audioguide import clock, codes
from audioguide.errors import AskedWrongly
from audioguide.models import GroupTour, Stop, not_beyond

JOIN_DIGITS = 5
LONGEST_TYPED = 40
FORGOTTEN_AFTER = timedelta(hours=12)  # a guide who went home without a word
AHEAD_MS = 1300  # phones ask once a second, a little earlier or later, and need a moment to start
NOTICED_MS = 250  # two processes that found the date at different moments differ by less
_TRIES = 50
_KEY_BYTES = 12


@dataclass(frozen=True)
class GroupState:
    """What every phone of a group should do; ``stop`` is the code, None at a retired one.

    ``scope`` is that of the editions which its answers depend on.

    ``seen_ms`` is when the guide was last there: after a while phones may ask less often.
    """

    key: str
    join_code: str | None
    scope: str
    version: int
    visit: int
    stop: str | None
    sentence: int
    playing: bool
    at_ms: int
    seen_ms: int = field(compare=False)  # a guide who looks in changes nothing

    @property
    def ended(self) -> bool:
        """Whether the tour is over."""
        return self.join_code is None


@dataclass(frozen=True)
class Times:
    """When a group's state began to hold, and when its guide was there, by our own clock.

    ``are_other`` says that the row has them otherwise: by the clock of a process that found another
    date, or so far ahead that no clock of ours can have written it. ``seen_ahead`` is by how much
    the guide was seen later than now, as the row has it.
    """

    at_ms: int
    seen_at: datetime
    are_other: bool
    seen_ahead: timedelta


def server_ms() -> int:
    """Return the server's time in milliseconds since 1970; setting the date does not move it."""
    return clock.server_ms()


def times(group: GroupTour) -> Times:
    """Read the moments of a group by this process's clock; none lies further ahead than it may.

    Where the date was set between two runs of the machine, a sentence that plays begins anew.
    """
    moment, mine = server_ms(), clock.boot()
    apart = mine.began_ms - (group.boot_ms or 0) if group.boot == mine.name else 0
    shift_ms = apart if abs(apart) > NOTICED_MS else 0
    at_ms = group.at_ms + shift_ms
    is_ahead = at_ms > moment + AHEAD_MS + NOTICED_MS
    seen_at = group.guide_seen_at + timedelta(milliseconds=shift_ms)
    seen_by_now = not_beyond(seen_at, timedelta(), clock.moment())
    return Times(
        at_ms=moment if is_ahead else at_ms,
        seen_at=seen_by_now,
        are_other=shift_ms != 0 or is_ahead,
        seen_ahead=seen_at - seen_by_now,
    )


def is_forgotten(group: GroupTour, moment: datetime | None = None) -> bool:
    """Tell whether a group's guide has not been there for half a day."""
    return times(group).seen_at < (moment or clock.moment()) - FORGOTTEN_AFTER


def state(session: Session, key: str) -> GroupState | None:
    """Find the state of a group by its key, also once it has ended; None where there is none."""
    group = group_by_key(session, key)
    return None if group is None else state_of(session, group)


def state_of(session: Session, group: GroupTour) -> GroupState:
    """Say what a group's phones should do."""
    stop, read = session.get_one(Stop, group.stop_id), times(group)
    return GroupState(
        key=group.key,
        join_code=group.join_code,
        scope=scope_of(group),
        version=group.version,
        visit=group.visit,
        stop=None if stop.retired_at is not None or not stop.published else stop.code,
        sentence=group.sentence,
        playing=group.playing,
        at_ms=read.at_ms,
        seen_ms=round(1000 * read.seen_at.timestamp()),
    )


def group_by_key(session: Session, key: str) -> GroupTour | None:
    """Find the group that has a key."""
    if len(key) != 2 * _KEY_BYTES or not key.isascii():
        return None
    return session.scalars(select(GroupTour).where(GroupTour.key == key)).one_or_none()


def group_by_code(session: Session, join_code: str) -> GroupTour | None:
    """Find the group on its way that has a join code."""
    if not is_join_code(join_code):
        return None
    group = session.scalars(select(GroupTour).where(GroupTour.join_code == join_code)).one_or_none()
    return None if group is None or is_forgotten(group) else group


def is_join_code(text: str) -> bool:
    """Tell whether this could be a join code: five digits, the first of them not 0."""
    return len(text) == JOIN_DIGITS and text.isascii() and text.isdecimal() and text[0] != "0"


def fold(typed: str) -> str:
    """Fold what a person typed to the join code that she heard; "" if it is none.

    As codes of labels are folded; whatever parts its digits or stands around them is dropped.
    """
    if len(typed) > LONGEST_TYPED:
        return ""
    kept = "".join(each for each in codes.fold(typed) if each.isalnum())
    digits = str(int(kept)) if len(kept) == JOIN_DIGITS and kept.isdecimal() else ""
    return digits if is_join_code(digits) else ""


def has_ended(session: Session, join_code: str) -> bool:
    """Tell whether a group with this join code has ended not long ago."""
    moment = clock.moment()
    ended = select(GroupTour.id).where(
        GroupTour.left_code == join_code,
        GroupTour.ended_at.between(moment - FORGOTTEN_AFTER, moment + FORGOTTEN_AFTER),
    )
    return session.scalar(ended.limit(1)) is not None


def free_code(session: Session) -> str:
    """Draw a join code that no group has; the first digit is never 0, which nobody says aloud."""
    for _ in range(_TRIES):
        drawn = str(secrets.randbelow(90_000) + 10_000)
        if codes.is_code(drawn):
            continue  # somebody may print it for a stop one day
        if session.scalar(select(GroupTour.id).where(GroupTour.join_code == drawn)) is None:
            return drawn
    raise AskedWrongly("Too many tours are running. End one first.")


def new_key() -> str:
    """Draw the key with which the phones of one group ask."""
    return secrets.token_hex(_KEY_BYTES)


def scope_of(group: GroupTour) -> str:
    """Return the scope of editions that a group's answers depend on."""
    return f"group:{group.join_code or group.left_code}"
