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

    def open_until(self, moment: datetime) -> str | None:
        """Return until when the museum is open at a moment (aware), by its own clock, or None."""
        there = moment.astimezone(ZoneInfo(self.timezone))
        day, clock = DAYS[there.weekday()], f"{there:%H:%M}"
        for opening in self.openings:
            if day in opening.days and opening.opens <= clock < opening.closes:
                return opening.closes
        return None

    def opens_next(self, moment: datetime) -> tuple[str, str] | None:
        """Return the day and the time of day when the museum opens next after a moment, or None.

        Today counts; a week ahead is looked at, and nothing beyond it.
        """
        there = moment.astimezone(ZoneInfo(self.timezone))
        clock = f"{there:%H:%M}"
        for ahead in range(8):
            day = DAYS[(there.weekday() + ahead) % 7]
            times = sorted(each.opens for each in self.openings if day in each.days)
            for opens in times:
                if ahead or opens > clock:
                    return day, opens
        return None

    def is_open(self, moment: datetime) -> bool:
        """Tell whether the museum is open at a moment (aware), by its own clock."""
        return self.open_until(moment) is not None


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
