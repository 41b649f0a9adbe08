"""What museum.toml says of the museum itself: hours, closed days, prices, where it is found."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from audioguide.content.pack import Account, ClosedDays, OpeningHours, PackMuseum, PackPrice
from audioguide.content.structure import check_slugs
from audioguide.content.tables import Table

DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
MOST_CLOSED = 200  # blocks; four years of a day off each week
MOST_PRICES = 40
MOST_IN_ADDRESS = 254  # of an e-mail (RFC 5321, 4.5.3.1.3)
MOST_IN_LINK = 1_000  # a map's own link may be long

_INNER = ("hours", "closed", "price", "accounts")
_CLOCK = re.compile(r"([01]\d|2[0-3]):[0-5]\d")
_EMAIL = re.compile(
    r"[A-Za-z0-9](?:[A-Za-z0-9_+-]|\.(?!\.))*(?<!\.)@(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+"
    r"[A-Za-z][A-Za-z0-9-]*[A-Za-z0-9]"
)


def read_museum(table: Table) -> PackMuseum:
    """Read [museum] and the blocks within it; the words of prices are for others to read."""
    museum = PackMuseum(
        timezone=table.text("timezone"),
        phone=table.text("phone", needed=False, most=64) or None,
        website=table.link("website"),
        email=_email(table),
        map_url=table.link("map_url", most=MOST_IN_LINK),
        opening_hours=tuple(_hours(each) for each in _inner(table, "hours")),
        closed=tuple(_closed(each) for each in _bounded(table, "closed", MOST_CLOSED)),
        prices=_prices(_bounded(table, "price", MOST_PRICES)),
        accounts=tuple(_account(each) for each in _inner(table, "accounts")),
        notice_until=table.day("notice_until"),
        words={},
    )
    if museum.timezone and not _is_timezone(museum.timezone):
        table.wrong(
            "timezone", "{zone} is no time zone.", "For example: Asia/Almaty.", zone=museum.timezone
        )
    table.done(besides=_INNER)
    return museum


def _inner(table: Table, name: str) -> list[Table]:
    found = table.values.get(name, [])
    if not isinstance(found, list) or not all(isinstance(item, dict) for item in found):
        table.wrong(name, "{key} must be written [[{table}.{key}]].")
        return []
    return [
        Table(f"{table.name}.{name}", index, item, table.lines, table.mistakes)
        for index, item in enumerate(found)
    ]


def _bounded(table: Table, name: str, most: int) -> list[Table]:
    found = _inner(table, name)
    if len(found) > most:
        found[most].wrong(
            "",
            "There are {count} blocks [[{table}]], and at most {most} are read.",
            "Take out those that are over.",
            count=len(found),
            most=most,
        )
    return found[:most]


def _email(table: Table) -> str | None:
    value = table.text("email", needed=False, most=MOST_IN_ADDRESS)
    if value and not _EMAIL.fullmatch(value):
        table.wrong(
            "email",
            "{email} is not one e-mail address.",
            "Write the address alone, for example: museum@example.kz.",
            email=value,
        )
        return None
    return value or None


def _hours(table: Table) -> OpeningHours:
    hours = OpeningHours(table.several("days", str), table.text("opens"), table.text("closes"))
    for day in hours.days:
        if day not in DAYS:
            table.wrong(
                "days",
                "The day {day} is not known.",
                "Allowed: {known}.",
                day=day,
                known=", ".join(DAYS),
            )
    for key, clock in (("opens", hours.opens), ("closes", hours.closes)):
        if clock and not _CLOCK.fullmatch(clock):
            table.wrong(key, "{clock} is not a time of day.", "For example: 09:00.", clock=clock)
    if table.is_right("opens", "closes") and hours.closes <= hours.opens:
        table.wrong(
            "closes",
            "The museum closes at {closes}, and it opens at {opens}.",
            "Closing must be later than opening.",
            closes=hours.closes,
            opens=hours.opens,
        )
    table.done()
    return hours


def _closed(table: Table) -> ClosedDays:
    first, to = table.day("from", needed=True), table.day("to")
    table.done()
    known = first or to or table.ANY_DAY  # noted already
    last = to or known
    if last < known:
        table.wrong(
            "to",
            "The museum is closed to {last}, and that lies before {first}.",
            "Write the last closed day; where it is closed on one day, take the line out.",
            first=known.isoformat(),
            last=last.isoformat(),
        )
    return ClosedDays(known, last)


def _prices(tables: Sequence[Table]) -> tuple[PackPrice, ...]:
    prices = tuple(map(_price, tables))
    check_slugs(tables, [price.slug for price in prices])
    return prices


def _price(table: Table) -> PackPrice:
    price = PackPrice(table.slug("slug"), table.amount("amount"), _currency(table), {})
    table.done()
    places = _places(price.amount)
    if table.is_right("amount", "currency") and places > _most_places(price.currency):
        table.wrong(
            "amount",
            "{amount} has {count} figures behind the point, and {currency} has at most {most}.",
            "Write what is paid.",
            amount=price.amount,
            count=places,
            currency=price.currency,
            most=_most_places(price.currency),
        )
    return price


def _currency(table: Table) -> str:
    from babel.numbers import is_currency  # noqa: PLC0415  only a museum with prices needs it

    value = table.text("currency")
    if value and not (re.fullmatch(r"[A-Z]{3}", value) and is_currency(value)):
        table.wrong(
            "currency",
            "{currency} is no currency.",
            "Write its three Latin capitals: KZT is the tenge, USD the dollar, EUR the euro.",
            currency=value,
        )
    return value


def _places(amount: Decimal) -> int:
    exponent = amount.normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def _most_places(currency: str) -> int:
    from babel.numbers import get_currency_precision  # noqa: PLC0415  as above

    return int(get_currency_precision(currency))


def _account(table: Table) -> Account:
    account = Account(table.text("network"), table.text("name"), table.link("url"))
    table.done()
    return account


def _is_timezone(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        return False
    return True
