"""Hold back what is broken in a pack, so that it keeps nobody else's correction from visitors."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from audioguide.content.pack import (
    Pack,
    PackHall,
    PackKind,
    PackMuseum,
    PackPrice,
    PackStop,
    PackTour,
)
from audioguide.kinds import known as known_kind
from audioguide.languages import Language, Languages
from audioguide.models import THE_MUSEUM, Hall, Museum, Price, Stop, Tour, TourStop, Transcript
from audioguide.services import museum_kinds, museum_languages


def known_structure(session: Session) -> Pack | None:
    """Return the structure of the guide as it was imported last, without words; None before that.

    Of the museum's facts those are in it that words belong to: the others stay as they are.
    """
    museum = session.get(Museum, THE_MUSEUM)
    if museum is None:
        return None
    halls = session.scalars(select(Hall).order_by(Hall.position))
    stops = session.scalars(
        select(Stop)
        .where(Stop.retired_at.is_(None))
        .options(selectinload(Stop.hall))
        .order_by(Stop.position)
    ).all()
    walks = selectinload(Tour.places).selectinload(TourStop.stop)
    tours = session.scalars(select(Tour).options(walks).order_by(Tour.position))
    return Pack(
        museum=_museum(session, museum),
        halls=tuple(PackHall(hall.slug, {}) for hall in halls),
        stops=tuple(_stop(stop, stop.number) for stop in stops if stop.number is not None),
        tours=tuple(
            PackTour(
                tour.slug,
                tour.minutes,
                tuple(place.stop.number for place in tour.places if place.stop.number is not None),
                {},
            )
            for tour in tours
        ),
        digest="",
        languages=museum_languages.of_museum(session),
        kinds=tuple(PackKind(kind, {}) for kind in museum_kinds.declared(session)),
    )


def without_new_parts(session: Session, pack: Pack) -> Pack:
    """Return a pack without the halls, stops and tours that are new and lack words.

    What visitors know already stays in it, and shows its old words where the new are broken. The
    languages stay as they were: in a new one words may be missing everywhere. So do the kinds of
    stops where a new one has no name. Interface words of a catalogue that is whole come in.
    """
    languages = _known_languages(session, pack)
    pack = replace(pack, kinds=_kinds(session, pack, languages))
    halls = {hall.slug: hall for hall in session.scalars(select(Hall))}
    whole_halls = [
        hall for hall in pack.halls if hall.slug in halls or _is_whole(hall.words, languages)
    ]
    rows = {stop.code: stop for stop in session.scalars(select(Stop))}
    written = _written(session)
    stops: list[PackStop] = []
    for stop in pack.stops:
        row = rows.get(stop.code)
        lacks = set(languages.complete) - set(stop.words) - written.get(stop.code, set())
        has_hall = stop.hall in {hall.slug for hall in whole_halls}
        has_kind = stop.kind in pack.all_kinds
        if row is None and (not has_hall or not has_kind or (stop.published and lacks)):
            continue
        kept = stop if has_hall or row is None else replace(stop, hall=row.hall.slug)
        kept = kept if has_kind or row is None else replace(kept, kind=row.kind)
        stops.append(replace(kept, published=stop.published and not lacks))
    return replace(
        pack,
        halls=tuple(whole_halls),
        stops=tuple(stops),
        tours=_tours(session, pack, stops, languages),
        languages=languages,
        is_all_there=len(stops) == len(pack.stops),
    )


def _kinds(session: Session, pack: Pack, languages: Languages) -> tuple[PackKind, ...]:
    """Return the pack's kinds if each new one has its name, else those of before."""
    before = {kind.slug: kind for kind in museum_kinds.declared(session)}
    words = {each.kind.slug: each.words for each in pack.kinds}
    if all(
        slug in before or known_kind(slug) or _is_whole(words[slug], languages) for slug in words
    ):
        return pack.kinds
    return tuple(PackKind(kind, words.get(slug, {})) for slug, kind in before.items())


def _museum(session: Session, row: Museum) -> PackMuseum:
    prices = session.scalars(select(Price).order_by(Price.position))
    return PackMuseum(
        timezone=row.timezone,
        phone=None,
        website=None,
        opening_hours=(),
        accounts=(),
        words={},
        prices=tuple(
            PackPrice(each.slug, Decimal(each.amount), each.currency, {}) for each in prices
        ),
        notice_until=row.notice_until,
    )


def _stop(row: Stop, number: int) -> PackStop:
    return PackStop(
        number=number,
        code=row.code,
        slug=row.slug,
        kind=row.kind,
        hall=row.hall.slug,
        published=row.published,
        approved_by=row.approved_by,
        approved_on=row.approved_on,
        words={},
        quiet=row.quiet,
    )


def _tours(
    session: Session, pack: Pack, stops: Sequence[PackStop], languages: Languages
) -> tuple[PackTour, ...]:
    known = set(session.scalars(select(Tour.slug)))
    shown = {stop.number for stop in stops if stop.published}
    return tuple(
        replace(tour, stops=tuple(number for number in tour.stops if number in shown))
        for tour in pack.tours
        if tour.slug in known or _is_whole(tour.words, languages)
    )


def _written(session: Session) -> dict[str, set[Language]]:
    found: dict[str, set[Language]] = {}
    for code, language in session.execute(select(Stop.code, Transcript.language).join(Transcript)):
        found.setdefault(code, set()).add(language)
    return found


def _known_languages(session: Session, pack: Pack) -> Languages:
    is_first = session.get(Museum, THE_MUSEUM) is None
    if is_first:
        return pack.languages
    return museum_languages.of_museum(session).with_words(pack.languages.words)


def _is_whole(words: Mapping[Language, object], languages: Languages) -> bool:
    return all(language in words for language in languages.complete)
