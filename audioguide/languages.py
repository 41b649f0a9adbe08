"""The languages of the guide, and which one a visitor most likely reads."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum


class Language(StrEnum):
    """A language of the guide by its ISO 639-1 code, in the order in which they always stand."""

    KK = "kk"
    RU = "ru"
    EN = "en"


LANGUAGES = tuple(Language)
LONGEST_HEADER = 1000  # phones send some fifty characters
_LONG_NAMES = {"kaz": "kk", "rus": "ru", "eng": "en"}  # ISO 639-2, as some phones write them


def parse(text: str | None) -> Language | None:
    """Return the language that ``text`` names ("kk", "KK", "kk-KZ", "ru_RU", "kaz"), or None."""
    named = (text or "").strip().lower().replace("_", "-").split("-")[0]
    primary = _LONG_NAMES.get(named, named)
    return Language(primary) if primary in LANGUAGES else None


def choose(chosen: str | None, accepted: str | None, default: Language) -> Language:
    """Choose a visitor's language: chosen before, else the phone's, else the museum's.

    ``accepted`` is an Accept-Language header (RFC 9110, 12.5.4); what cannot be read in it
    is passed over.
    """
    return parse(chosen) or _preferred(accepted or "", default)


def _preferred(header: str, default: Language) -> Language:
    """Return the language that is wished most; else the default, unless it is refused (q=0)."""
    wished: dict[Language, float] = {}
    for part in header[:LONGEST_HEADER].split(","):
        name, *parameters = part.split(";")
        language, quality = parse(name), _quality(parameters)
        if language:
            wished[language] = max(quality, wished.get(language, 0.0))
    best = max(wished, key=lambda each: wished[each], default=default)
    if wished.get(best, 1.0) > 0:
        return best
    return next((each for each in (default, *LANGUAGES) if each not in wished), default)


def _quality(parameters: Sequence[str]) -> float:
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        if name.strip().lower() == "q":
            try:
                quality = float(value)
            except ValueError:
                return 0.0
            return min(quality, 1.0) if quality > 0 else 0.0  # no number at all is neither
    return 1.0
