"""The application context of each process: what every handler needs (settings, database, store)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

from flask import current_app, request

from audioguide import languages
from audioguide.db import Database
from audioguide.languages import Language
from audioguide.settings import Settings
from audioguide.storage import Store

EXTENSION = "audioguide"
LANGUAGE_COOKIE = "language"


@dataclass(frozen=True)
class Guide:
    """The open guide of this process."""

    settings: Settings
    database: Database
    store: Store


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
