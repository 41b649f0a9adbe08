"""Receive recordings from the pack and from hand: keep the original, want it heard; decodes none.

Looking at files is slow, so no session is open meanwhile: ``places`` is read first, ``look``
copies what is new, ``want`` writes it down.
"""

from __future__ import annotations

import re
import shutil
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from audioguide import files
from audioguide.content import takes as pack_takes
from audioguide.content.pack import Pack
from audioguide.errors import (
    Finding,
    Grade,
    Message,
    TakeRefused,
    is_no_room,
    message,
    plain_reason,
)
from audioguide.languages import Language, Languages
from audioguide.models import Narration, Source, Stop, Transcript
from audioguide.services import editions, museum_languages
from audioguide.storage import FolderStore

RECORDING = "recording"  # the voice of every recorded narration
FOLDER = "takes"  # in the data folder, which is kept, not in the store, which may be emptied
_KIND = re.compile(r"[a-z0-9]{1,8}")
_KINDS_OF_HALVES = ("part",)  # what a store takes for half-written, and clears


@dataclass(frozen=True)
class Place:
    """Where the pack may hold a recording, and which one was seen there last."""

    stop_id: int
    stop: str
    language: Language
    seen: str | None
    stamp: str | None

    @property
    def name(self) -> str:
        """The stop and the language, for people."""
        return f"{self.stop} {self.language}"


@dataclass(frozen=True)
class Received:
    """A recording that has been kept."""

    place: Place
    take: str
    stamp: str


