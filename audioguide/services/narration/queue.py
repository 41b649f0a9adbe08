"""The job queue of narrations: claim one (a lease), keep it, fail it; for any number of workers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, ColumnExpressionArgument, and_, case, or_, select, update
from sqlalchemy.orm import Session, aliased

from audioguide.engines import Engine
from audioguide.errors import Message, message
from audioguide.languages import Language
from audioguide.models import Narration, Source, State, Stop, now
from audioguide.services import publishing
from audioguide.services.narration import backoff, plan
from audioguide.services.narration.scope import (
    CLAIM_LASTS,
    EVERYTHING,
    Scope,
    has_lapsed,
    is_too_long,
    kept_reason,
    shorten_claims,
)

ASKING_LASTS = timedelta(seconds=20)  # a hall full of phones asks once, not each time
MOST_ATTEMPTS = 3  # a text that brings a worker down must not bring every worker down
WAS_GIVEN_BACK = and_(Narration.state == State.WANTED, Narration.attempts > 0)


@dataclass(frozen=True)
class Claim:
    """A narration that one worker has taken on, with the words it is to speak.

    ``digest`` and ``script`` are those that were wanted when it was claimed.
    """

    narration_id: int
    worker: str
    stop: str
    language: Language
    voice: str
    title: str
    text: str
    digest: str
    script: str | None = None


@dataclass(frozen=True)
class Spoken:
    """A narration made: the names of its sound and cues in the store, and its measures.

    ``script`` is the digest of what the voice was given, ``note`` what is to be known of the sound.
    """

    sound: str
    webm: str
    cues: str
    size_bytes: int
    webm_size_bytes: int
    duration_ms: int
    loudness_lufs: float
    script: str | None = None
    note: Message | None = None


def may_ask(session: Session, stop_id: int, language: Language) -> bool:
    """Tell, without a lock, whether asking would change anything: nobody asked just now."""
    moment = now()
    just_now = Narration.asked_at.between(moment - ASKING_LASTS, moment)
    waiting = select(Narration.id).where(
        Narration.stop_id == stop_id,
        Narration.language == language,
        Narration.state == State.WANTED,
        or_(Narration.asked_at.is_(None), ~just_now),
    )
    return session.scalar(waiting.limit(1)) is not None


def ask(session: Session, stop_id: int, language: Language) -> None:
    """Move a narration to the head of the queue because somebody waits for it."""
    session.execute(
        update(Narration)
        .where(Narration.stop_id == stop_id, Narration.language == language)
        .where(Narration.state == State.WANTED)
        .values(asked_at=now())
    )


def work_is_waiting(session: Session, scope: Scope = EVERYTHING) -> bool:
    """Tell, without a lock, whether there is anything to claim."""
    waiting = select(Narration.id).join(Narration.stop)
    moment = now()
    condition = or_(_claimable(moment), is_too_long(moment))
    return session.scalar(waiting.where(scope.condition, condition).limit(1)) is not None


def draft_is_waiting(session: Session, scope: Scope = EVERYTHING) -> bool:
    """Tell, without a lock, whether a draft waits that a better voice should not hold up."""
    drafts = select(Narration.id).join(Narration.stop).limit(1)
    condition = and_(scope.condition, Narration.preference <= 0, _claimable(now()))
    return session.scalar(drafts.where(condition)) is not None


def claim(session: Session, worker: str, scope: Scope = EVERYTHING) -> Claim | None:
    """Claim the narration that is needed most, by one atomic UPDATE, or None.

    Drafts first, then better voices. Of each first what somebody waits for, the latest asked first;
    then by number, Kazakh first; last what was tried in vain. A claim that lapsed is taken over.
    Who asked by a date that is still to come waits on, but not at the head.
    """
    moment = now()
    order = (
        Narration.preference > 0,
        WAS_GIVEN_BACK,
        case((Narration.asked_at <= moment, Narration.asked_at)).desc().nulls_last(),
        Narration.preference.desc(),
        Stop.position,
        Narration.id,
    )
    claimed = claim_first(session, worker, scope, _claimable(moment), order, moment)
    return None if claimed is None else _claim(session, claimed, worker)


def claim_first(
    session: Session,
    worker: str,
    scope: Scope,
    condition: ColumnElement[bool],
    order: Sequence[ColumnExpressionArgument[Any]],
    moment: datetime,
) -> int | None:
    """Claim the first narration under a condition; return its id, or None where there is none.

    It is one UPDATE that asks for the condition again: of two workers one finds nothing.
    """
    shorten_claims(session, moment)
    first = (
        select(Narration.id)
        .join(Narration.stop)
        .where(scope.condition, condition)
        .order_by(*order)
        .limit(1)
        .scalar_subquery()
    )
    return session.execute(
        update(Narration)
        .where(Narration.id == first, condition)
        .values(
            state=State.SPEAKING,
            claimed_by=worker,
            claimed_until=moment + CLAIM_LASTS,
            attempts=Narration.attempts + 1,
        )
        .returning(Narration.id)
        .execution_options(synchronize_session=False)
    ).scalar_one_or_none()


def renew(session: Session, claimed: Claim) -> bool:
    """Keep a claim for a while longer; return False if it is no longer this worker's."""
    return _change(session, claimed, claimed_until=now() + CLAIM_LASTS)


