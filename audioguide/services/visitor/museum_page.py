"""What a visitor asks at the desk: the museum's name, address, hours, prices, accounts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from audioguide.content.pack import Account, ClosedDays, OpeningHours
from audioguide.languages import Language
from audioguide.models import THE_MUSEUM, Museum, MuseumText, Price
from audioguide.services.visitor.calendar import Calendar


@dataclass(frozen=True)
class PriceShown:
    """What is paid, who pays it, and what is to be said of it, in one language."""

    slug: str
    amount: Decimal
    currency: str
    title: str
    text: str


@dataclass(frozen=True)
class Notice:
    """What the museum wants known for a while, up to and including a day of its own."""

    text: str
    until: date
    timezone: str

    def at(self, moment: datetime) -> str | None:
        """Return the words while they hold at a moment (aware), None before and after."""
        today = Calendar(self.timezone, (), ()).today(moment)
        return self.text if today <= self.until else None


@dataclass(frozen=True)
class MuseumPage:
    """The museum in one language; ``help`` is its own word to those without a phone, or ""."""

    name: str
    address: str
    about: str
    phone: str | None
    website: str | None
    email: str | None
    map_url: str | None
    timezone: str
    openings: tuple[OpeningHours, ...]
    accounts: tuple[Account, ...]
    prices: tuple[PriceShown, ...]
    calendar: Calendar
    notice: Notice | None
    help: str


def museum_name(session: Session, language: Language) -> str:
    """Return the museum's name, or "" before the first import."""
    return session.scalar(select(MuseumText.name).where(MuseumText.language == language)) or ""


def museum_names(session: Session) -> dict[Language, str]:
    """Return the museum's name in every language that it has one in."""
    return {row.language: row.name for row in session.scalars(select(MuseumText))}


def notice(session: Session, language: Language) -> Notice | None:
    """Find the museum's notice, whether it holds still or not; None where there is none."""
    museum = session.get(Museum, THE_MUSEUM)
    text = session.get(MuseumText, language)
    if museum is None or text is None:
        return None
    return _notice(museum, text)


def museum_page(session: Session, language: Language) -> MuseumPage | None:
    """Find what is known of the museum, or None before the first import."""
    museum = session.get(Museum, THE_MUSEUM)
    text = session.get(MuseumText, language)
    if museum is None or text is None:
        return None
    openings = tuple(
        OpeningHours(tuple(each["days"]), each["opens"], each["closes"])
        for each in museum.opening_hours
    )
    return MuseumPage(
        name=text.name,
        address=text.address,
        about=text.about,
        phone=museum.phone,
        website=museum.website,
        email=museum.email,
        map_url=museum.map_url,
        timezone=museum.timezone,
        openings=openings,
        accounts=tuple(
            Account(each["network"], each["name"], each["url"]) for each in museum.accounts
        ),
        prices=_prices(session, language),
        calendar=Calendar(museum.timezone, openings, _closed(museum)),
        notice=_notice(museum, text),
        help=text.help or "",
    )


def _notice(museum: Museum, text: MuseumText) -> Notice | None:
    if not text.notice or museum.notice_until is None:
        return None
    return Notice(text.notice, museum.notice_until, museum.timezone)


def _closed(museum: Museum) -> tuple[ClosedDays, ...]:
    return tuple(
        ClosedDays(date.fromisoformat(each["from"]), date.fromisoformat(each["to"]))
        for each in museum.closed_days
    )


def _prices(session: Session, language: Language) -> tuple[PriceShown, ...]:
    rows = session.scalars(
        select(Price).options(selectinload(Price.texts)).order_by(Price.position)
    )
    return tuple(
        PriceShown(row.slug, Decimal(row.amount), row.currency, text.title, text.text)
        for row in rows
        for text in row.texts
        if text.language == language
    )
