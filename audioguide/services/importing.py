"""Bring the content pack into the database: all of it or nothing, twice the same as once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from sqlalchemy import inspect, select
from sqlalchemy.orm import Session, selectinload

from audioguide.content import structure_file, unread
from audioguide.content.pack import PICTURE, Pack, PackHall, PackStop, PackTour
from audioguide.content.pack_files import pack_digest
from audioguide.content.reading import read_whole
from audioguide.errors import AskedWrongly, Finding, PackBroken
from audioguide.labels import logo_names
from audioguide.languages import Languages
from audioguide.models import (
    Hall,
    HallText,
    PackSeen,
    Picture,
    Stop,
    StopSlug,
    Tour,
    TourStop,
    TourText,
    now,
)
from audioguide.services import broken_parts, editions, museum_facts, museum_kinds, pack_texts
from audioguide.services.groups import guide_page
from audioguide.services.labels import exchanged_codes
from audioguide.services.many_rows import insert_known
from audioguide.services.narration import lexicons
from audioguide.services.visitor import stop_pictures
from audioguide.services.visitor.stop_pictures import NOTHING_MADE, Made

_THE_PACK = 1


@dataclass
class Imported:
    """What an import changed; ``conflicts`` are texts that both sides had changed.

    ``museum`` names its facts and words as the pack does: `closed`, `price`, `notice`.
    ``broken`` is what was held back with its reason, ``remarks`` what holds nothing back.
    """

    added: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    retired: list[str] = field(default_factory=list)
    conflicts: list[str] = field(default_factory=list)
    pictures: list[str] = field(default_factory=list)
    points: list[str] = field(default_factory=list)
    museum: list[str] = field(default_factory=list)
    structure_changed: bool = False
    broken: tuple[Finding, ...] = ()
    remarks: tuple[Finding, ...] = ()

    @property
    def anything(self) -> bool:
        """Whether visitors can see a difference."""
        texts = self.added or self.changed or self.retired
        return bool(texts or self.pictures or self.structure_changed)


def is_seen(session: Session, folder: Path) -> bool:
    """Tell whether the pack in ``folder`` is the one that was imported last."""
    seen = session.get(PackSeen, _THE_PACK)
    return seen is not None and seen.digest == pack_digest(folder)


def no_pack(folder: Path) -> AskedWrongly | None:
    """Say what is to be done where there is no pack in a folder; None where there is one."""
    return structure_file.no_pack(folder)


@dataclass(frozen=True)
class Checked:
    """A pack as far as it is whole, or None, and what is broken in it and in its lexicons."""

    pack: Pack | None
    broken: tuple[Finding, ...]


def read(folder: Path) -> Pack:
    """Read and check the pack with its lexicons.

    Raise PackBroken with every mistake, or AskedWrongly where there is no pack.
    """
    checked = read_what_is_whole(folder)
    if checked.broken or checked.pack is None:
        raise PackBroken(checked.broken)
    return checked.pack


def read_what_is_whole(folder: Path, known: Pack | None = None) -> Checked:
    """Read what is whole in the pack, with all that is broken; ``known`` is its old structure.

    Raise AskedWrongly where there is no pack.
    """
    found = read_whole(folder, known)
    languages = Languages() if found.pack is None else found.pack.languages
    wrong_in_lexicons, on_lexicons = lexicons.check_lexicons(folder, languages)
    broken = (*found.findings, *wrong_in_lexicons)
    if found.pack is None:
        return Checked(None, broken)
    return Checked(replace(found.pack, remarks=(*found.pack.remarks, *on_lexicons)), broken)


def unread_files(folder: Path, pack: Pack) -> tuple[Finding, ...]:
    """Find the files in the pack's folder that nobody reads, because of their names."""
    return (*unread.unread_files(folder, pack), *unused_logos(folder))


def unused_logos(folder: Path) -> tuple[Finding, ...]:
    """Warn of what seems to be the museum's logo and is not printed because of its name."""
    return logo_names.unused(folder)


def bring_in(
    session: Session, pack: Pack, made: Made = NOTHING_MADE, broken: Sequence[Finding] = ()
) -> Imported:
    """Write a checked pack to the database and raise the edition if visitors see a difference.

    ``made`` are the files of its pictures, which `stop_pictures.make` gives.

    A stop is known by its code. No stop and no text is deleted: a stop that the pack no longer
    names is retired; a tour that it no longer names is taken away. Where the pack and the
    database both changed a text, the database's stays. Where something is ``broken``, the pack
    holds what is whole: its old words stay, and what is new waits for all of its words.

    Raise PackBroken, with nothing written, for a code that was exchanged while its labels hang.
    """
    if exchanged := exchanged_codes.exchanged(session, pack.stops):
        raise PackBroken((*broken, *exchanged))
    report = Imported(broken=tuple(broken), remarks=pack.remarks)
    if broken:
        pack = broken_parts.without_new_parts(session, pack)
    with session.no_autoflush:
        stops = _stops_by_code(session, pack, report)
        pictures = stop_pictures.by_stop(session)
        report.museum += museum_facts.bring_in(
            session, pack.museum, pack.languages, has_facts=pack.has_facts
        )
        museum_kinds.bring_in(session, pack.kinds)
        halls = _bring_halls(session, pack.halls)
        if pack.has_facts:
            _bring_stops(session, pack.stops, stops, halls, report)
        texts = pack_texts.bring_in(session, pack.stops, stops)
        report.added, report.changed = texts.added, texts.changed
        report.conflicts = texts.conflicts
        for each in pack.stops:
            row = pictures.get(stops[each.code].id)
            _bring_picture(session, each, stops[each.code], row, made, report)
        _bring_tours(session, pack.tours, {stop.number: stop for stop in stops.values()}, report)
        _flush(session, report)
        _bring_points(session, pack.stops, stops, report)
        if not broken:
            session.merge(PackSeen(id=_THE_PACK, digest=pack.digest))
    if report.anything:
        editions.raise_edition(session)
    return report