class Arriving:
    """The files that may still be on their way: one has arrived when it stood still for a while.

    That is what this process sees of size and date, by its own running clock: a recorder's date
    may be any, also one to come.
    """

    def __init__(self, seconds: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._seconds, self._clock = seconds, clock
        self._since: dict[Path, tuple[str, float]] = {}

    def is_still(self, path: Path, stamp: str) -> bool:
        """Tell whether a file has been the same for long enough, as far as was looked."""
        moment = self._clock()
        seen, since = self._since.get(path, ("", moment))
        if seen != stamp:
            since = moment
        self._since[path] = (stamp, since)
        return moment - since >= self._seconds


@dataclass(frozen=True)
class Seen:
    """What a look at the pack found: recordings that were kept, and files that cannot be read."""

    received: tuple[Received, ...]
    unreadable: tuple[Finding, ...]


def takes_store(data: Path) -> FolderStore:
    """Prepare where the originals lie, byte for byte; nothing removes one that was heard."""
    store = FolderStore(data / FOLDER)
    store.prepare()
    return store


def check_file(path: Path) -> None:
    """Raise TakeRefused for a file that is empty, too large, or not there."""
    from audioguide.speech import taking  # noqa: PLC0415  loads av, and most starts bring none

    taking.check_size(path)


def keep_original(store: FolderStore, path: Path) -> str:
    """Keep a recording as it came and return its name."""
    kind = path.suffix.removeprefix(".").lower()
    is_kind = _KIND.fullmatch(kind) and kind not in _KINDS_OF_HALVES
    return store.keep_file(path, kind if is_kind else "take")


def originals(store: FolderStore) -> frozenset[str]:
    """Name the originals that are kept: also of recordings that were replaced since."""
    return frozenset(path.name for path in store.folder.iterdir())


def let_go(session: Session, store: FolderStore, take: str) -> None:
    """Remove an original that was refused, unless a row names it."""
    named = or_(Narration.take == take, Narration.wanted_take == take, Narration.pack_take == take)
    if session.scalar(select(Narration.id).where(named).limit(1)) is None:
        store.path(take).unlink(missing_ok=True)


def places(session: Session) -> tuple[Place, ...]:
    """Give every text that may have a recording, in walking order."""
    known = {
        (row.stop_id, row.language): row
        for row in session.scalars(select(Narration).where(Narration.voice == RECORDING))
    }
    found = []
    query = (
        select(Stop, Transcript.language)
        .join(Transcript)
        .where(Stop.published, Transcript.language.in_(museum_languages.of_museum(session).tags))
    )
    for stop, language in session.execute(query.order_by(Stop.position, Transcript.id)):
        row = known.get((stop.id, language))
        found.append(
            Place(
                stop_id=stop.id,
                stop=f"{stop.number} {stop.slug}",
                language=language,
                seen=row.pack_take if row else None,
                stamp=row.pack_stamp if row else None,
            )
        )
    return tuple(found)


def stops(session: Session) -> tuple[str, ...]:
    """Name every stop of the guide, also those that are not shown, as "9 alzhir"."""
    there = select(Stop).where(Stop.retired_at.is_(None), Stop.number.is_not(None))
    query = there.order_by(Stop.position)
    return tuple(f"{stop.number} {stop.slug}" for stop in session.scalars(query))


def look(
    known: Iterable[Place],
    media: Path,
    store: FolderStore,
    languages: Languages,
    arriving: Arriving | None = None,
    *,
    before_keeping: Callable[[], None] = lambda: None,
) -> Seen:
    """Copy the recordings beside the texts that are new or changed.

    One that is still ``arriving`` is left for a later look, and so is one that finds no room. What
    ``before_keeping`` raises ends the look. Raise OSError where the disk became full meanwhile.
    """
    received = []
    unreadable = []
    # One look for all languages of a stop.
    folder = cache(partial(pack_takes.beside, media, languages=languages))
    for place in known:
        path = folder(place.stop).one(place.language)
        if path is None:
            continue
        try:
            stamp = _stamp(path)
            if stamp == place.stamp or (arriving and not arriving.is_still(path, stamp)):
                continue
            check_file(path)
            before_keeping()
            if too_large := _too_large(media, path, store):
                unreadable.append(too_large)
            else:
                received.append(Received(place, keep_original(store, path), stamp))
        except TakeRefused:
            continue  # `check` names what cannot be used; the others go on
        except OSError as error:
            if is_no_room(error):
                raise
            unreadable.append(_unreadable(media, path, error))
    return Seen(tuple(received), tuple(unreadable))


def _too_large(media: Path, path: Path, store: FolderStore) -> Finding | None:
    """Say of a recording that the disk has no room for it: else it would be copied in vain."""
    size_bytes = path.stat().st_size
    if size_bytes < shutil.disk_usage(store.folder).free:
        return None
    needed = message(
        "The disk has no room for the recording, which needs {needed} MB.",
        needed=-(-size_bytes // 1_000_000),
    )
    return _left_out(media, path, needed, message("Make room, and it is received by itself."))


def _unreadable(media: Path, path: Path, error: OSError) -> Finding:
    reason = plain_reason(error)
    return _left_out(media, path, message("The file cannot be read: {reason}.", reason=reason))


def _left_out(media: Path, path: Path, *said: Message) -> Finding:
    return Finding(Grade.ERROR, f"{media.name}/{path.relative_to(media).as_posix()}", *said)


def _stamp(path: Path) -> str:
    stat = path.stat()
    return f"{stat.st_size} {stat.st_mtime_ns}"


def want(session: Session, received: Iterable[Received]) -> list[str]:
    """Want the recordings heard that were not seen before; return whose they are."""
    newly = []
    for each in received:
        place = each.place
        row = row_of(session, place.stop_id, place.language)
        if row.pack_take != each.take:
            row.pack_take = each.take
            row.want_take(each.take)
            newly.append(place.name)
        row.pack_stamp = each.stamp
    if newly:
        editions.raise_edition(session)  # a page may have said that nothing will follow
    return newly


def row_of(session: Session, stop_id: int, language: Language) -> Narration:
    """Return the row of a text's recording, a new one where there is none."""
    row = session.scalars(
        select(Narration)
        .where(
            Narration.stop_id == stop_id,
            Narration.language == language,
            Narration.voice == RECORDING,
        )
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one_or_none()
    if row is None:
        text = session.scalars(
            select(Transcript).where(Transcript.stop_id == stop_id, Transcript.language == language)
        ).one()
        row = Narration.wanted(text, RECORDING, Source.RECORDED)
        session.add(row)
    return row


def wrong_takes(
    media: Path,
    stops: Sequence[str],
    known: Iterable[Place],
    languages: Languages,
    arriving: Arriving | None = None,
) -> tuple[Finding, ...]:
    """Find the recordings in the pack that are not used, after a look: none is left out in silence.

    There are two of one text, or it is no usable file, or it has not been received and is not
    ``arriving``. Each stop is given as "9 alzhir".
    """
    findings = list(pack_takes.doubled(media, stops, languages))
    found = {(place.stop, place.language): place for place in known}
    for stop in stops:
        there = pack_takes.beside(media, stop, languages)
        for language in languages:
            path, place = there.one(language), found.get((stop, language))
            if path is None:
                continue
            try:
                wrong = _wrong_with(path, place, arriving)
            except OSError as error:
                findings.append(_unreadable(media, path, error))
            else:
                if wrong is not None:
                    findings.append(Finding(Grade.WARNING, f"{stop} {language}", *wrong))
    return tuple(findings)


def misnamed_takes(media: Path, stops: Sequence[str], languages: Languages) -> tuple[Finding, ...]:
    """Find sound beside the texts that is not used, because of its name."""
    return tuple(pack_takes.misnamed(media, stops, languages))


def stops_of(pack: Pack) -> tuple[str, ...]:
    """Name the stops of a pack as ``wrong_takes`` wants them."""
    return tuple(f"{stop.number} {stop.slug}" for stop in pack.stops)


def _wrong_with(
    path: Path, place: Place | None, arriving: Arriving | None
) -> tuple[Message, Message] | None:
    """Say why a file is not used, and what to do; raise OSError where it cannot be read."""
    try:
        check_file(path)
    except TakeRefused as refused:
        return refused.message, message("Replace it with a better one.")
    with files.open_file(path) as file:
        file.read(1)
    waits = message("The recording {file} has not been received.", file=path.name)
    if place is None:
        return waits, message("It is once the stop is shown and has a text in this language.")
    stamp = _stamp(path)
    if stamp == place.stamp or (arriving and not arriving.is_still(path, stamp)):
        return None
    return waits, message("Look whether the disk has room, and check again.")
