"""Decide which narrations there are to be: the draft of every text, and the best voice at hand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, select
from sqlalchemy.orm import Session

from audioguide.engines import DRAFT, OFFLINE, Voices, read_voices
from audioguide.errors import DISK_IS_FULL
from audioguide.languages import Language
from audioguide.models import Narration, Source, State, Stop, Transcript
from audioguide.services import editions, museum_languages
from audioguide.services.many_rows import insert_all
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
DRAFT_VOICE = DRAFT.name


@dataclass(frozen=True)
class Wishes:
    """The voices that can speak each language here, best first, the draft last.

    A language without a chain has the draft alone.
    """

    voices: Voices
    chains: Mapping[Language, Sequence[str]]

    def chain(self, language: Language) -> Sequence[str]:
        """Return the voices of a language."""
        return self.chains.get(language, (DRAFT_VOICE,))


DRAFTS = Wishes(read_voices(OFFLINE, ""), {})


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
    new: list[Narration] = []
    again = 0
    languages = museum_languages.of_museum(session)
    published = published.where(Transcript.language.in_(languages.tags))
    for text in session.scalars(published.order_by(Stop.position, Transcript.id)):
        known = rows.get((text.stop_id, text.language), {})
        wanted = _voices(text, known, wishes.chain(text.language), away)
        new += _new(text, [voice for voice in wanted if voice not in known], wishes.voices)
        again += _want_known(session, text, known, wanted, wishes.voices)
    insert_all(session, new)
    for (_, language), of_text in rows.items():
        if language not in languages:  # the museum had it once, and its sound may be back
            for row in of_text.values():
                _let_go(session, row)
    return len(new) + again


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
    for each in session.scalars(select(Narration).where(lesser)).all():
        _let_go(session, each)


def repair(session: Session, store: Store) -> int:
    """Want again what lost its files or has damaged ones; return how many narrations that were.

    Where only the WebM is missing, as in rows of before there was one, the rest is heard until
    the new sound is there.
    """
    damaged = _damaged(session, store)
    if not damaged:
        return 0
    # Looked at before anything is locked, and locked in the order in which everybody locks.
    locked = session.scalars(_ALL_LOCKED.where(Narration.id.in_(damaged)))
    lost = [row for row in locked if row.files == damaged[row.id].files]  # else made meanwhile
    for row in lost:
        row.lose_files(but_webm=damaged[row.id].is_heard)
    if lost:
        editions.raise_edition(session)
    return len(lost)


@dataclass(frozen=True)
class _Damage:
    """What files a narration had when one of them was lost, and whether it is heard without."""

    files: set[str]
    is_heard: bool


def _damaged(session: Session, store: Store) -> dict[int, _Damage]:
    """Find the narrations that have lost a file, or have a damaged one, by their ids."""
    found = {}
    for row in session.scalars(select(Narration).where(Narration.sound.is_not(None))):
        is_heard = store.is_whole(row.sound or "") and store.is_whole(row.cues or "")
        if not (is_heard and store.is_whole(row.webm or "")):
            found[row.id] = _Damage(row.files, is_heard)
    return found


def _new(text: Transcript, voices: Sequence[str], known: Voices) -> list[Narration]:
    return [
        Narration.wanted(text, voice, Source.GENERATED, known.preference(text.language, voice))
        for voice in voices
    ]


def _want_known(
    session: Session,
    text: Transcript,
    rows: Mapping[str, Narration],
    wanted: Sequence[str],
    voices: Voices,
) -> int:
    """Want of the rows of a text what is wanted, and let go the rest; count what is wanted anew."""
    newly = sum(rows[voice].want_present(text) for voice in wanted if voice in rows)
    for voice, row in rows.items():
        if row.source == Source.GENERATED:
            row.preference = voices.preference(text.language, voice)
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
        has_failed = row is not None and row.state == State.FAILED and not row.is_stale(text)
        if backoff.of(away, voice, language) is None and not has_failed:
            break
    return chosen


def _is_recording_of(row: Narration, text: Transcript) -> bool:
    is_recording = row.source == Source.RECORDED and row.sound is not None
    return is_recording and row.text_digest == text.digest


def _let_go(session: Session, row: Narration) -> None:
    """Forget a wish; what has been spoken stays for as long as it is of use."""
    if row.state in (State.WANTED, State.FAILED) and not row.let_go():
        session.delete(row)


def _want_each_again(session: Session, condition: ColumnElement[bool]) -> int:
    locked = _ALL_LOCKED.join(Stop).where(condition).with_for_update(of=Narration)
    rows = session.scalars(locked).all()
    for row in rows:
        row.want_again()
    if rows:
        editions.raise_edition(session)  # what has failed is promised again
    return len(rows)
