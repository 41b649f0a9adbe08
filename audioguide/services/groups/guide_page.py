"""What a guide sees: the tours, the stops of the one she leads, and what she may say there."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from audioguide import clock
from audioguide.languages import Language
from audioguide.models import THE_MUSEUM, GroupTour, Museum, Stop, TalkingPoints, now
from audioguide.services import museum_languages
from audioguide.services.groups import following, joining, leading
from audioguide.services.groups.following import Present
from audioguide.services.groups.joining import GroupState
from audioguide.services.visitor import stop_pages
from audioguide.services.visitor.stop_pages import HallList, StopLink, TourLink, TourPage


@dataclass(frozen=True)
class Led:
    """A group as its guide sees it.

    ``others`` are the stops that are not on the tour, by hall; ``codes`` has every stop's code by
    its slug, and ``lasts_ms`` how long the longest language takes at a stop of the tour.
    ``points`` are the talking points of the stop by paragraph.
    """

    group_id: int
    state: GroupState
    tour: TourLink
    started_at: datetime
    stops: tuple[StopLink, ...]
    others: tuple[HallList, ...]
    codes: Mapping[str, str]
    lasts_ms: Mapping[str, int]
    here: StopLink | None
    points: tuple[str, ...]
    present: Mapping[Language, Present]

    @property
    def place(self) -> int | None:
        """The place of the present stop in the tour, from 0; None at a stop off the tour."""
        slugs = [stop.slug for stop in self.stops]
        return slugs.index(self.here.slug) if self.here and self.here.slug in slugs else None


@dataclass(frozen=True)
class OnTheWay:
    """A group as it stands in its guide's list; ``begun_at`` is by the museum's clock as it is now.

    For how long it is on its way is counted by the clock that nobody sets.
    """

    group_id: int
    join_code: str
    title: str
    begun_at: datetime
    minutes: int


def on_the_way(session: Session, guide_id: int, language: Language) -> tuple[OnTheWay, ...]:
    """List the groups that a guide is leading now, the latest first, whatever became of a tour."""
    titles = {tour.slug: tour.title for tour in stop_pages.tours(session, language)}
    museum = session.get(Museum, THE_MUSEUM)
    zone = ZoneInfo(museum.timezone) if museum else UTC
    found = []
    for group in leading.groups_of(session, guide_id):
        length = max(clock.moment() - group.started_at, timedelta())
        found.append(
            OnTheWay(
                group.id,
                group.join_code or "",
                titles.get(group.tour_slug, group.tour_slug),
                (now() - length).astimezone(zone),
                length // timedelta(minutes=1),
            )
        )
    return tuple(found)


def led(session: Session, group_id: int, guide_id: int, language: Language) -> Led | None:
    """Find a group of a guide; None where it is not hers or its tour is gone."""
    group = session.get(GroupTour, group_id)
    if group is None or group.guide_id != guide_id:
        return None
    tour = stop_pages.tour_page(session, group.tour_slug, language)
    if tour is None:
        return None
    here = stop_pages.stop_link(session, group.stop_id, language)
    return Led(
        group_id=group.id,
        state=joining.state_of(session, group),
        tour=tour.link,
        started_at=group.started_at,
        stops=tour.stops,
        others=_others(session, tour, language),
        codes=_codes(session),
        lasts_ms=_lasts_ms(session, group.tour_slug),
        here=here,
        points=talking_points(session, group.stop_id, language),
        present=following.present(session, group.id),
    )


def _others(session: Session, tour: TourPage, language: Language) -> tuple[HallList, ...]:
    slugs = {stop.slug for stop in tour.stops}
    halls = [
        replace(hall, stops=tuple(stop for stop in hall.stops if stop.slug not in slugs))
        for hall in stop_pages.hall_lists(session, language)
    ]
    return tuple(hall for hall in halls if hall.stops)


def _codes(session: Session) -> dict[str, str]:
    return {stop.slug: stop.code for stop in session.scalars(select(Stop).where(Stop.published))}


def _lasts_ms(session: Session, tour_slug: str) -> dict[str, int]:
    """Return how long a group stays at each stop: nobody goes on before the slowest language."""
    lasts_ms: dict[str, int] = {}
    for language in museum_languages.of_museum(session):
        for slug, sound_ms in stop_pages.sounds_ms(session, tour_slug, language).items():
            lasts_ms[slug] = max(sound_ms, lasts_ms.get(slug, 0))
    return lasts_ms


def talking_points(session: Session, stop_id: int, language: Language) -> tuple[str, ...]:
    """Give the talking points of a stop by paragraph; none where nobody wrote any."""
    text = session.scalar(
        select(TalkingPoints.text).where(
            TalkingPoints.stop_id == stop_id, TalkingPoints.language == language
        )
    )
    return tuple(text.split("\n\n")) if text else ()


def points_by_stop(session: Session) -> Mapping[int, Sequence[TalkingPoints]]:
    """Load every talking point, by the id of its stop."""
    found: dict[int, list[TalkingPoints]] = {}
    for row in session.scalars(select(TalkingPoints)):
        found.setdefault(row.stop_id, []).append(row)
    return found


def bring_points(
    session: Session,
    stop_id: int,
    known: Iterable[TalkingPoints],
    points: Mapping[Language, str],
    broken: Collection[str] = (),
) -> list[Language]:
    """Keep the talking points of a stop as the pack has them; return the languages that changed.

    ``known`` are those that it has. Those whose file is ``broken`` stay as they are.
    """
    rows = {row.language: row for row in known}
    changed = []
    for language, text in points.items():
        row = rows.pop(language, None) or TalkingPoints(stop_id=stop_id, language=language, text="")
        if row.text != text:
            changed.append(language)
            row.text = text
        session.add(row)
    for language, gone in rows.items():
        if f"guide.{language}.md" not in broken:
            changed.append(language)
            session.delete(gone)
    return changed
