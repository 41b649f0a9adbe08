"""Receive recordings from the pack and from hand: keep the original, want it heard; decodes none.

Looking at files is slow, so no session is open meanwhile: ``places`` is read first, ``look``
copies what is new, ``want`` writes it down.
"""

from __future__ import annotations

import re
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from audioguide.content import takes as pack_takes
from audioguide.content.pack import Pack
from audioguide.errors import Finding, Grade, Message, TakeRefused, message
from audioguide.languages import LANGUAGES, Language
from audioguide.models import Narration, Source, State, Stop, Transcript
from audioguide.services import publishing
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


@cache
def takes_store(data: Path) -> FolderStore:
    """Return where the originals lie, byte for byte; nothing removes one that was heard.

    It is prepared once in each process, not at every look.
    """
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
    query = select(Stop, Transcript.language).join(Transcript).where(Stop.published)
    for stop, language in session.execute(query.order_by(Stop.position, Transcript.id)):
        row = known.get((stop.id, language))
        found.append(
            Place(
                stop_id=stop.id,
                stop=f"{stop.number} {stop.slug}",
                language=Language(language),
                seen=row.pack_take if row else None,
                stamp=row.pack_stamp if row else None,
            )
        )
    return tuple(found)


def look(
    known: Iterable[Place], media: Path, store: FolderStore, *, settled_seconds: float = 0
) -> tuple[Received, ...]:
    """Copy the recordings beside the texts that are new or changed.

    A file that was written less than ``settled_seconds`` ago may still be on its way.
    """
    received = []
    folder = cache(partial(pack_takes.beside, media))  # one look for all languages of a stop
    for place in known:
        path = folder(place.stop).one(place.language)
        if path is None:
            continue
        try:
            stat = path.stat()
            stamp = f"{stat.st_size} {stat.st_mtime_ns}"
            if stamp == place.stamp or time.time() - stat.st_mtime < settled_seconds:
                continue
            check_file(path)
            received.append(Received(place, keep_original(store, path), stamp))
        except (OSError, TakeRefused):
            continue  # `check` names what cannot be used; the others go on
    return tuple(received)


def want(session: Session, received: Iterable[Received]) -> list[str]:
    """Want the recordings heard that were not seen before; return whose they are."""
    newly = []
    for each in received:
        place = each.place
        row = row_of(session, place.stop_id, place.language)
        if row.pack_take != each.take:
            row.pack_take = row.wanted_take = each.take
            row.state = State.WANTED
            row.claimed_by = row.claimed_until = row.reason = None
            row.attempts = 0
            newly.append(place.name)
        row.pack_stamp = each.stamp
    if newly:
        publishing.raise_edition(session)  # a page may have said that nothing will follow
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
        digest = session.scalars(
            select(Transcript.digest).where(
                Transcript.stop_id == stop_id, Transcript.language == language
            )
        ).one()
        row = Narration(
            stop_id=stop_id,
            language=language,
            voice=RECORDING,
            source=Source.RECORDED,
            state=State.WANTED,
            wanted_digest=digest,
            attempts=0,
        )
        session.add(row)
    return row


def wrong_takes(media: Path, stops: Sequence[str]) -> tuple[Finding, ...]:
    """Find the recordings in the pack that are not used: two of one text, or no usable file.

    Each stop is given as "9 alzhir".
    """
    findings = list(pack_takes.doubled(media, stops))
    for stop in stops:
        there = pack_takes.beside(media, stop)
        for language in LANGUAGES:
            path = there.one(language)
            wrong = None if path is None else _wrong_with(path)
            if wrong is not None:
                findings.append(
                    Finding(
                        Grade.WARNING,
                        f"{stop} {language}",
                        wrong,
                        message("Put a better one in its place."),
                    )
                )
    return tuple(findings)


def misnamed_takes(media: Path, stops: Sequence[str]) -> tuple[Finding, ...]:
    """Find sound beside the texts that is not used, because of its name."""
    return tuple(pack_takes.misnamed(media, stops))


def stops_of(pack: Pack) -> tuple[str, ...]:
    """Name the stops of a pack as ``wrong_takes`` wants them."""
    return tuple(f"{stop.number} {stop.slug}" for stop in pack.stops)


def _wrong_with(path: Path) -> Message | None:
    try:
        check_file(path)
        with path.open("rb") as file:
            file.read(1)
    except TakeRefused as refused:
        return refused.message
    except OSError as error:
        return message("{file}: {reason}.", file=path.name, reason=error.strerror or error)
    return None
