"""Do what a curator decides after listening to a recording: take it back, or find it right."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import count
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from audioguide.content import takes as pack_takes
from audioguide.errors import AskedWrongly, AudioguideError, plain_reason
from audioguide.languages import Language
from audioguide.models import Narration, Stop
from audioguide.services import editions, museum_languages
from audioguide.services.narration.take_intake import RECORDING


@dataclass(frozen=True)
class Dropped:
    """The originals of a recording that was taken back, which stay, and its files in the store."""

    originals: tuple[str, ...]
    files: tuple[str, ...]


def put_aside(session: Session, stop_id: int, language: Language, media: Path) -> tuple[str, ...]:
    """Give the recordings beside a text another name, so that no look receives them again.

    Return their new names; raise AskedWrongly, with nothing changed in the database, where the
    folder cannot be written.
    """
    stop = session.get_one(Stop, stop_id)
    languages = museum_languages.of_museum(session)
    there = pack_takes.beside(media, f"{stop.number} {stop.slug}", languages)
    moved = []
    for path in there.takes.get(language, ()):
        try:
            aside = _free(path)
            path.rename(aside)
        except OSError as error:
            raise AskedWrongly(
                "{file} cannot be put aside: {reason}. Take it out of the folder yourself, and "
                "ask again.",
                file=path,
                reason=plain_reason(error),
            ) from error
        moved.append(aside.name)
    return tuple(moved)


def drop(session: Session, stop_id: int, language: Language) -> Dropped | None:
    """Take the recording of a text back, or return None where it has none.

    The originals stay; who commits lets go of the files in the store.
    """
    row = _row(session, stop_id, language)
    if row is None:
        return None
    dropped = Dropped(
        originals=tuple(dict.fromkeys(each for each in (row.take, row.wanted_take) if each)),
        files=tuple(sorted(row.files)),
    )
    session.delete(row)
    session.flush()
    editions.raise_edition(session)
    return dropped


def find_right(
    session: Session, stop_id: int, language: Language, numbers: Sequence[int]
) -> tuple[int, ...]:
    """Note that sentences, counted from 1, were heard and are right; return what is doubtful still.

    Raise AskedWrongly where one of them is not in doubt.
    """
    row = _row(session, stop_id, language)
    if row is None or row.sound is None:
        raise AudioguideError("There is no recording of this text.")
    doubtful = [number + 1 for number in row.doubtful or ()]
    unknown = [number for number in numbers if number not in doubtful]
    if unknown and not doubtful:
        raise AskedWrongly("No sentence of this recording needs review.")
    if unknown:
        raise AskedWrongly(
            "Sentence {number} needs no review. These do: {numbers}.",
            number=unknown[0],
            numbers=", ".join(map(str, doubtful)),
        )
    row.doubtful = [number - 1 for number in doubtful if number not in numbers]
    return tuple(number + 1 for number in row.doubtful)


def _free(path: Path) -> Path:
    """Find a name for a file that is put aside which none has that was put aside before."""
    tried = count(1)
    aside = path.with_name(path.name + pack_takes.DROPPED)
    while aside.exists():
        aside = path.with_name(f"{path.name}.{next(tried)}{pack_takes.DROPPED}")
    return aside


def _row(session: Session, stop_id: int, language: Language) -> Narration | None:
    query = select(Narration).where(Narration.stop_id == stop_id, Narration.language == language)
    return session.scalars(
        query.where(Narration.voice == RECORDING).with_for_update()
    ).one_or_none()
