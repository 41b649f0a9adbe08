"""The application context of each process: what every handler needs (settings, database, store)."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import cast

from flask import current_app, request

from audioguide import languages
from audioguide.languages import Language
from audioguide.operations.opened import Opened
from audioguide.web.presence import Presence
from audioguide.web.throttle import Throttle

EXTENSION = "audioguide"
LANGUAGE_COOKIE = "language"


@dataclass(frozen=True)
class Guide(Opened):
    """The open guide of one application, and what that remembers of those who ask.

    Nothing of it outlives the process, and nothing is shared with another application in it.
    """

    throttle: Throttle = field(default_factory=Throttle)
    presence: Presence = field(default_factory=Presence)


def guide() -> Guide:
    """Return the guide of the application that handles this request."""
    return cast(Guide, current_app.extensions[EXTENSION])


def likely_language() -> Language:
    """Return the language that this visitor most likely reads."""
    return languages.choose(
        request.cookies.get(LANGUAGE_COOKIE),
        request.headers.get("Accept-Language"),
        guide().settings.default_language,
    )


def public_address(path: str) -> str:
    """Return the absolute address of a path: the public one, else as the request came in."""
    base = guide().settings.base_url or request.host_url
    return base.rstrip("/") + path
