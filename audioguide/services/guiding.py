"""What a guide sees: the tours, the stops of the one she leads, and what she may say there."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from audioguide.languages import Language
from audioguide.models import GroupTour, TalkingPoints
from audioguide.services import following, joining, leading, touring
from audioguide.services.following import Present
from audioguide.services.joining import GroupState
from audioguide.services.touring import StopLink, TourLink


@dataclass(frozen=True)
class Led:
    """A group as its guide sees it; ``planned_minutes`` is the tour's, with walking.

    ``points`` are the talking points of the stop by paragraph.
    """

    group_id: int
    state: GroupState
    tour: TourLink
    started_at: datetime
    stops: tuple[StopLink, ...]
    codes: tuple[str, ...]
    here: StopLink | None
    points: tuple[str, ...]
    present: Mapping[Language, Present]

    @property
    def place(self) -> int | None:
        """The place of the present stop in the tour, from 0; None at a stop off the tour."""
        slugs = [stop.slug for stop in self.stops]
        return slugs.index(self.here.slug) if self.here and self.here.slug in slugs else None


def led(session: Session, group_id: int, guide_id: int, language: Language) -> Led | None:
    """Find a group of a guide; None where it is not hers or its tour is gone."""
    group = session.get(GroupTour, group_id)
    if group is None or group.guide_id != guide_id:
        return None
    tour = touring.tour_page(session, group.tour_slug, language)
    if tour is None:
        return None
    here = touring.stop_link(session, group.stop_id, language)
    return Led(
        group_id=group.id,
        state=joining.state_of(session, group),
        tour=tour.link,
        started_at=group.started_at,
        stops=tour.stops,
        codes=tuple(place.code for place in leading.places(session, group.tour_slug)),
        here=here,
        points=talking_points(session, group.stop_id, language),
        present=following.present(session, group.id),
    )


def talking_points(session: Session, stop_id: int, language: Language) -> tuple[str, ...]:
    """Give the talking points of a stop by paragraph; none where nobody wrote any."""
    text = session.scalar(
        select(TalkingPoints.text).where(
            TalkingPoints.stop_id == stop_id, TalkingPoints.language == language
        )
    )
    return tuple(text.split("\n\n")) if text else ()


def bring_points(
    session: Session, stop_id: int, points: Mapping[Language, str], broken: Collection[str] = ()
) -> list[Language]:
    """Keep the talking points of a stop as the pack has them; return the languages that changed.

    Those whose file is ``broken`` stay as they are.
    """
    rows = {
        Language(row.language): row
        for row in session.scalars(select(TalkingPoints).where(TalkingPoints.stop_id == stop_id))
    }
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
