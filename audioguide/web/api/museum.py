"""The museum and its tours as JSON."""

from __future__ import annotations

from flask import Response, abort, jsonify

from audioguide.languages import LANGUAGES
from audioguide.services import cataloguing, welcoming
from audioguide.web.api import blueprint
from audioguide.web.editions import for_everybody
from audioguide.web.guide import guide


@blueprint.get("/v1/museum")
def museum() -> Response:
    """Give what a visitor asks at the desk."""
    with guide().database.reading() as session:
        pages = {language: welcoming.museum_page(session, language) for language in LANGUAGES}
    known = {language: page for language, page in pages.items() if page is not None}
    if not known:
        abort(404, "The museum has not been described yet.")
    facts = next(iter(known.values()))
    answer = jsonify(
        name={language: page.name for language, page in known.items()},
        address={language: page.address for language, page in known.items()},
        about={language: page.about for language, page in known.items()},
        languages=list(LANGUAGES),
        default_language=guide().settings.default_language,
        opening_hours=[
            {"days": list(each.days), "opens": each.opens, "closes": each.closes}
            for each in facts.openings
        ],
        timezone=facts.timezone,
        phone=facts.phone,
        website=facts.website,
        accounts=[
            {"network": each.network, "name": each.name, "url": each.url} for each in facts.accounts
        ],
    )
    return for_everybody(answer)


@blueprint.get("/v1/tours")
def tours() -> Response:
    """Give every tour with the codes of its stops in order."""
    with guide().database.reading() as session:
        entries = cataloguing.tour_entries(session)
    answer = jsonify(
        tours=[
            {
                "slug": entry.slug,
                "title": {each: entry.titles[each] for each in LANGUAGES},
                "description": {each: entry.descriptions[each] for each in LANGUAGES},
                "minutes": entry.minutes,
                "stops": list(entry.codes),
            }
            for entry in entries
        ]
    )
    return for_everybody(answer)
