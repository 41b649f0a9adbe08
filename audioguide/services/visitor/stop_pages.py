"""What a visitor reads while walking: a stop, the list by hall, a tour."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from sqlalchemy import select
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
from audioguide.services import museum_kinds, museum_languages
from audioguide.services.narration import audible
from audioguide.services.narration.audible import Heard
from audioguide.services.visitor import stop_links, stop_pictures
from audioguide.services.visitor.stop_links import Named as Named  # noqa: PLC0414
from audioguide.services.visitor.stop_links import StopLink as StopLink  # noqa: PLC0414
from audioguide.services.visitor.stop_links import TourLink as TourLink  # noqa: PLC0414
from audioguide.services.visitor.stop_pictures import Shown


@dataclass(frozen=True)
class HallList:
    """A hall and its stops in walking order; its title is in ``language``.

    ``of_people``: some of its stops are each about one person.
    """

    title: str
    stops: tuple[StopLink, ...]
    language: Language
    of_people: bool


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

    ``language`` is the one of its words and its sound: where the language that was asked for has
    no text, another stands in for it.

    Walked along a tour, ``previous`` and ``next`` are those of the tour.
    At a ``quiet`` stop no sound is suggested; what there is stands at the end. ``sources`` are
    shown to those who want to check, and never spoken. ``route`` are the stops of the kind that the
    route line follows, and ``called`` is the museum's own name for that.
    """

    stop_id: int
    language: Language
    link: StopLink
    code: str
    hall: Named
    quiet: bool
    content_note: str | None
    paragraphs: tuple[tuple[str, ...], ...]
    heard: Heard | None
    route: tuple[StopLink, ...]
    previous: StopLink | None
    next: StopLink | None
    picture: Shown | None = None
    along: Along | None = None
    sources: tuple[str, ...] = ()
    called: Named | None = None

    @property
    def place_on_route(self) -> int | None:
        """Return the place of this stop on the route, from 1; None where it is not of that kind."""
        slugs = [link.slug for link in self.route]
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
    sounds = heard_ms(session, page, language)
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


def heard_ms(session: Session, page: TourPage, language: Language) -> Mapping[str, int]:
    """Return how long what is heard of each stop of a tour is, by slug, as ``sounds_ms`` does.

    Where another language stands in for a text, its sound is heard.
    """
    sounds = {
        each: sounds_ms(session, page.link.slug, each)
        for each in {language, *(stop.language for stop in page.stops)}
    }
    return {
        stop.slug: sounds[stop.language][stop.slug]
        for stop in page.stops
        if stop.slug in sounds[stop.language]
    }


def hall_lists(session: Session, language: Language) -> tuple[HallList, ...]:
    """List every published stop by hall; halls and stops in walking order."""
    chain = stop_links.chain_of(session, language)
    titles: dict[int, dict[Language, str]] = {}
    for text in session.scalars(select(HallText).where(HallText.language.in_(chain))):
        titles.setdefault(text.hall_id, {})[text.language] = text.title
    query = stop_links.links(chain).join(Stop.hall)
    rows = session.execute(query.order_by(None).order_by(Hall.position, Stop.position)).all()
    people = {kind.slug for kind in museum_kinds.of_museum(session) if kind.is_person}
    lists = []
    for hall, group in groupby(rows, key=lambda row: row.hall_id):
        told, title = museum_languages.nearest(titles.get(hall, {}), chain) or (language, "")
        stops = stop_links.as_links(group, chain)
        of_people = any(stop.kind in people for stop in stops)
        lists.append(HallList(title, stops, told, of_people))
    return tuple(lists)


def tours(session: Session, language: Language) -> tuple[TourLink, ...]:
    """List the tours."""
    chain = stop_links.chain_of(session, language)
    query = select(Tour, TourText).join(TourText).where(TourText.language.in_(chain))
    return stop_links.tour_links(session.execute(query.order_by(Tour.position)), chain)


def tour_page(session: Session, slug: str, language: Language) -> TourPage | None:
    """Find a tour by its slug."""
    chain = stop_links.chain_of(session, language)
    query = select(Tour, TourText).join(TourText).where(TourText.language.in_(chain))
    found = stop_links.tour_links(session.execute(query.where(Tour.slug == slug)), chain)
    if not found:
        return None
    places = stop_links.links(chain).join(TourStop).join(Tour).where(Tour.slug == slug)
    rows = session.execute(places.order_by(None).order_by(TourStop.position))
    return TourPage(found[0], stop_links.as_links(rows, chain))


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
    chain = stop_links.chain_of(session, language)
    found = stop_links.as_links(
        session.execute(stop_links.links(chain).where(Stop.id == stop_id)), chain
    )
    return found[0] if found else None


def page_of(session: Session, stop: Stop, language: Language) -> StopPage:
    """Show a stop that has a text in a language, or in one that stands in for it.

    Unpublished, it stands at its place in the walk. Who asks has made sure that its reader may
    see it.
    """
    chain = stop_links.chain_of(session, language)
    words = _words(session, stop, chain)
    links = stop_links.as_links(session.execute(stop_links.links(chain, besides=stop.id)), chain)
    here = [link.slug for link in links].index(stop.slug)
    previous, following = _neighbours(links, here)
    route = museum_kinds.of_museum(session).route
    return StopPage(
        stop_id=stop.id,
        language=words.language,
        link=links[here],
        code=stop.code,
        hall=stop_links.hall_name(session, stop, chain),
        quiet=stop.quiet,
        content_note=words.content_note,
        sources=tuple(words.sources.split("\n")) if words.sources else (),
        paragraphs=sentences.split_text(words.text, words.language),
        heard=audible.heard(session, stop.id, words.language, words.digest),
        route=tuple(link for link in links if route and link.kind == route.slug),
        called=_called(session, route, language) if route and stop.kind == route.slug else None,
        previous=previous,
        next=following,
        picture=stop_pictures.shown(session, stop.id, chain),
    )


def _called(session: Session, kind: Kind, language: Language) -> Named | None:
    told_in, name = museum_kinds.called_on_route(session, kind, language) or (language, "")
    return Named(name, told_in) if name else None


def _words(session: Session, stop: Stop, chain: Sequence[Language]) -> Transcript:
    rows = session.scalars(
        select(Transcript).where(Transcript.stop_id == stop.id, Transcript.language.in_(chain))
    )
    return min(rows, key=lambda row: chain.index(row.language))
