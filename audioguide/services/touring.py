"""What a visitor reads while walking: a stop, the list by hall, a tour."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from audioguide.content import sentences
from audioguide.kinds import Kind
from audioguide.languages import Language
from audioguide.models import Hall, HallText, Stop, StopSlug, Tour, TourStop, TourText, Transcript
from audioguide.services import hearing
from audioguide.services.hearing import Heard


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
class StopPage:
    """A stop in one language; ``paragraphs`` are split into the sentences that cues follow."""

    stop_id: int
    link: StopLink
    code: str
    hall: str
    content_note: str | None
    paragraphs: tuple[tuple[str, ...], ...]
    heard: Heard | None
    sections: tuple[StopLink, ...]
    previous: StopLink | None
    next: StopLink | None

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


def stop_page(session: Session, slug: str, language: Language) -> StopPage | Moved | Retired | None:
    """Find a stop by its slug, present or past, in one language; None if there never was one."""
    stop = session.scalars(
        select(Stop).join(StopSlug, StopSlug.stop_id == Stop.id).where(StopSlug.slug == slug)
    ).one_or_none()
    if stop is not None and stop.retired_at is not None:
        return Retired()
    if stop is None or not stop.published:
        return None
    if stop.slug != slug:
        return Moved(stop.slug)
    return _stop_page(session, stop, language)


def hall_lists(session: Session, language: Language) -> tuple[HallList, ...]:
    """List every published stop by hall; halls and stops in walking order."""
    titles = {
        text.hall_id: text.title
        for text in session.scalars(select(HallText).where(HallText.language == language))
    }
    query = _links(language).add_columns(Stop.hall_id).join(Hall, Hall.id == Stop.hall_id)
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
    places = _links(language).join(TourStop, TourStop.stop_id == Stop.id)
    rows = session.execute(
        places.where(TourStop.tour_id == tour.id).order_by(None).order_by(TourStop.position)
    )
    return TourPage(_tour_link(tour, text), _as_links(rows))


def _stop_page(session: Session, stop: Stop, language: Language) -> StopPage:
    words = session.scalars(
        select(Transcript).where(Transcript.stop_id == stop.id, Transcript.language == language)
    ).one()
    links = _as_links(session.execute(_links(language)))
    here = [link.slug for link in links].index(stop.slug)
    hall = session.get_one(HallText, (stop.hall_id, language.value))
    return StopPage(
        stop_id=stop.id,
        link=links[here],
        code=stop.code,
        hall=hall.title,
        content_note=words.content_note,
        paragraphs=sentences.split_text(words.text, language),
        heard=hearing.heard(session, stop.id, language, words.digest),
        sections=tuple(link for link in links if link.kind == Kind.SECTION),
        previous=links[here - 1] if here else None,
        next=links[here + 1] if here + 1 < len(links) else None,
    )


def _links(language: Language) -> Select[int | None, str, str, str]:
    return (
        select(Stop.number, Stop.slug, Stop.kind, Transcript.title)
        .join(Transcript, Transcript.stop_id == Stop.id)
        .where(Transcript.language == language, Stop.published)
        .order_by(Stop.position)
    )


def _as_links(rows: Iterable[Sequence[object]]) -> tuple[StopLink, ...]:
    return tuple(
        StopLink(int(str(row[0])), str(row[1]), Kind(str(row[2])), str(row[3])) for row in rows
    )


def _tour_link(tour: Tour, text: TourText) -> TourLink:
    return TourLink(tour.slug, text.title, text.description, tour.minutes)
