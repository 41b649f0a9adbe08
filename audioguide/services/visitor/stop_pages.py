"""What a visitor reads while walking: a stop, the list by hall, a tour."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from sqlalchemy import Row, Select, or_, select
from sqlalchemy.orm import Session

from audioguide.content import sentences
from audioguide.kinds import Kind
from audioguide.languages import Language
from audioguide.models import (
    Hall,
    HallText,
    Narration,
    Stop,
    StopSlug,
    Tour,
    TourStop,
    TourText,
    Transcript,
)
from audioguide.services.narration import audible
from audioguide.services.narration.audible import Heard
from audioguide.services.visitor import stop_pictures
from audioguide.services.visitor.stop_pictures import Shown


@dataclass(frozen=True)
class StopLink:
    """A stop as it stands in a list: its number, slug, kind and title."""

    number: int
    slug: str
    kind: Kind
    title: str


@dataclass(frozen=True)
class HallList:
    """A hall and its stops in walking order."""

    title: str
    stops: tuple[StopLink, ...]


@dataclass(frozen=True)
class TourLink:
    """A tour as it stands in a list."""

    slug: str
    title: str
    description: str
    minutes: int


@dataclass(frozen=True)
class TourPage:
    """A tour with its stops in order."""

    link: TourLink
    stops: tuple[StopLink, ...]


@dataclass(frozen=True)
class Along:
    """Where a stop stands in a tour: ``place`` counts from 1, ``minutes_left`` is an estimate."""

    tour: TourLink
    stops: tuple[StopLink, ...]
    place: int
    minutes_left: int

    @property
    def count(self) -> int:
        """How many stops the tour has."""
        return len(self.stops)


@dataclass(frozen=True)
class StopPage:
    """A stop in one language; ``paragraphs`` are split into the sentences that cues follow.

    Walked along a tour, ``previous`` and ``next`` are those of the tour.
    At a ``quiet`` stop no sound is suggested; what there is stands at the end. ``sources`` are
    shown to those who want to check, and never spoken.
    """

    stop_id: int
    link: StopLink
    code: str
    hall: str
    quiet: bool
    content_note: str | None
    paragraphs: tuple[tuple[str, ...], ...]
    heard: Heard | None
    sections: tuple[StopLink, ...]
    previous: StopLink | None
    next: StopLink | None
    picture: Shown | None = None
    along: Along | None = None
    sources: tuple[str, ...] = ()

    @property
    def place_among_sections(self) -> int | None:
        """Return the place of a section in its list, from 1; else None."""
        slugs = [link.slug for link in self.sections]
        return slugs.index(self.link.slug) + 1 if self.link.slug in slugs else None

    @property
    def walk(self) -> str:
        """Return the part of an address that leads to this stop and its neighbours."""
        return f"tours/{self.along.tour.slug}" if self.along else "stops"

    @property
    def summary(self) -> str:
        """The first paragraph."""
        return " ".join(self.paragraphs[0]) if self.paragraphs else ""


@dataclass(frozen=True)
class Moved:
    """The stop is found under another slug now."""

    slug: str


@dataclass(frozen=True)
class Retired:
    """The stop is no longer part of the guide."""


@dataclass(frozen=True)
class OffTour:
    """The stop is there, but the tour does not lead to it, or is gone."""

    slug: str


def stop_page(session: Session, slug: str, language: Language) -> StopPage | Moved | Retired | None:
    """Find a stop by its slug, present or past, in one language; None if there never was one."""
    stop = _stop(session, slug)
    if not isinstance(stop, Stop):
        return stop
    if stop.slug != slug:
        return Moved(stop.slug)
    return page_of(session, stop, language)


def tour_stop_page(
    session: Session, tour: str, slug: str, language: Language
) -> StopPage | Moved | OffTour | Retired | None:
    """Find a stop as it is walked along a tour; a stop off the tour is still a stop."""
    stop = _stop(session, slug)
    if not isinstance(stop, Stop):
        return stop
    page = tour_page(session, tour, language)
    slugs = [link.slug for link in page.stops] if page else []
    if page is None or stop.slug not in slugs:
        return OffTour(stop.slug)
    if stop.slug != slug:
        return Moved(stop.slug)
    here = slugs.index(stop.slug)
    sounds = sounds_ms(session, page.link.slug, language)
    lengths = [sounds.get(each) for each in slugs]
    along = Along(page.link, page.stops, here + 1, minutes_left(page.link.minutes, lengths, here))
    previous, following = _neighbours(page.stops, here)
    return replace(page_of(session, stop, language), along=along, previous=previous, next=following)


def minutes_left(minutes: int, sounds_ms: Sequence[int | None], walked: int) -> int:
    """Estimate how many of a tour's minutes are left once ``walked`` of its stops are behind.

    Each stop takes its sound, and an even share of the minutes that no sound fills. A sound
    that is not there yet is taken to be as long as the others; where there is none, the minutes
    are shared evenly.
    """
    known = [each for each in sounds_ms if each is not None]
    usual = sum(known) / len(known) if known else 0
    heard = [usual if each is None else each for each in sounds_ms]
    walking = max(minutes * 60_000 - sum(heard), 0) / len(heard)
    left_ms = sum(heard[walked:]) + walking * len(heard[walked:])
    return max(1, math.ceil(round(left_ms) / 60_000))


def sounds_ms(session: Session, tour: str, language: Language) -> Mapping[str, int]:
    """Return how long the newest sound of each stop of a tour is, by slug."""
    rows = session.execute(
        select(Stop.slug, Narration.duration_ms)
        .join(Narration.stop)
        .join(TourStop)
        .join(Tour)
        .where(Tour.slug == tour, Narration.language == language)
        .where(Narration.sound.is_not(None), Narration.duration_ms.is_not(None))
        .order_by(Narration.made_at)
    )
    return {slug: int(duration_ms or 0) for slug, duration_ms in rows}


def hall_lists(session: Session, language: Language) -> tuple[HallList, ...]:
    """List every published stop by hall; halls and stops in walking order."""
    titles = {
        text.hall_id: text.title
        for text in session.scalars(select(HallText).where(HallText.language == language))
    }
    query = _links(language).join(Stop.hall)
    rows = session.execute(query.order_by(None).order_by(Hall.position, Stop.position)).all()
    return tuple(
        HallList(titles.get(hall, ""), _as_links(group))
        for hall, group in groupby(rows, key=lambda row: row.hall_id)
    )


def tours(session: Session, language: Language) -> tuple[TourLink, ...]:
    """List the tours."""
    query = select(Tour, TourText).join(TourText).where(TourText.language == language)
    return tuple(
        _tour_link(tour, text) for tour, text in session.execute(query.order_by(Tour.position))
    )


def tour_page(session: Session, slug: str, language: Language) -> TourPage | None:
    """Find a tour by its slug."""
    query = select(Tour, TourText).join(TourText).where(TourText.language == language)
    found = session.execute(query.where(Tour.slug == slug)).one_or_none()
    if found is None:
        return None
    tour, text = found
    places = _links(language).join(TourStop)
    rows = session.execute(
        places.where(TourStop.tour_id == tour.id).order_by(None).order_by(TourStop.position)
    )
    return TourPage(_tour_link(tour, text), _as_links(rows))


def _stop(session: Session, slug: str) -> Stop | Retired | None:
    """Find a published stop by its slug, present or past."""
    stop = session.scalars(select(Stop).join(StopSlug).where(StopSlug.slug == slug)).one_or_none()
    if stop is not None and stop.retired_at is not None:
        return Retired()
    return stop if stop is not None and stop.published else None


def _neighbours(links: Sequence[StopLink], here: int) -> tuple[StopLink | None, StopLink | None]:
    return links[here - 1] if here else None, links[here + 1] if here + 1 < len(links) else None


def stop_link(session: Session, stop_id: int, language: Language) -> StopLink | None:
    """Find a stop as it stands in a list; None while it is not published."""
    found = _as_links(session.execute(_links(language).where(Stop.id == stop_id)))
    return found[0] if found else None


def page_of(session: Session, stop: Stop, language: Language) -> StopPage:
    """Show a stop that has a text in a language; unpublished, it stands at its place in the walk.

    Who asks has made sure that its reader may see it.
    """
    words = session.scalars(
        select(Transcript).where(Transcript.stop_id == stop.id, Transcript.language == language)
    ).one()
    links = _as_links(session.execute(_links(language, besides=stop.id)))
    here = [link.slug for link in links].index(stop.slug)
    hall = session.get_one(HallText, (stop.hall_id, language))
    previous, following = _neighbours(links, here)
    return StopPage(
        stop_id=stop.id,
        link=links[here],
        code=stop.code,
        hall=hall.title,
        quiet=stop.quiet,
        content_note=words.content_note,
        sources=tuple(words.sources.split("\n")) if words.sources else (),
        paragraphs=sentences.split_text(words.text, language),
        heard=audible.heard(session, stop.id, language, words.digest),
        sections=tuple(link for link in links if link.kind == Kind.SECTION),
        previous=previous,
        next=following,
        picture=stop_pictures.shown(session, stop.id, language),
    )


def _links(
    language: Language, besides: int | None = None
) -> Select[int | None, str, Kind, str, int]:
    return (
        select(Stop.number, Stop.slug, Stop.kind, Transcript.title, Stop.hall_id)
        .join(Stop.transcripts)
        .where(Transcript.language == language, or_(Stop.published, Stop.id == besides))
        .order_by(Stop.position)
    )


def _as_links(rows: Iterable[Row[int | None, str, Kind, str, int]]) -> tuple[StopLink, ...]:
    return tuple(StopLink(number or 0, slug, kind, title) for number, slug, kind, title, _ in rows)


def _tour_link(tour: Tour, text: TourText) -> TourLink:
    return TourLink(tour.slug, text.title, text.description, tour.minutes)
