"""Want, claim and keep narrations; any number of workers may do so at once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, or_, select, update
from sqlalchemy.orm import Session

from audioguide.languages import Language
from audioguide.models import Narration, Source, State, Stop, Transcript, now
from audioguide.services import publishing
from audioguide.storage import Store

DRAFT_VOICE = "espeak-ng"  # always there: it comes as a package with its own data
CLAIM_LASTS = timedelta(seconds=30)  # renewed after each sentence; a dead worker's ends by itself
ASKING_LASTS = timedelta(seconds=20)  # a hall full of phones asks once, not each time
MOST_ATTEMPTS = 3  # a text that brings a worker down must not bring every worker down


@dataclass(frozen=True)
class Claim:
    """A narration that one worker has taken on, with the words it is to speak."""

    narration_id: int
    worker: str
    stop: str
    language: Language
    voice: str
    title: str
    text: str
    digest: str


@dataclass(frozen=True)
class Scope:
    """Which narrations a piece of work is about: of one stop or all, in one language or all."""

    stop_id: int | None = None
    language: Language | None = None

    @property
    def condition(self) -> ColumnElement[bool]:
        """The condition on Narration, joined with Stop, that its rows fulfil."""
        wanted: list[ColumnElement[bool]] = [Stop.published.is_(True)]
        if self.stop_id is not None:
            wanted.append(Narration.stop_id == self.stop_id)
        if self.language is not None:
            wanted.append(Narration.language == self.language)
        return and_(*wanted)


EVERYTHING = Scope()


@dataclass(frozen=True)
class Spoken:
    """A narration made: the names of its sound and cues in the store, and its measures."""

    sound: str
    webm: str
    cues: str
    size_bytes: int
    webm_size_bytes: int
    duration_ms: int
    loudness_lufs: float


def want_all(session: Session) -> int:
    """Want every published text spoken as it now is; return how many are newly wanted."""
    known = {(row.stop_id, row.language): row for row in session.scalars(select(Narration))}
    newly = 0
    published = select(Transcript).join(Stop).where(Stop.published)
    for transcript in session.scalars(published.order_by(Stop.position, Transcript.id)):
        row = known.get((transcript.stop_id, transcript.language))
        if row is None:
            session.add(_new_row(transcript))
            newly += 1
        elif row.wanted_digest != transcript.digest:
            _want_new_text(row, transcript.digest)
            newly += 1
    return newly


def want_again(row: Narration, digest: str) -> None:
    """Want a narration made again; the sound that it has stays until there is a better one."""
    row.state, row.wanted_digest = State.WANTED, digest
    row.claimed_by = row.claimed_until = row.reason = None
    row.attempts = 0


def _want_new_text(row: Narration, digest: str) -> None:
    """Want a changed text spoken; a worker in the middle of the old one may finish it.

    Its sound is heard until the new one is there, and somebody who saves every few seconds
    does not keep the stop silent.
    """
    if row.state == State.SPEAKING:
        row.wanted_digest, row.attempts = digest, 1
    else:
        want_again(row, digest)


def may_ask(session: Session, stop_id: int, language: Language) -> bool:
    """Tell, without a lock, whether asking would change anything: nobody asked just now."""
    asked_long_ago = or_(Narration.asked_at.is_(None), Narration.asked_at < now() - ASKING_LASTS)
    waiting = select(Narration.id).where(
        Narration.stop_id == stop_id,
        Narration.language == language,
        Narration.state == State.WANTED,
        asked_long_ago,
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
    waiting = select(Narration.id).join(Stop, Stop.id == Narration.stop_id)
    return session.scalar(waiting.where(scope.condition, _claimable(now())).limit(1)) is not None


def claim(session: Session, worker: str, scope: Scope = EVERYTHING) -> Claim | None:
    """Claim the narration that is needed most, by one atomic UPDATE, or None.

    First those that somebody waits for, the latest asked first; then by number, Kazakh first.
    A claim that its worker let lapse is taken over.
    """
    moment = now()
    needed = (
        select(Narration.id)
        .join(Stop, Stop.id == Narration.stop_id)
        .where(scope.condition, _claimable(moment))
        .order_by(Narration.asked_at.desc().nulls_last(), Stop.position, Narration.id)
        .limit(1)
        .scalar_subquery()
    )
    claimed = session.execute(
        update(Narration)
        .where(Narration.id == needed, _claimable(moment))
        .values(
            state=State.SPEAKING,
            claimed_by=worker,
            claimed_until=moment + CLAIM_LASTS,
            attempts=Narration.attempts + 1,
        )
        .returning(Narration.id)
        .execution_options(synchronize_session=False)
    ).scalar_one_or_none()
    return None if claimed is None else _claim(session, claimed, worker)


def renew(session: Session, claimed: Claim) -> bool:
    """Keep a claim for a while longer; return False if it is no longer this worker's."""
    return _change(session, claimed, claimed_until=now() + CLAIM_LASTS)


