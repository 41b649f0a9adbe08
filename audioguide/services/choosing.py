"""Choose the stops that a person means by numbers, ranges, halls and tours; nothing is printed."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from audioguide import codes
from audioguide.errors import AskedWrongly
from audioguide.models import Hall, Stop, Tour, TourStop

_RANGE = re.compile(r"([0-9]{1,6})\s*[-–]\s*([0-9]{1,6})")


@dataclass(frozen=True)
class _Place:
    number: int
    code: str
    slug: str
    hall: str


def chosen_codes(session: Session, wanted: str) -> frozenset[str]:
    """Return the codes of the published stops of ``1-12,14,hall:exposition,tour:alash``.

    A stop may be named by its number, slug or code. Raise AskedWrongly for each part that means
    no published stop.
    """
    parts = [part.strip() for part in wanted.split(",") if part.strip()]
    if not parts:
        raise AskedWrongly("--stops names no stop; write it as in --stops 1-12,14.")
    places = [
        _Place(number or 0, code, slug, hall)
        for number, code, slug, hall in session.execute(
            select(Stop.number, Stop.code, Stop.slug, Hall.slug)
            .join(Hall, Hall.id == Stop.hall_id)
            .where(Stop.published)
            .order_by(Stop.number)
        )
    ]
    return frozenset(code for part in parts for code in _chosen(session, part, places))


def _chosen(session: Session, part: str, places: Collection[_Place]) -> Collection[str]:
    kind, colon, slug = part.partition(":")
    if colon and kind == "hall":
        return _of_hall(session, slug, places)
    if colon and kind == "tour":
        return _of_tour(session, slug, places)
    found = {place.code for place in places if _means(part, place)}
    if not found:
        raise AskedWrongly(
            "There is no stop {stop}. The stops are {numbers}.",
            stop=part,
            numbers=", ".join(str(place.number) for place in places),
        )
    return found


def _means(part: str, place: _Place) -> bool:
    if ends := _RANGE.fullmatch(part):
        return int(ends[1]) <= place.number <= int(ends[2])
    if part.isdecimal() and len(part) <= 6 and int(part) == place.number:
        return True
    return part == place.slug or codes.fold(part) == place.code


def _of_hall(session: Session, slug: str, places: Collection[_Place]) -> Collection[str]:
    found = {place.code for place in places if place.hall == slug}
    if not found:
        halls = session.scalars(select(Hall.slug).order_by(Hall.position)).all()
        raise AskedWrongly(
            "There is no published stop in a hall {hall}. The halls are {halls}.",
            hall=slug,
            halls=", ".join(halls),
        )
    return found


def _of_tour(session: Session, slug: str, places: Collection[_Place]) -> Collection[str]:
    query = select(Stop.code).join(TourStop, TourStop.stop_id == Stop.id).join(Tour)
    stops = set(session.scalars(query.where(Tour.slug == slug)))
    found = {place.code for place in places if place.code in stops}
    if not found:
        tours = session.scalars(select(Tour.slug).order_by(Tour.position)).all()
        raise AskedWrongly(
            "There is no published stop in a tour {tour}. The tours are {tours}.",
            tour=slug,
            tours=", ".join(tours),
        )
    return found
