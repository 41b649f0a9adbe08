"""How a language stands in an address."""

from __future__ import annotations

from typing import Any

from werkzeug.routing import BaseConverter

from audioguide.languages import LANGUAGES, Language


class LanguageConverter(BaseConverter):
    """Take kk, ru and en as a Language; any other word does not match."""

    regex = "|".join(LANGUAGES)

    def to_python(self, value: str) -> Language:
        """Read a language."""
        return Language(value)

    def to_url(self, value: Any) -> str:
        """Write a language."""
        return str(value)
