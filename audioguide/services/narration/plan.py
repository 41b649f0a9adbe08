"""Decide which narrations there are to be: the draft of every text, and the best voice at hand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, delete, select, update
from sqlalchemy.orm import Session

from audioguide.engines import OFFLINE, Engine, Voices, read_voices
from audioguide.errors import DISK_IS_FULL
from audioguide.languages import LANGUAGES, Language
from audioguide.models import Narration, Source, State, Stop, Transcript
from audioguide.services import publishing
from audioguide.services.narration import backoff
from audioguide.services.narration.scope import Scope, kept_reason
from audioguide.storage import Store

# Workers change rows meanwhile, where the database locks rows and not the whole of itself.
_ALL_LOCKED = (
    select(Narration)
    .order_by(Narration.id)
    .with_for_update()
    .execution_options(populate_existing=True)
)
_FAILED_FOR_ROOM = and_(
    Narration.state == State.FAILED, Narration.reason == kept_reason(DISK_IS_FULL)
)
DRAFT_VOICE = str(Engine.ESPEAK)  # always there: it comes as a package with its own data


@dataclass(frozen=True)
class Wishes:
    """The voices that can speak each language here, best first, the draft last."""

    voices: Voices
    chains: Mapping[Language, Sequence[str]]


DRAFTS = Wishes(read_voices(OFFLINE, ""), dict.fromkeys(LANGUAGES, (DRAFT_VOICE,)))


def want_all(session: Session, wishes: Wishes = DRAFTS) -> int:
    """Want every published text spoken as it now is; return how many are newly wanted.

    The draft of each text is wanted, and the best voice besides; where that one has failed
    for the text, or rests, the next one, too. What nobody wants any more is let go.
    """
    rows: dict[tuple[int, Language], dict[str, Narration]] = {}
    for row in session.scalars(_ALL_LOCKED):
        rows.setdefault((row.stop_id, row.language), {})[row.voice] = row
    away = backoff.voices(session)
    published = select(Transcript).join(Stop).where(Stop.published)
    return sum(
        _want_text(session, text, rows.get((text.stop_id, text.language), {}), wishes, away)
        for text in session.scalars(published.order_by(Stop.position, Transcript.id))
    )


def want_again(row: Narration, text: Transcript | None = None) -> None:
    """Want a narration made again; the sound that it has stays until there is a better one."""
    if text is not None:
        row.wanted_digest, row.wanted_script = text.digest, text.script_digest
    row.state = State.WANTED
    row.claimed_by = row.claimed_until = row.reason = None
    row.attempts = 0


def want_again_all(session: Session, scope: Scope) -> int:
    """Want narrations made again."""
    return _want_each_again(session, scope.condition)


def want_failed_again(session: Session, scope: Scope) -> int:
    """Give what has failed another chance."""
    return _want_each_again(session, and_(scope.condition, Narration.state == State.FAILED))


def failed_for_room(session: Session) -> bool:
    """Tell whether anything failed because a disk was full."""
    return session.scalar(select(Narration.id).where(_FAILED_FOR_ROOM).limit(1)) is not None


def want_again_with_room(session: Session) -> int:
    """Want again what failed because a disk was full."""
    return _want_each_again(session, _FAILED_FOR_ROOM)


def drop_lesser(session: Session, row: Narration) -> None:
    """Let go of what waits for a lesser voice than one that has now spoken; drafts stay."""
    lesser = and_(
        Narration.stop_id == row.stop_id,
        Narration.language == row.language,
        Narration.source == Source.GENERATED,
        Narration.state == State.WANTED,
        Narration.preference > 0,
        Narration.preference < row.preference,
    )
    session.execute(delete(Narration).where(lesser, Narration.sound.is_(None)))
    session.execute(
        update(Narration)
        .where(lesser)
        .values(
            state=State.READY,
            wanted_digest=Narration.text_digest,
            wanted_script=Narration.script_digest,
        )
    )


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
            row.sound = row.cues = row.text_digest = row.script_digest = None
        was_accepted = row.state == State.FAILED and row.take is not None  # a newer one was not
        if row.state == State.READY or was_accepted:
            want_again(row)
        lost += 1
    if lost:
        publishing.raise_edition(session)
    return lost


def _want_text(
    session: Session,
    text: Transcript,
    rows: Mapping[str, Narration],
    wishes: Wishes,
    away: Mapping[str, backoff.Rest],
) -> int:
    language = text.language
    wanted = _voices(text, rows, wishes.chains[language], away)
    newly = 0
    for voice in wanted:
        row = rows.get(voice)
        if row is None:
            session.add(_new_row(text, voice, wishes.voices.preference(language, voice)))
            newly += 1
        else:
            newly += _want_present(row, text)
    for voice, row in rows.items():
        if row.source == Source.GENERATED:
            row.preference = wishes.voices.preference(language, voice)
            if voice not in wanted:
                _let_go(session, row)
    return newly


def _voices(
    text: Transcript,
    rows: Mapping[str, Narration],
    chain: Sequence[str],
    away: Mapping[str, backoff.Rest],
) -> list[str]:
    """Choose the voices of a chain that are to speak a text, the draft always among them."""
    *better, draft = chain
    if any(_is_recording_of(row, text) for row in rows.values()):
        return [draft]
    chosen, language = [draft], text.language
    for voice in better:
        chosen.append(voice)
        row = rows.get(voice)
        has_failed = row is not None and row.state == State.FAILED and not _is_stale(row, text)
        if backoff.of(away, voice, language) is None and not has_failed:
            break
    return chosen


def _is_recording_of(row: Narration, text: Transcript) -> bool:
    is_recording = row.source == Source.RECORDED and row.sound is not None
    return is_recording and row.text_digest == text.digest


def _is_stale(row: Narration, text: Transcript) -> bool:
    """Tell whether a row wants another text or script than the present one."""
    other_script = None not in (row.wanted_script, text.script_digest) and (
        row.wanted_script != text.script_digest
    )
    return row.wanted_digest != text.digest or other_script


def _want_present(row: Narration, text: Transcript) -> bool:
    """Want the present text of a row; a worker in the middle of the old one may finish it.

    Its sound is heard until the new one is there, and somebody who saves every few seconds
    does not keep the stop silent. A text that was changed back has its sound already.
    """
    if not _is_stale(row, text):
        if row.wanted_script is None:  # from a time before scripts had a digest
            row.wanted_script = text.script_digest
            row.script_digest = text.script_digest if row.state == State.READY else None
        return False
    if row.state == State.SPEAKING:
        row.wanted_digest, row.wanted_script, row.attempts = text.digest, text.script_digest, 1
        return True
    want_again(row, text)
    if row.sound and (row.text_digest, row.script_digest) == (text.digest, text.script_digest):
        row.state = State.READY
    return row.state == State.WANTED


def _let_go(session: Session, row: Narration) -> None:
    """Forget a wish; what has been spoken stays for as long as it is of use."""
    if row.state not in (State.WANTED, State.FAILED):
        return
    if row.sound is None:
        session.delete(row)
    else:
        row.state, row.reason = State.READY, None
        row.wanted_digest = row.text_digest or row.wanted_digest
        row.wanted_script = row.script_digest


def _want_each_again(session: Session, condition: ColumnElement[bool]) -> int:
    rows = session.scalars(select(Narration).join(Stop).where(condition)).all()
    for row in rows:
        want_again(row)
    if rows:
        publishing.raise_edition(session)  # what has failed is promised again
    return len(rows)


def _new_row(text: Transcript, voice: str, preference: int) -> Narration:
    return Narration(
        stop_id=text.stop_id,
        language=text.language,
        voice=voice,
        preference=preference,
        source=Source.GENERATED,
        state=State.WANTED,
        wanted_digest=text.digest,
        wanted_script=text.script_digest,
        attempts=0,
    )
