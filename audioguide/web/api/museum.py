"""The museum and its tours as JSON."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from flask import Response, abort, jsonify

from audioguide.languages import Language
from audioguide.services import museum_kinds
from audioguide.services.museum_kinds import KindEntry
from audioguide.services.visitor import catalogue, museum_page
from audioguide.services.visitor.calendar import now
from audioguide.services.visitor.museum_page import MuseumPage
from audioguide.web.api import blueprint
from audioguide.web.editions import for_everybody, to_the_minute
from audioguide.web.guide import guide, languages, reading


@blueprint.get("/v1/museum")
def museum() -> Response:
    """Give what a visitor asks at the desk."""
    museums = languages()
    with reading() as session:
        pages = {language: museum_page.museum_page(session, language) for language in museums}
        kinds = museum_kinds.entries(session)
    known = {language: page for language, page in pages.items() if page is not None}
    if not known:
        abort(404, "The museum has not been described yet.")
    moment = now()
    answer = jsonify(
        name={language: page.name for language, page in known.items()},
        address={language: page.address for language, page in known.items()},
        about={language: page.about for language, page in known.items()},
        languages=list(museums),
        default_language=museums.preferred(guide().settings.default_language),
        **_facts_json(next(iter(known.values())), moment),
        prices=_prices_json(known),
        kinds=[_kind_json(entry) for entry in kinds],
        notice={each: _notice_at(page, moment) for each, page in known.items()},
        **_fallback_json({each: page.language for each, page in known.items()}),
    )
    return for_everybody(answer, seconds=to_the_minute(moment))


def _fallback_json(told: Mapping[Language, Language]) -> dict[str, Any]:
    """Say whose words stand where a text is missing; nothing where none is."""
    others = {each: language for each, language in told.items() if language != each}
    return {"fallback": others} if others else {}


def _facts_json(facts: MuseumPage, moment: datetime) -> dict[str, Any]:
    """Describe what is the same in every language."""
    return {
        "opening_hours": [
            {"days": list(each.days), "opens": each.opens, "closes": each.closes}
            for each in facts.openings
        ],
        "closed_days": [
            {"from": each.first.isoformat(), "to": each.last.isoformat()}
            for each in facts.calendar.closed_to_come(moment)
        ],
        "timezone": facts.timezone,
        "phone": facts.phone,
        "website": facts.website,
        "email": facts.email,
        "map_url": facts.map_url,
        "accounts": [
            {"network": each.network, "name": each.name, "url": each.url} for each in facts.accounts
        ],
    }


def _kind_json(entry: KindEntry) -> dict[str, Any]:
    return {
        "slug": entry.kind.slug,
        "route": entry.kind.is_route,
        "name": entry.names,
        **_fallback_json(entry.told_in),
    }


def _prices_json(pages: Mapping[Language, MuseumPage]) -> list[dict[str, Any]]:
    words = {
        language: {price.slug: price for price in page.prices} for language, page in pages.items()
    }
    return [
        {
            "slug": each.slug,
            "amount": str(each.amount),
            "currency": each.currency,
            "title": {language: words[language][each.slug].title for language in pages},
            "text": {language: words[language][each.slug].text for language in pages},
        }
        for each in next(iter(pages.values())).prices
    ]


def _notice_at(page: MuseumPage, moment: datetime) -> str | None:
    holds = page.notice.at(moment) if page.notice else None
    return holds.text if holds else None


@blueprint.get("/v1/tours")
def tours() -> Response:
    """Give every tour with the codes of its stops in order."""
    with reading() as session:
        entries = catalogue.tour_entries(session)
    answer = jsonify(
        tours=[
            {
                "slug": entry.slug,
                "title": entry.titles,
                "description": entry.descriptions,
                "minutes": entry.minutes,
                "stops": list(entry.codes),
                **_fallback_json(entry.told_in),
            }
            for entry in entries
        ]
    )
    return for_everybody(answer)