def _flush(session: Session, report: Imported) -> None:
    """Write what has gathered, remembering whether there was anything to write."""
    report.structure_changed |= bool(session.new or session.deleted) or any(
        session.is_modified(row) for row in session.dirty
    )
    session.flush()


def _stops_by_code(session: Session, pack: Pack, report: Imported) -> dict[str, Stop]:
    """Find every stop by its code, retire those that are gone, free the numbers that move."""
    with_texts = select(Stop).options(selectinload(Stop.transcripts))
    known = {stop.code: stop for stop in session.scalars(with_texts)}
    numbers = {each.code: each.number for each in pack.stops}
    for code, stop in known.items():
        if not pack.is_all_there and code not in numbers:
            continue  # it may be the one whose block was changed, and is held back
        if code not in numbers and stop.retired_at is None:
            report.retired.append(f"{stop.number} {stop.slug}")
            stop.retired_at, stop.published = now(), False
        if stop.number is not None and numbers.get(code) != stop.number:
            stop.number = None  # two stops may have changed places: none may wait for the other
    _flush(session, report)
    for each in pack.stops:
        known.setdefault(each.code, Stop(code=each.code, transcripts=[]))
    return {each.code: known[each.code] for each in pack.stops}


def _bring_halls(session: Session, halls: Sequence[PackHall]) -> dict[str, Hall]:
    with_texts = select(Hall).options(selectinload(Hall.texts))
    known = {hall.slug: hall for hall in session.scalars(with_texts)}
    for position, each in enumerate(halls):
        hall = known.setdefault(each.slug, Hall(slug=each.slug, texts=[]))
        hall.position = position
        texts = {text.language: text for text in hall.texts}
        for language, words in each.words.items():
            if language not in texts:
                texts[language] = HallText(language=language)
                hall.texts.append(texts[language])
            texts[language].title = words.title
        session.add(hall)
    return known


def _bring_stops(
    session: Session,
    given: Sequence[PackStop],
    stops: Mapping[str, Stop],
    halls: Mapping[str, Hall],
    report: Imported,
) -> None:
    _flush(session, report)  # a stop names its hall by its id
    for position, each in enumerate(given):
        stop = stops[each.code]
        stop.number, stop.slug, stop.kind = each.number, each.slug, each.kind
        stop.hall_id, stop.position = halls[each.hall].id, position
        stop.published, stop.retired_at = each.published, None
        stop.quiet = each.quiet
        stop.approved_by, stop.approved_on = each.approved_by, each.approved_on
    _flush(session, report)
    new = [stop for stop in stops.values() if inspect(stop).transient]
    insert_known(session, new, "code")
    report.structure_changed |= bool(new)
    slugs = {row.slug: row for row in session.scalars(select(StopSlug))}
    for each in given:
        row = slugs.get(each.slug) or StopSlug(slug=each.slug)
        row.stop_id = stops[each.code].id
        session.add(row)


def _bring_picture(
    session: Session,
    given: PackStop,
    stop: Stop,
    row: Picture | None,
    made: Made,
    report: Imported,
) -> None:
    if PICTURE not in given.broken and stop_pictures.bring_in(session, given, stop, row, made):
        report.pictures.append(f"{given.number} {given.slug}")


def _bring_points(
    session: Session, given: Sequence[PackStop], stops: Mapping[str, Stop], report: Imported
) -> None:
    """Bring the talking points; no visitor sees them, so no edition rises for them."""
    rows = guide_page.points_by_stop(session)
    for each in given:
        stop_id = stops[each.code].id
        known = rows.get(stop_id, ())
        changed = guide_page.bring_points(session, stop_id, known, each.points, each.broken)
        report.points += [f"{each.number} {each.slug} {language}" for language in changed]


def _bring_tours(
    session: Session,
    tours: Sequence[PackTour],
    stops: Mapping[int | None, Stop],
    report: Imported,
) -> None:
    whole = select(Tour).options(selectinload(Tour.texts), selectinload(Tour.places))
    known = {tour.slug: tour for tour in session.scalars(whole)}
    for position, each in enumerate(tours):
        tour = known.pop(each.slug, None) or Tour(slug=each.slug, texts=[], places=[])
        tour.position, tour.minutes = position, each.minutes
        if [place.stop_id for place in tour.places] != [stops[n].id for n in each.stops]:
            tour.places = []
            session.add(tour)
            _flush(session, report)
            tour.places = [
                TourStop(position=place, stop=stops[number])
                for place, number in enumerate(each.stops)
            ]
        _bring_tour_texts(tour, each)
        session.add(tour)
    for gone in known.values():
        session.delete(gone)


def _bring_tour_texts(tour: Tour, given: PackTour) -> None:
    texts = {text.language: text for text in tour.texts}
    for language, words in given.words.items():
        if language not in texts:
            texts[language] = TourText(language=language)
            tour.texts.append(texts[language])
        texts[language].title = words.title
        texts[language].description = words.text
