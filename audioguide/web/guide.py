"""The application context of each process: what every handler needs (settings, database, store)."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import Any, cast

from flask import current_app, g, request
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from audioguide import words
from audioguide.db import DatabaseBusy
from audioguide.languages import Language, Languages
from audioguide.operations.opened import Opened
from audioguide.services import museum_kinds, museum_languages
from audioguide.services.editions import GUIDE
from audioguide.web.lane import Editions
from audioguide.web.presence import Presence
from audioguide.web.throttle import Throttle

EXTENSION = "audioguide"
LANGUAGE_COOKIE = "language"


@dataclass(frozen=True)
class Seen:
    """The museum's languages and kinds of stops, as a session remembers that it ``asked`` for them.

    ``mark`` is that of the guide's edition before it did.
    """

    languages: Languages = field(default_factory=Languages)
    mark: str | None = None
    asked: Mapping[Any, Any] = field(default_factory=dict)


@dataclass
class LastKnown:
    """What was seen in the database last, for answers that must not wait for it.

    It holds until an edition rises, as kept pages do. All that is ``seen`` changes at once.
    """

    seen: Seen = field(default_factory=Seen)
    editions: Editions | None = None

    @property
    def languages(self) -> Languages:
        """The languages that were seen last."""
        return self.seen.languages

    def mark(self) -> str | None:
        """Return the mark of the guide's edition now, or None where nobody can tell."""
        marks = self.editions.marks(time.monotonic()) if self.editions else None
        return marks.get(GUIDE) if marks else None


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


@contextmanager
def reading() -> Iterator[Session]:
    """Open a session to read, which knows the museum's languages and kinds without asking."""
    languages()
    with guide().database.reading() as session:
        session.info.update(guide().last_known.seen.asked)
        yield session


def languages() -> Languages:
    """Return the languages of the museum: looked up in a request only after an edition rose.

    Where the database cannot be asked they are those that were seen last: a page that says so
    has languages, too.
    """
    if "languages" not in g:
        known = guide().last_known
        mark = known.mark()
        if mark is None or mark != known.seen.mark:
            with (
                suppress(DatabaseBusy, SQLAlchemyError),
                guide().database.reading() as session,
            ):
                found = museum_languages.of_museum(session)
                museum_kinds.of_museum(session)
                known.seen = Seen(found, mark, dict(session.info))
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
