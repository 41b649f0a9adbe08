"""How stops, halls and tours stand in lists: their titles, each in its language."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import Row, Select, or_, select
from sqlalchemy.orm import Session

from audioguide.languages import Language
from audioguide.models import HallText, Stop, Tour, TourText, Transcript
from audioguide.services import museum_languages


@dataclass(frozen=True)
class StopLink:
    """A stop as it stands in a list: its number, slug, kind and title, which is in ``language``."""

    number: int
    slug: str
    kind: str
    title: str
    language: Language


@dataclass(frozen=True)
class TourLink:
    """A tour as it stands in a list; its words are in ``language``."""

    slug: str
    title: str
    description: str
    minutes: int
    language: Language


@dataclass(frozen=True)
class Named:
    """What the hall in which a stop stands is called, or its kind, and in which language."""

    title: str
    language: Language

    def __str__(self) -> str:
        return self.title


def chain_of(session: Session, language: Language) -> tuple[Language, ...]:
    """Return a language, and those that stand in for it where texts may be missing."""
    languages = museum_languages.of_museum(session)
    return languages.chain(language) if language in languages.partial else (language,)


def hall_name(session: Session, stop: Stop, chain: Sequence[Language]) -> Named:
    """Find the title of the hall in which a stop stands."""
    rows = session.scalars(
        select(HallText).where(HallText.hall_id == stop.hall_id, HallText.language.in_(chain))
    )
    told = min(rows, key=lambda row: chain.index(row.language))
    return Named(told.title, told.language)


def links(
    chain: Sequence[Language], besides: int | None = None
) -> Select[int | None, str, str, str, int, Language]:
    """Ask for what ``as_links`` makes links of, in walking order; ``besides`` is unpublished."""
    return (
        select(
            Stop.number, Stop.slug, Stop.kind, Transcript.title, Stop.hall_id, Transcript.language
        )
        .join(Stop.transcripts)
        .where(Transcript.language.in_(chain), or_(Stop.published, Stop.id == besides))
        .order_by(Stop.position)
    )


def as_links(
    rows: Iterable[Row[int | None, str, str, str, int, Language]], chain: Sequence[Language]
) -> tuple[StopLink, ...]:
    """Make a link of each stop, with the title that is nearest along a chain of languages."""
    found: dict[str, StopLink] = {}
    for number, slug, kind, title, _, language in rows:
        known = found.get(slug)
        if known is None or chain.index(language) < chain.index(known.language):
            found[slug] = StopLink(number or 0, slug, kind, title, language)
    return tuple(found.values())


def tour_links(
    rows: Iterable[Row[Tour, TourText]], chain: Sequence[Language]
) -> tuple[TourLink, ...]:
    """Make a link of each tour, with the words that are nearest along a chain of languages."""
    found: dict[str, TourLink] = {}
    for tour, text in rows:
        known = found.get(tour.slug)
        if known is None or chain.index(text.language) < chain.index(known.language):
            found[tour.slug] = TourLink(
                tour.slug, text.title, text.description, tour.minutes, text.language
            )
    return tuple(found.values())
