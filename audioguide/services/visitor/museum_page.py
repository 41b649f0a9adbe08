"""What a visitor asks at the desk: the museum's name, address, hours, prices, accounts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from audioguide.content.pack import Account, ClosedDays, OpeningHours
from audioguide.languages import Language
from audioguide.models import THE_MUSEUM, Museum, MuseumText, Price
from audioguide.services import museum_languages
from audioguide.services.visitor import stop_links
from audioguide.services.visitor.calendar import Calendar


@dataclass(frozen=True)
class PriceShown:
    """What is paid, who pays it, and what is to be said of it, in one language."""

    slug: str
    amount: Decimal
    currency: str
    title: str
    text: str
    language: Language


@dataclass(frozen=True)
class Notice:
    """What the museum wants known for a while, up to and including a day of its own.

    ``language`` is the one of its words.
    """

    language: Language
    text: str
    until: date
    timezone: str

    def at(self, moment: datetime) -> Notice | None:
        """Return it while it holds at a moment (aware), None after."""
        today = Calendar(self.timezone, (), ()).today(moment)
        return self if today <= self.until else None


@dataclass(frozen=True)
class Help:
    """What the museum says to those who have no phone, in a language of its own."""

    language: Language
    text: str


@dataclass(frozen=True)
class MuseumPage:
    """The museum in one language; ``help`` is its own word to those without a phone, or none.

    ``language`` is the one of its name, address and about, where another stands in.
    """

    language: Language
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
    help: Help | None


def museum_name(session: Session, language: Language) -> str:
    """Return the museum's name, or "" before the first import."""
    names = museum_names(session)
    return names.get(language, "")


def museum_names(session: Session) -> dict[Language, str]:
    """Return the museum's name in each of its languages; where it has none, as others call it."""
    told = museum_languages.told(own_names(session), museum_languages.of_museum(session))
    return {language: name for language, (_, name) in told.items()}


def own_names(session: Session) -> dict[Language, str]:
    """Return the museum's name in those of its languages in which it is written, in their order."""
    names = dict(session.execute(select(MuseumText.language, MuseumText.name)).all())
    return {each: names[each] for each in museum_languages.of_museum(session) if each in names}


def notice(session: Session, language: Language) -> Notice | None:
    """Find the museum's notice, whether it holds still or not; None where there is none."""
    museum = session.get(Museum, THE_MUSEUM)
    return None if museum is None else _notice(museum, _texts(session, language))


def museum_page(session: Session, language: Language) -> MuseumPage | None:
    """Find what is known of the museum, or None before the first import."""
    museum = session.get(Museum, THE_MUSEUM)
    texts = _texts(session, language)
    if museum is None or not texts:
        return None
    text = texts[0]
    openings = tuple(
        OpeningHours(tuple(each["days"]), each["opens"], each["closes"])
        for each in museum.opening_hours
    )
    return MuseumPage(
        language=text.language,
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
        notice=_notice(museum, texts),
        help=next((Help(each.language, each.help) for each in texts if each.help), None),
    )


def _texts(session: Session, language: Language) -> list[MuseumText]:
    """Give the museum's words along the chain of a language, the nearest first."""
    chain = stop_links.chain_of(session, language)
    rows = session.scalars(select(MuseumText).where(MuseumText.language.in_(chain)))
    return sorted(rows, key=lambda row: chain.index(row.language))


def _notice(museum: Museum, texts: Sequence[MuseumText]) -> Notice | None:
    told = next((each for each in texts if each.notice), None)
    if told is None or not told.notice or museum.notice_until is None:
        return None
    return Notice(told.language, told.notice, museum.notice_until, museum.timezone)


def _closed(museum: Museum) -> tuple[ClosedDays, ...]:
    return tuple(
        ClosedDays(date.fromisoformat(each["from"]), date.fromisoformat(each["to"]))
        for each in museum.closed_days
    )


def _prices(session: Session, language: Language) -> tuple[PriceShown, ...]:
    rows = session.scalars(
        select(Price).options(selectinload(Price.texts)).order_by(Price.position)
    )
    chain = stop_links.chain_of(session, language)
    shown = []
    for row in rows:
        texts = {text.language: text for text in row.texts}
        if (found := museum_languages.nearest(texts, chain)) is not None:
            told, text = found
            amount = Decimal(row.amount)
            shown.append(PriceShown(row.slug, amount, row.currency, text.title, text.text, told))
    return tuple(shown)
