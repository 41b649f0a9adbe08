"""URL converters: how a language and a number stand in an address."""

from __future__ import annotations

from typing import Any

from werkzeug.routing import BaseConverter, IntegerConverter

from audioguide.languages import LANGUAGES, Language

LARGEST = 2**31 - 1  # of an INTEGER column on PostgreSQL


class LanguageConverter(BaseConverter):
    """Take kk, ru and en as a Language; any other word does not match."""

    regex = "|".join(LANGUAGES)

    def to_python(self, value: str) -> Language:
        """Read a language."""
        return Language(value)

    def to_url(self, value: Any) -> str:
        """Write a language."""
        return str(value)


class BoundedInteger(IntegerConverter):
    """Take a number that a column of ours can hold; a larger one is no address."""

    regex = r"\d{1,10}"

    def __init__(self, *given: Any, **more: Any) -> None:
        super().__init__(*given, **{"max": LARGEST} | more)
