"""URL converters: how a language and a number stand in an address."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from flask import Flask, abort, redirect, request
from werkzeug.routing import BaseConverter, IntegerConverter, ValidationError
from werkzeug.wrappers import Response

from audioguide.languages import Language
from audioguide.web.guide import languages

LARGEST = 2**31 - 1  # of an INTEGER column on PostgreSQL


class LanguageConverter(BaseConverter):
    """Take the tag of a language, in whatever letters; which of them there are, the museum says."""

    regex = r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*"

    def to_python(self, value: str) -> Language:
        """Read a language; another code for it ("kaz") is no address."""
        language = Language.read(value)
        if language is None or language.lower() != value.lower():
            raise ValidationError
        return language

    def to_url(self, value: Any) -> str:
        """Write a language."""
        return str(value)


class BoundedInteger(IntegerConverter):
    """Take a number that a column of ours can hold; a larger one is no address."""

    regex = r"\d{1,10}"

    def __init__(self, *given: Any, **more: Any) -> None:
        super().__init__(*given, **{"max": LARGEST} | more)


def prepare(app: Flask) -> None:
    """Answer 404 for a language that the museum does not have, 301 for another spelling of one."""

    @app.before_request
    def in_a_language_of_the_museum() -> Response | None:
        language = (request.view_args or {}).get("language")
        if not isinstance(language, Language):
            return None
        if language not in languages():
            abort(404)
        there = spelt(request.path, language)
        if there == request.path:
            return None
        query = request.query_string.decode("latin-1")
        return redirect(quote(there) + (f"?{query}" if query else ""), 301)


def spelt(path: str, language: Language) -> str:
    """Write the first part of a path that is the tag of a language as that is spelt."""
    parts = path.split("/")
    place = [part.lower() for part in parts].index(language.lower())
    return "/".join([*parts[:place], language, *parts[place + 1 :]])
