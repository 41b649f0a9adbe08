"""Choose the stops that a person means, by name or by their labels."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from audioguide import codes
from audioguide.errors import AskedWrongly
from audioguide.labels.stocks import STOCKS, find_stock
from audioguide.models import Hall, Stop, Tour, TourStop
from audioguide.paper import Paper
from audioguide.services.labels import register

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
            .join(Stop.hall)
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
    query = select(Stop.code).join(TourStop).join(Tour)
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


def lost_codes(
    session: Session, named: Sequence[str], stock: str | None
) -> tuple[frozenset[str], str]:
    """Return the codes of lost labels, and the stock that they go on: theirs, unless one is given.

    Raise AskedWrongly for a label that was never printed or would lead nowhere now, and for
    several that were printed on different paper.
    """
    stocks = dict(register.printed_code(session, each) for each in named)
    shown = session.scalars(select(Stop.code).where(Stop.published)).all()
    if gone := stocks.keys() - set(shown):
        raise AskedWrongly(
            "The stop of the label {code} is not shown any more; its label would lead nowhere.",
            code=min(gone),
        )
    if stock is None and len(set(stocks.values())) > 1:
        raise AskedWrongly(
            "These labels were printed on different paper: {labels}. Print them one paper at a "
            "time, or choose one with --stock.",
            labels=", ".join(f"{code} {printed_on}" for code, printed_on in stocks.items()),
        )
    code, printed_on = next(iter(stocks.items()))
    return frozenset(stocks), stock or _known(printed_on, code)


def _known(stock: str, code: str) -> str:
    if stock not in STOCKS:
        raise AskedWrongly(
            "The label {code} was printed on {stock}, which was described in millimetres; "
            "describe it again with --stock.",
            code=code,
            stock=stock,
        )
    return stock


def changed_codes(
    session: Session, stock: str | None, present_base: str | None = None
) -> tuple[frozenset[str], str | None]:
    """Return the codes of what changed on the wall, and the stock that it goes on.

    A plaque is replaced by a plaque alone: without a ``stock`` labels come first, on any stock,
    which is then None, and plaques on their own when no label is left. Raise AskedWrongly when
    all that changed is of another kind than ``stock``.
    """
    changed = register.changed(session, present_base)
    if stock is None and changed and all(label.kind is Paper.PLAQUE for label in changed):
        stock = changed[0].stock
    kind = find_stock(stock).kind if stock is not None else Paper.LABELS
    codes = frozenset(label.code for label in changed if label.code and label.kind is kind)
    if changed and not codes:
        raise AskedWrongly(
            "The changed labels were printed on other paper than {stock}: {stocks}. Leave out "
            "--stock and --plaques, and the right paper is chosen.",
            stock=stock,
            stocks=", ".join(sorted({label.stock for label in changed})),
        )
    return codes, stock
