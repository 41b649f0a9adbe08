"""What a visitor asks at the desk: the museum's name, address, hours, accounts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from audioguide.content.pack import Account, OpeningHours
from audioguide.content.structure import DAYS
from audioguide.languages import Language
from audioguide.models import THE_MUSEUM, Museum, MuseumText


@dataclass(frozen=True)
class MuseumPage:
    """The museum in one language."""

    name: str
    address: str
    about: str
    phone: str | None
    website: str | None
    timezone: str
    openings: tuple[OpeningHours, ...]
    accounts: tuple[Account, ...]

    def is_open(self, moment: datetime) -> bool:
        """Tell whether the museum is open at a moment (aware), by its own clock."""
        there = moment.astimezone(ZoneInfo(self.timezone))
        day, clock = DAYS[there.weekday()], f"{there:%H:%M}"
        return any(
            day in opening.days and opening.opens <= clock < opening.closes
            for opening in self.openings
        )


def museum_name(session: Session, language: Language) -> str:
    """Return the museum's name, or "" before the first import."""
    return session.scalar(select(MuseumText.name).where(MuseumText.language == language)) or ""


def museum_names(session: Session) -> dict[Language, str]:
    """Return the museum's name in every language that it has one in."""
    return {Language(row.language): row.name for row in session.scalars(select(MuseumText))}


def museum_page(session: Session, language: Language) -> MuseumPage | None:
    """Find what is known of the museum, or None before the first import."""
    museum = session.get(Museum, THE_MUSEUM)
    text = session.get(MuseumText, language.value)
    if museum is None or text is None:
        return None
    return MuseumPage(
        name=text.name,
        address=text.address,
        about=text.about,
        phone=museum.phone,
        website=museum.website,
        timezone=museum.timezone,
        openings=tuple(
            OpeningHours(tuple(each["days"]), each["opens"], each["closes"])
            for each in museum.opening_hours
        ),
        accounts=tuple(
            Account(each["network"], each["name"], each["url"]) for each in museum.accounts
        ),
    )