def keep(session: Session, claimed: Claim, spoken: Spoken) -> bool:
    """Keep what was spoken; return False, changing nothing, if the claim was lost.

    If the text changed meanwhile, the sound is kept and the new text stays wanted.
    """
    _lock_voices(session, claimed)
    row = _mine(session, claimed)
    if row is None:
        return False
    row.text_digest, row.made_at = claimed.digest, now()
    row.sound, row.webm, row.cues = spoken.sound, spoken.webm, spoken.cues
    row.size_bytes, row.webm_size_bytes = spoken.size_bytes, spoken.webm_size_bytes
    row.duration_ms, row.loudness_lufs = spoken.duration_ms, spoken.loudness_lufs
    row.asked_at = row.claimed_by = row.claimed_until = None
    row.script_digest = spoken.script
    row.reason = kept_reason(spoken.note) if spoken.note else None
    row.state = State.READY if _is_wanted(row, claimed, spoken) else State.WANTED
    row.attempts = 0
    if row.state == State.READY:
        row.wanted_script = spoken.script or row.wanted_script
        plan.drop_lesser(session, row)
    publishing.raise_edition(session)
    return True


def files(session: Session, claimed: Claim) -> set[str]:
    """Name the files of the sound that a claimed narration has had until now."""
    row = session.get(Narration, claimed.narration_id)
    kept = (row.sound, row.webm, row.cues) if row else ()  # it may be taken back meanwhile
    return {name for name in kept if name is not None}


def fail(session: Session, claimed: Claim, reason: Message | str) -> bool:
    """Say why a narration could not be made; the next ones go on.

    If the text was changed meanwhile, the new text is still wanted.
    """
    row = _mine(session, claimed)
    if row is None:
        return False
    if (row.wanted_digest, row.wanted_script) != (claimed.digest, claimed.script):
        plan.want_again(row)
    else:
        row.state, row.reason = State.FAILED, kept_reason(reason)
        row.claimed_by = row.claimed_until = None
        publishing.raise_edition(session)  # the page promises no sound any more
    return True


def give_back(session: Session, claimed: Claim, *, behind: bool = False) -> bool:
    """Give a claim back unfinished, because the worker was asked to stop, or could not go on.

    What is given back ``behind`` the others does not hold them up.
    """
    return _change(
        session,
        claimed,
        state=State.WANTED,
        claimed_by=None,
        claimed_until=None,
        attempts=1 if behind else Narration.attempts - 1,
    )


def give_up_hopeless(session: Session) -> int:
    """Fail the narrations whose workers died over them again and again."""
    given_up = session.execute(
        update(Narration)
        .where(has_lapsed(now()), Narration.attempts >= MOST_ATTEMPTS)
        .values(
            state=State.FAILED,
            reason=kept_reason(
                message("The program ended {count} times over this one.", count=MOST_ATTEMPTS)
            ),
            claimed_by=None,
            claimed_until=None,
        )
        .returning(Narration.id)
    ).all()
    if given_up:
        publishing.raise_edition(session)
    return len(given_up)


def _claimable(moment: datetime) -> ColumnElement[bool]:
    return and_(
        Narration.source == Source.GENERATED,
        or_(Narration.state == State.WANTED, has_lapsed(moment)),
        ~backoff.is_resting(),
        ~_is_busy_online(moment),
    )


def _is_busy_online(moment: datetime) -> ColumnElement[bool]:
    """Tell whether an online voice speaks already: one narration at a time provokes no blocking."""
    other = aliased(Narration)
    online = [Narration.voice.startswith(engine) for engine in Engine if engine.is_online]
    speaking = select(other.id).where(
        other.voice == Narration.voice,
        other.id != Narration.id,
        other.state == State.SPEAKING,
        other.claimed_until >= moment,
    )
    return and_(or_(*online), speaking.exists())


def _is_wanted(row: Narration, claimed: Claim, spoken: Spoken) -> bool:
    """Tell whether what was spoken is what the row wants now."""
    if row.wanted_digest != claimed.digest:
        return False
    return row.wanted_script in (claimed.script, spoken.script)


def _claim(session: Session, narration_id: int, worker: str) -> Claim:
    row = session.get_one(Narration, narration_id, populate_existing=True)
    stop, transcript = row.stop, row.transcript
    return Claim(
        narration_id=row.id,
        worker=worker,
        stop=f"{stop.number} {stop.slug}",
        language=row.language,
        voice=row.voice,
        title=transcript.title,
        text=transcript.text,
        digest=transcript.digest,
        script=row.wanted_script,
    )


def _lock_voices(session: Session, claimed: Claim) -> None:
    """Lock all voices of a text, in the order in which ``want_all`` does: else both may wait."""
    stop = select(Narration.stop_id).where(Narration.id == claimed.narration_id)
    session.execute(
        select(Narration.id)
        .where(Narration.stop_id == stop.scalar_subquery())
        .where(Narration.language == claimed.language)
        .order_by(Narration.id)
        .with_for_update()
    )


def _mine(session: Session, claimed: Claim) -> Narration | None:
    """Return the row while the claim is good, locked where the database locks rows."""
    row = session.get(Narration, claimed.narration_id, with_for_update=True, populate_existing=True)
    mine = row and row.claimed_by == claimed.worker and row.state == State.SPEAKING
    return row if mine else None


def _change(session: Session, claimed: Claim, **values: Any) -> bool:
    """Change a row only while it is still this worker's."""
    changed = session.execute(
        update(Narration)
        .where(Narration.id == claimed.narration_id, Narration.claimed_by == claimed.worker)
        .where(Narration.state == State.SPEAKING)
        .values(**values)
        .returning(Narration.id)
    )
    return changed.scalar_one_or_none() is not None
