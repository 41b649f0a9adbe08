"""Make a narration of a recording that was received: decode, align, code, keep.

``make`` is slow, so no session is open while it works.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import count
from pathlib import Path

from sqlalchemy import ColumnElement, Select, and_, or_, select
from sqlalchemy.orm import Session

from audioguide.content.text import sha256
from audioguide.errors import Message, TakeRefused
from audioguide.languages import Language
from audioguide.models import Made, Narration, Stop, Transcript, now
from audioguide.services import editions, museum_languages
from audioguide.services.narration.lexicons import lexicon
from audioguide.services.narration.queue import WAS_GIVEN_BACK, Claim, claim_first, mine
from audioguide.services.narration.scope import EVERYTHING, Scope, kept_reason
from audioguide.services.narration.scripts import script
from audioguide.services.narration.take_intake import RECORDING, row_of
from audioguide.speech import espeak
from audioguide.speech.alignment import Reference, align, check_duration, speak_reference
from audioguide.speech.coding import code
from audioguide.speech.cues import Cue, write_webvtt
from audioguide.speech.loudness import loudness_lufs
from audioguide.speech.mastering import SAMPLE_RATE_HZ
from audioguide.speech.narration import Line
from audioguide.speech.pauses import trim_take
from audioguide.speech.remembered import ReportingVoice
from audioguide.speech.tags import Tags
from audioguide.speech.taking import read_take
from audioguide.storage import FolderStore, Store

Progress = Callable[[float], None]
"""Called with the part that is done, from 0 to 1; what it raises ends the work."""

# How the time is shared out between the steps, roughly.
_DECODED, _SPOKEN, _ALIGNED = 0.3, 0.5, 0.75


@dataclass(frozen=True)
class Folders:
    """Where takes, texts and sound lie."""

    takes: FolderStore
    media: Path
    store: Store


@dataclass(frozen=True)
class Reading:
    """A take, what people call its file, and the words that it is taken to say.

    ``espeak`` is the museum's choice among the voices of espeak-ng, or nothing.
    """

    take: str
    name: str
    language: Language
    title: str
    text: str
    espeak: str = ""


@dataclass(frozen=True)
class TakeClaim:
    """A take that one worker has taken on; one that was heard before was accepted as it is."""

    claim: Claim
    reading: Reading
    was_heard: bool


@dataclass(frozen=True)
class Doubt:
    """A sentence that may be heard at the wrong moment, or was not read as it stands."""

    number: int
    start_ms: int
    words: str


@dataclass(frozen=True)
class Recorded(Made):
    """A take made ready to be heard, and what there is to say of it."""

    loudness_before_lufs: float
    sentences: int
    doubts: tuple[Doubt, ...]
    notes: tuple[Message, ...]


def claim(
    session: Session, worker: str, scope: Scope = EVERYTHING, takes: FolderStore | None = None
) -> TakeClaim | None:
    """Claim a take that is wanted, by one atomic UPDATE, or None.

    ``takes`` tells which originals are still there to be made again.
    """
    moment = now()
    order = (WAS_GIVEN_BACK, Stop.position, Narration.id)
    claimed = claim_first(session, worker, scope, _claimable(moment), order, moment)
    return None if claimed is None else _claim(session, claimed, worker, takes)


def is_waiting(session: Session, scope: Scope = EVERYTHING) -> bool:
    """Tell, without a lock, whether there is a take to claim."""
    waiting = select(Narration.id).join(Narration.stop)
    moment = now()
    condition = or_(_claimable(moment), Narration.is_claimed_too_long(moment))
    return session.scalar(waiting.where(scope.condition, condition).limit(1)) is not None


def make(
    reading: Reading,
    folders: Folders,
    museum: str,
    progress: Progress,
    *,
    accept_cut: bool = False,
    accept_unlike: bool = False,
) -> Recorded:
    """Make a take ready to be heard.

    Raise TakeRefused with the reason where it is no recording of these words.
    """
    path = folders.takes.path(reading.take)
    take = read_take(
        path,
        name=reading.name,
        accept_cut=accept_cut,
        progress=lambda done: progress(done * _DECODED),
    )
    before_lufs = loudness_lufs(take.samples, SAMPLE_RATE_HZ) - take.lifted_db
    lines = _lines(reading, folders.media)
    samples = trim_take(take.samples, SAMPLE_RATE_HZ)
    reference = _reference(lines, reading, progress)
    check_duration(samples.size / SAMPLE_RATE_HZ, reference)
    aligned = align(
        samples,
        SAMPLE_RATE_HZ,
        reference,
        lambda: progress(_SPOKEN),
        accept_unlike=accept_unlike,
    )
    progress(_ALIGNED)
    tags = Tags(reading.title, album=museum, artist=museum, language=reading.language)
    coded = code(samples, tags)
    progress(1.0)
    cues = [
        Cue(span.start_ms, span.end_ms, line.shown)
        for span, line in zip(aligned.spans, lines, strict=True)
    ]
    return Recorded(
        sound=folders.store.keep(coded.mp3, "mp3"),
        webm=folders.store.keep(coded.webm, "webm"),
        cues=folders.store.keep(write_webvtt(cues, reading.language).encode(), "vtt"),
        size_bytes=len(coded.mp3),
        webm_size_bytes=len(coded.webm),
        duration_ms=coded.duration_ms,
        loudness_before_lufs=before_lufs,
        loudness_lufs=coded.loudness_lufs,
        sentences=len(lines),
        doubts=tuple(Doubt(n, cues[n].start_ms, cues[n].text) for n in aligned.doubtful),
        notes=take.notes,
    )


def keep(session: Session, claimed: TakeClaim, recorded: Recorded) -> bool:
    """Keep what was made; return False, changing nothing, if the claim was lost."""
    row = mine(session, claimed.claim)
    if row is None:
        return False
    _write(session, row, claimed.reading, recorded)
    return True


def put(session: Session, stop_id: int, reading: Reading, recorded: Recorded) -> set[str]:
    """Let a take be heard that was made at once, whatever else was wanted in its place.

    Return the names of the files that it replaces.
    """
    row = row_of(session, stop_id, reading.language)
    session.flush()
    before = row.files
    row.wanted_take = None
    _write(session, row, reading, recorded)
    return before - row.files


def reading_of(session: Session, stop_id: int, language: Language, take: str, name: str) -> Reading:
    """Take the present words of a stop as those that a take says."""
    transcript = session.scalars(_transcripts(stop_id, language)).one_or_none()
    if transcript is None:
        raise TakeRefused("The stop has no text in {language} yet.", language=language)
    chosen = museum_languages.of_museum(session).espeak(language)
    return Reading(take, name, language, transcript.title, transcript.text, chosen)


def _write(session: Session, row: Narration, reading: Reading, recorded: Recorded) -> None:
    doubtful = _doubtful(row, reading, recorded)
    row.take, row.read_text, row.doubtful = reading.take, reading.text, doubtful
    if row.wanted_take == reading.take:
        row.wanted_take = None
    row.wanted_digest = sha256(reading.text)
    reason = kept_reason(_all(recorded.notes)) if recorded.notes else None
    row.finish(recorded, row.wanted_digest, now(), reason=reason)
    editions.raise_edition(session)


def _doubtful(row: Narration, reading: Reading, recorded: Recorded) -> list[int]:
    """List the sentences to be reviewed; what was found right in the same reading stays so."""
    doubtful = [doubt.number for doubt in recorded.doubts]
    if (row.take, row.read_text) != (reading.take, reading.text) or row.doubtful is None:
        return doubtful
    return [number for number in doubtful if number in row.doubtful]


def _all(notes: Sequence[Message]) -> Message:
    """Make one message of several, each of which is said in the reader's language."""
    places = {f"note{number}": note for number, note in enumerate(notes)}
    return Message(" ".join(f"{{{place}}}" for place in places), places)


