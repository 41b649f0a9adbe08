"""Every stop in every language at once, for machines that read the guide."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from audioguide import codes
from audioguide.languages import Language, Languages
from audioguide.models import Narration, Stop, Tour, TourStop, Transcript
from audioguide.services import museum_languages
from audioguide.services.narration import audible
from audioguide.services.narration.audible import Heard


@dataclass(frozen=True)
class Entry:
    """A stop's words and sound in one language: ``language`` is theirs, where another stands in."""

    language: Language
    title: str
    content_note: str | None
    text: str
    heard: Heard | None


@dataclass(frozen=True)
class StopEntry:
    """A stop with its entries by language."""

    number: int
    code: str
    slug: str
    kind: str
    hall: str
    entries: dict[Language, Entry]


@dataclass(frozen=True)
class TourEntry:
    """A tour with its titles and descriptions by language, and the codes of its stops.

    ``told_in`` has the language of the words: another one where it stands in.
    """

    slug: str
    minutes: int
    titles: dict[Language, str]
    descriptions: dict[Language, str]
    told_in: dict[Language, Language]
    codes: tuple[str, ...]


@dataclass(frozen=True)
class Gone:
    """The code belonged to a stop that is retired."""


def stop_entries(session: Session) -> tuple[StopEntry, ...]:
    """Give every published stop in walking order."""
    query = select(Stop).where(Stop.published).order_by(Stop.position)
    return _entries(session, session.scalars(query.options(selectinload(Stop.hall))).all())


def stop_entry(session: Session, code: str) -> StopEntry | Gone | None:
    """Give the stop of a code, in any case and with look-alikes folded."""
    folded = codes.fold(code[:40])
    if not codes.is_code(folded):
        return None
    stop = session.scalars(select(Stop).where(Stop.code == folded)).one_or_none()
    if stop is not None and stop.retired_at is not None:
        return Gone()
    if stop is None or not stop.published:
        return None
    return _entries(session, [stop])[0]


def tour_entries(session: Session) -> tuple[TourEntry, ...]:
    """Give every tour in order."""
    languages = museum_languages.of_museum(session)
    loading = (selectinload(Tour.texts), selectinload(Tour.places).selectinload(TourStop.stop))
    return tuple(
        _tour_entry(tour, languages)
        for tour in session.scalars(select(Tour).options(*loading).order_by(Tour.position))
    )


def _tour_entry(tour: Tour, languages: Languages) -> TourEntry:
    texts = museum_languages.told({text.language: text for text in tour.texts}, languages)
    return TourEntry(
        slug=tour.slug,
        minutes=tour.minutes,
        titles={language: text.title for language, (_, text) in texts.items()},
        descriptions={language: text.description for language, (_, text) in texts.items()},
        told_in={language: told for language, (told, _) in texts.items()},
        codes=tuple(place.stop.code for place in tour.places if place.stop.published),
    )


def _entries(session: Session, stops: Sequence[Stop]) -> tuple[StopEntry, ...]:
    chosen = [stop.id for stop in stops]
    words: dict[int, list[Transcript]] = defaultdict(list)
    for transcript in session.scalars(select(Transcript).where(Transcript.stop_id.in_(chosen))):
        words[transcript.stop_id].append(transcript)
    sounds: dict[tuple[int, Language], list[Narration]] = defaultdict(list)
    for row in session.scalars(
        select(Narration)
        .where(Narration.stop_id.in_(chosen), Narration.sound.is_not(None))
        .order_by(Narration.made_at.desc())
    ):
        sounds[row.stop_id, row.language].append(row)
    languages = museum_languages.of_museum(session)
    return tuple(_entry(stop, words[stop.id], sounds, languages) for stop in stops)


def _entry(
    stop: Stop,
    words: Sequence[Transcript],
    sounds: dict[tuple[int, Language], list[Narration]],
    languages: Languages,
) -> StopEntry:
    texts = museum_languages.told({each.language: each for each in words}, languages)
    return StopEntry(
        number=stop.number or 0,
        code=stop.code,
        slug=stop.slug,
        kind=stop.kind,
        hall=stop.hall.slug,
        entries={
            language: Entry(
                language=told,
                title=each.title,
                content_note=each.content_note,
                text=each.text,
                heard=audible.best(sounds[stop.id, told], each.digest),
            )
            for language, (told, each) in texts.items()
        },
    )