def keep(session: Session, claimed: Claim, spoken: Spoken) -> bool:
    """Keep what was spoken; return False, changing nothing, if the claim was lost.

    If the text was changed meanwhile, the sound is kept and the new text stays wanted.
    """
    row = _mine(session, claimed)
    if row is None:
        return False
    row.text_digest, row.made_at = claimed.digest, now()
    row.sound, row.webm, row.cues = spoken.sound, spoken.webm, spoken.cues
    row.size_bytes, row.webm_size_bytes = spoken.size_bytes, spoken.webm_size_bytes
    row.duration_ms, row.loudness_lufs = spoken.duration_ms, spoken.loudness_lufs
    row.asked_at = row.reason = row.claimed_by = row.claimed_until = None
    row.state = State.READY if row.wanted_digest == claimed.digest else State.WANTED
    row.attempts = 0
    publishing.raise_edition(session)
    return True


def fail(session: Session, claimed: Claim, reason: str) -> bool:
    """Say why a narration could not be made; the next ones go on.

    If the text was changed meanwhile, the new text is still wanted.
    """
    row = _mine(session, claimed)
    if row is None:
        return False
    if row.wanted_digest != claimed.digest:
        want_again(row, row.wanted_digest)
    else:
        row.state, row.reason = State.FAILED, reason
        row.claimed_by = row.claimed_until = None
        publishing.raise_edition(session)  # the page promises no sound any more
    return True


def give_back(session: Session, claimed: Claim) -> bool:
    """Give a claim back unfinished, because the worker was asked to stop."""
    return _change(
        session,
        claimed,
        state=State.WANTED,
        claimed_by=None,
        claimed_until=None,
        attempts=Narration.attempts - 1,
    )


def give_up_hopeless(session: Session) -> int:
    """Fail the narrations whose workers died over them again and again."""
    given_up = session.execute(
        update(Narration)
        .where(Narration.state == State.SPEAKING, Narration.claimed_until < now())
        .where(Narration.attempts >= MOST_ATTEMPTS)
        .values(
            state=State.FAILED,
            reason=f"The voice ended without a word {MOST_ATTEMPTS} times.",
            claimed_by=None,
            claimed_until=None,
        )
        .returning(Narration.id)
    ).all()
    if given_up:
        publishing.raise_edition(session)
    return len(given_up)


def repair(session: Session, store: Store) -> int:
    """Want again what lost its files or has damaged ones; return how many narrations that were.

    Where only the WebM is missing, as in rows of before there was one, the rest is heard until
    the new sound is there.
    """
    lost = 0
    for row in session.scalars(select(Narration).where(Narration.sound.is_not(None))):
        is_heard = store.is_whole(row.sound or "") and store.is_whole(row.cues or "")
        if is_heard and store.is_whole(row.webm or ""):
            continue
        row.webm = row.webm_size_bytes = None
        if not is_heard:
            row.sound = row.cues = row.text_digest = None
        if row.state == State.READY:
            want_again(row, row.wanted_digest)
        lost += 1
    if lost:
        publishing.raise_edition(session)
    return lost


def want_again_all(session: Session, scope: Scope) -> int:
    """Want narrations made again."""
    return _want_each_again(session, scope.condition)


def want_failed_again(session: Session, scope: Scope) -> int:
    """Give what has failed another chance."""
    return _want_each_again(session, and_(scope.condition, Narration.state == State.FAILED))


def _want_each_again(session: Session, condition: ColumnElement[bool]) -> int:
    rows = session.scalars(select(Narration).join(Stop).where(condition)).all()
    for row in rows:
        want_again(row, row.wanted_digest)
    if rows:
        publishing.raise_edition(session)  # what has failed is promised again
    return len(rows)


def _claimable(moment: datetime) -> ColumnElement[bool]:
    lapsed = and_(Narration.state == State.SPEAKING, Narration.claimed_until < moment)
    return or_(Narration.state == State.WANTED, lapsed)


def _claim(session: Session, narration_id: int, worker: str) -> Claim:
    row = session.get_one(Narration, narration_id, populate_existing=True)
    stop = session.get_one(Stop, row.stop_id)
    transcript = session.scalars(
        select(Transcript).where(
            Transcript.stop_id == row.stop_id, Transcript.language == row.language
        )
    ).one()
    return Claim(
        narration_id=row.id,
        worker=worker,
        stop=f"{stop.number} {stop.slug}",
        language=Language(row.language),
        voice=row.voice,
        title=transcript.title,
        text=transcript.text,
        digest=transcript.digest,
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


def _new_row(transcript: Transcript) -> Narration:
    return Narration(
        stop_id=transcript.stop_id,
        language=transcript.language,
        voice=DRAFT_VOICE,
        source=Source.GENERATED,
        state=State.WANTED,
        wanted_digest=transcript.digest,
        attempts=0,
    )