def _claimable(moment: datetime) -> ColumnElement[bool]:
    return and_(Narration.voice == RECORDING, Narration.is_to_do(moment))


def _is_lost(row: Narration, takes: FolderStore | None) -> bool:
    """Tell whether a take that was accepted lost its sound, and can be made again.

    It comes before a newer one, which may be refused.
    """
    if row.take is None or row.read_text is None or None not in (row.sound, row.webm):
        return False
    return takes is None or takes.has(row.take)


def _claim(
    session: Session, narration_id: int, worker: str, takes: FolderStore | None
) -> TakeClaim:
    row = session.get_one(Narration, narration_id, populate_existing=True)
    stop, transcript = row.stop, row.transcript
    # A take that is made again was read from the words of then; a new one, from those of now.
    is_lost = _is_lost(row, takes)
    is_new = row.read_text is None or (row.wanted_take is not None and not is_lost)
    take = (row.wanted_take if is_new else None) or row.take or ""
    reading = Reading(
        take=take,
        name=f"{row.language}.take.{take.rpartition('.')[2]}",
        language=row.language,
        title=transcript.title,
        text=transcript.text if is_new else row.read_text or "",
        espeak=museum_languages.of_museum(session).espeak(row.language),
    )
    claimed = Claim(
        narration_id=row.id,
        worker=worker,
        stop=f"{stop.number} {stop.slug}",
        language=reading.language,
        voice=row.voice,
        title=reading.title,
        text=reading.text,
        digest=row.wanted_digest,
    )
    return TakeClaim(claimed, reading, was_heard=not is_new)


def _transcripts(stop_id: int, language: Language) -> Select[Transcript]:
    query = select(Transcript).where(Transcript.stop_id == stop_id)
    return query.where(Transcript.language == language)


def _lines(reading: Reading, media: Path) -> list[Line]:
    words = lexicon(media, reading.language)
    lines = [
        line for paragraph in script(reading.text, reading.language, words) for line in paragraph
    ]
    if not lines:
        raise TakeRefused("There is nothing to align the recording with: the text is empty.")
    return lines


def _reference(lines: Sequence[Line], reading: Reading, progress: Progress) -> Reference:
    spoken = count(1)
    voice = espeak.make(reading.espeak, reading.language, Path())

    def after_sentence() -> None:
        progress(_DECODED + (_SPOKEN - _DECODED) * next(spoken) / len(lines))

    return speak_reference(lines, ReportingVoice(voice, after_sentence))
