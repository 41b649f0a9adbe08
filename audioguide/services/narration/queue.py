"""The job queue of narrations: claim one (a lease), keep it, fail it; for any number of workers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, ColumnExpressionArgument, and_, case, or_, select, update
from sqlalchemy.orm import Session, aliased

from audioguide import engines
from audioguide.errors import Message, message
from audioguide.languages import Language
from audioguide.models import Made, Narration, Source, State, Stop, now
from audioguide.services import editions, museum_languages
from audioguide.services.narration import backoff, plan
from audioguide.services.narration.scope import EVERYTHING, Scope, kept_reason

ASKING_LASTS = timedelta(seconds=20)  # a hall full of phones asks once, not each time
MOST_ATTEMPTS = 3  # a text that brings a worker down must not bring every worker down
WAS_GIVEN_BACK = and_(Narration.state == State.WANTED, Narration.attempts > 0)


@dataclass(frozen=True)
class Claim:
    """A narration that one worker has taken on, with the words it is to speak.

    ``digest`` and ``script`` are those that were wanted when it was claimed, and ``espeak`` was
    the museum's choice among the voices of espeak-ng, or nothing.
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
    espeak: str = ""


@dataclass(frozen=True)
class Spoken(Made):
    """What a voice has made.

    ``script`` is the digest of what the voice was given, ``note`` what is to be known of the sound.
    """

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
    condition = or_(_claimable(moment), Narration.is_claimed_too_long(moment))
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
    _shorten_claims(session, moment)
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
        .values(Narration.claimed(worker, moment))
        .returning(Narration.id)
        .execution_options(synchronize_session=False)
    ).scalar_one_or_none()


def renew(session: Session, claimed: Claim) -> bool:
    """Keep a claim for a while longer; return False if it is no longer this worker's."""
    row = mine(session, claimed)
    if row is not None:
        row.renew(now())
    return row is not None


def keep(session: Session, claimed: Claim, spoken: Spoken) -> bool:
    """Keep what was spoken; return False, changing nothing, if the claim was lost.

    If the text changed meanwhile, the sound is kept and the new text stays wanted.
    """
    _lock_voices(session, claimed)
    row = mine(session, claimed)
    if row is None:
        return False
    row.finish(
        spoken,
        claimed.digest,
        now(),
        asked=claimed.script,
        script=spoken.script,
        reason=kept_reason(spoken.note) if spoken.note else None,
    )
    if row.state == State.READY:
        plan.drop_lesser(session, row)
    editions.raise_edition(session)
    return True


def files(session: Session, claimed: Claim) -> set[str]:
    """Name the files of the sound that a claimed narration has had until now."""
    row = session.get(Narration, claimed.narration_id)
    return row.files if row else set()  # it may be taken back meanwhile


def fail(session: Session, claimed: Claim, reason: Message | str) -> bool:
    """Say why a narration could not be made; the next ones go on.

    If the text was changed meanwhile, the new text is still wanted.
    """
    row = mine(session, claimed)
    if row is None:
        return False
    if (row.wanted_digest, row.wanted_script) != (claimed.digest, claimed.script):
        row.want_again()
    else:
        row.fail(kept_reason(reason))
        editions.raise_edition(session)  # the page promises no sound any more
    return True


def give_back(session: Session, claimed: Claim, *, behind: bool = False) -> bool:
    """Give a claim back unfinished, because the worker was asked to stop, or could not go on.

    What is given back ``behind`` the others does not hold them up.
    """
    row = mine(session, claimed)
    if row is not None:
        row.give_back(behind=behind)
    return row is not None


def give_up_hopeless(session: Session) -> int:
    """Fail the narrations whose workers died over them again and again."""
    hopeless = (
        select(Narration)
        .where(Narration.has_lapsed(now()), Narration.attempts >= MOST_ATTEMPTS)
        .order_by(Narration.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    reason = message(
        "The program stopped {count} times while working on this.", count=MOST_ATTEMPTS
    )
    given_up = session.scalars(hopeless).all()
    for row in given_up:
        row.fail(kept_reason(reason))
    if given_up:
        editions.raise_edition(session)
    return len(given_up)


def mine(session: Session, claimed: Claim) -> Narration | None:
    """Return the row while the claim is good, locked where the database locks rows."""
    row = session.get(Narration, claimed.narration_id, with_for_update=True, populate_existing=True)
    return row if row is not None and row.is_claimed_by(claimed.worker) else None


def _claimable(moment: datetime) -> ColumnElement[bool]:
    return and_(
        Narration.source == Source.GENERATED,
        Narration.is_to_do(moment),
        ~backoff.is_resting(),
        ~_is_busy(moment),
    )


def _is_busy(moment: datetime) -> ColumnElement[bool]:
    """Tell whether a voice that says one narration at a time speaks already."""
    other = aliased(Narration)
    for_one = [
        is_its
        for engine in engines.ENGINES
        if engine.is_for_one
        for is_its in (
            Narration.voice == engine.name,
            Narration.voice.startswith(f"{engine.name}:"),
        )
    ]
    speaking = select(other.id).where(
        other.voice == Narration.voice,
        other.id != Narration.id,
        other.is_spoken_now(moment),
    )
    return and_(or_(*for_one), speaking.exists())


def _shorten_claims(session: Session, moment: datetime) -> None:
    """Shorten the claims that are too long: a living worker renews its own, a dead one's lapses."""
    session.execute(
        update(Narration)
        .where(Narration.is_claimed_too_long(moment))
        .values(Narration.shortened(moment))
        .execution_options(synchronize_session=False)
    )


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
        espeak=museum_languages.of_museum(session).espeak(row.language),
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
