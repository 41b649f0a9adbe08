"""Bring what the pack says of the museum into the database, and say what of it has changed."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload
from sqlalchemy.orm.attributes import instance_state

from audioguide.content.pack import HELP, NOTICE, PRICES, PackMuseum, PackPrice
from audioguide.languages import Languages
from audioguide.models import THE_MUSEUM, Museum, MuseumText, Price, PriceText
from audioguide.services import museum_languages

PARTS = {
    "hours": ("opening_hours", "timezone"),
    "closed": ("closed_days",),
    "price": ("amount", "currency", "position", "title", "text"),
    "notice": ("notice", "notice_until"),
    "help": ("help",),
    "contact": ("phone", "website", "email", "map_url", "accounts"),
    "words": ("name", "address", "about"),
    "languages": ("languages",),
}
"""What is said to have changed when one of these columns does; in the order of telling."""


def bring_in(
    session: Session, museum: PackMuseum, languages: Languages, *, has_facts: bool
) -> list[str]:
    """Write facts and words of the museum; what of it is broken stays as it was.

    Return the names in ``PARTS`` of what has changed; none the first time, when all is new.
    """
    row = session.get(Museum, THE_MUSEUM)
    is_first = row is None
    row = row or Museum(id=THE_MUSEUM)
    session.add(row)
    if has_facts:
        _bring_facts(row, museum)
        museum_languages.bring_in(session, row, languages)
    touched = {*_touched(row), *_bring_words(session, museum, languages)}
    if PRICES not in museum.broken:
        touched |= _bring_prices(session, museum.prices)
    if is_first:
        return []
    return [part for part, columns in PARTS.items() if not touched.isdisjoint(columns)]


def _bring_facts(row: Museum, museum: PackMuseum) -> None:
    row.timezone, row.phone, row.website = museum.timezone, museum.phone, museum.website
    row.email, row.map_url = museum.email, museum.map_url
    row.opening_hours = [
        {"days": list(each.days), "opens": each.opens, "closes": each.closes}
        for each in museum.opening_hours
    ]
    row.closed_days = [
        {"from": each.first.isoformat(), "to": each.last.isoformat()} for each in museum.closed
    ]
    row.accounts = [
        {"network": each.network, "name": each.name, "url": each.url} for each in museum.accounts
    ]
    if NOTICE not in museum.broken:
        row.notice_until = museum.notice_until


def _bring_words(session: Session, museum: PackMuseum, languages: Languages) -> set[str]:
    rows = {row.language: row for row in session.scalars(select(MuseumText))}
    touched: set[str] = set()
    for language in languages:
        words, row = museum.words.get(language), rows.get(language)
        if row is None and words is None:
            continue
        row = row or MuseumText(language=language)
        session.add(row)
        if words is not None:
            row.name, row.address = words.title, words.paragraphs[0]
            row.about = "\n\n".join(words.paragraphs[1:])
        if NOTICE not in museum.broken:
            row.notice = museum.notice.get(language)
        if HELP not in museum.broken:
            row.help = museum.help.get(language)
        touched |= _touched(row)
    return touched


def _bring_prices(session: Session, prices: Sequence[PackPrice]) -> set[str]:
    with_texts = select(Price).options(selectinload(Price.texts))
    known = {price.slug: price for price in session.scalars(with_texts)}
    touched: set[str] = set()
    for position, each in enumerate(prices):
        row = known.pop(each.slug, None) or Price(slug=each.slug, texts=[])
        session.add(row)
        row.position, row.currency = position, each.currency
        row.amount = f"{each.amount.normalize():f}"
        texts = {text.language: text for text in row.texts}
        for language, words in each.words.items():
            if language not in texts:
                texts[language] = PriceText(language=language)
                row.texts.append(texts[language])
            texts[language].title, texts[language].text = words.title, words.text
            touched |= _touched(texts[language])
        touched |= _touched(row)
    for gone in known.values():
        session.delete(gone)
        touched.add("position")
    return touched


def _touched(row: Museum | MuseumText | Price | PriceText) -> set[str]:
    """Name the columns of a row that will be written."""
    return {each.key for each in instance_state(row).attrs if each.history.has_changes()}
