"""The application context of each process: what every handler needs (settings, database, store)."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, field
from typing import cast

from flask import current_app, g, request
from sqlalchemy.exc import SQLAlchemyError

from audioguide import words
from audioguide.db import DatabaseBusy
from audioguide.languages import Language, Languages
from audioguide.operations.opened import Opened
from audioguide.services import museum_languages
from audioguide.web.presence import Presence
from audioguide.web.throttle import Throttle

EXTENSION = "audioguide"
LANGUAGE_COOKIE = "language"


@dataclass
class LastKnown:
    """What was seen in the database last, for answers that must not wait for it."""

    languages: Languages = field(default_factory=Languages)


@dataclass(frozen=True)
class Guide(Opened):
    """The open guide of one application, and what that remembers of those who ask.

    Nothing of it outlives the process, and nothing is shared with another application in it.
    """

    throttle: Throttle = field(default_factory=Throttle)
    presence: Presence = field(default_factory=Presence)
    last_known: LastKnown = field(default_factory=LastKnown)


def guide() -> Guide:
    """Return the guide of the application that handles this request."""
    return cast(Guide, current_app.extensions[EXTENSION])


def languages() -> Languages:
    """Return the languages of the museum, looked up once in a request.

    Where the database cannot be asked they are those that were seen last: a page that says so
    has languages, too.
    """
    if "languages" not in g:
        known = guide().last_known
        with (
            suppress(DatabaseBusy, SQLAlchemyError),
            guide().database.reading() as session,
        ):
            known.languages = museum_languages.of_museum(session)
        g.languages = known.languages
    return cast(Languages, g.languages)


def say(language: Language, sentence: str, /, **values: object) -> str:
    """Say an English sentence in a language, in the museum's own words where it has some."""
    return words.say(language, sentence, languages(), **values)


def likely_language() -> Language:
    """Return the language that this visitor most likely reads."""
    return languages().choose(
        request.cookies.get(LANGUAGE_COOKIE),
        request.headers.get("Accept-Language"),
        guide().settings.default_language,
    )


def public_address(path: str) -> str:
    """Return the absolute address of a path: the public one, else as the request came in."""
    base = guide().settings.base_url or request.host_url
    return base.rstrip("/") + path
