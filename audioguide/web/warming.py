"""Prewarm the response cache: render what visitors will ask for, slowly, beside those who ask."""

from __future__ import annotations

import logging
import time
from collections.abc import Iterator
from typing import TYPE_CHECKING

from sqlalchemy.exc import SQLAlchemyError
from werkzeug.test import Client

from audioguide.db import Database
from audioguide.languages import Language
from audioguide.services import museum_languages
from audioguide.services.narration import audible
from audioguide.services.visitor import stop_pages
from audioguide.web.javascript import script_addresses

if TYPE_CHECKING:
    from audioguide.web.fastlane import FastLane

log = logging.getLogger("audioguide.warming")

BEGIN_SECONDS = 1.0  # the first visitor's page goes before


def warm(database: Database, lane: FastLane, place: str) -> None:
    """Ask the lane for every page of worth that it has room for, as from a scheme and host."""
    time.sleep(BEGIN_SECONDS)
    try:
        asked = list(addresses(database))
    except SQLAlchemyError:
        log.warning("The pages are rendered when they are asked for: the database cannot be read.")
        return
    phone = Client(lane)
    for address in asked:
        if lane.lane.is_full:
            return
        began = time.monotonic()
        phone.get(address, base_url=place).close()
        time.sleep(time.monotonic() - began)  # half of the time is the visitors'


def addresses(database: Database) -> Iterator[str]:
    """Give the address of every script, page and cue file that can be kept now."""
    yield from script_addresses()
    with database.reading() as session:
        languages = museum_languages.of_museum(session)
    for language in languages:
        yield from (f"/{language}/", f"/{language}/number", f"/{language}/museum")
    for language in languages:
        yield from _of_tours_and_stops(database, language)


def _of_tours_and_stops(database: Database, language: Language) -> Iterator[str]:
    with database.reading() as session:
        links = stop_pages.tours(session, language)
        tours = [stop_pages.tour_page(session, link.slug, language) for link in links]
        sounding = audible.sounding(session, language)
    for slug, cues in sounding:
        yield from (f"/{language}/stops/{slug}", f"/audio/{cues}")
    ready = {slug for slug, _ in sounding}
    for tour in filter(None, tours):
        place = f"/{language}/tours/{tour.link.slug}"
        yield place
        yield from (f"{place}/{stop.slug}" for stop in tour.stops if stop.slug in ready)
