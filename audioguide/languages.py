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


def parse(text: str | None) -> Language | None:
    """Return the language that ``text`` names ("kk", "KK", "kk-KZ", "ru_RU"), or None."""
    primary = (text or "").strip().lower().replace("_", "-").split("-")[0]
    return Language(primary) if primary in LANGUAGES else None


def choose(chosen: str | None, accepted: str | None, default: Language) -> Language:
    """Choose a visitor's language: chosen before, else the phone's, else the museum's.

    ``accepted`` is an Accept-Language header (RFC 9110, 12.5.4); what cannot be read in it
    is passed over.
    """
    return parse(chosen) or _preferred(accepted or "") or default


def _preferred(header: str) -> Language | None:
    best: tuple[float, Language] | None = None
    for part in header.split(","):
        name, *parameters = part.split(";")
        language, quality = parse(name), _quality(parameters)
        if language and quality > 0 and (best is None or quality > best[0]):
            best = (quality, language)
    return best[1] if best else None


def _quality(parameters: Sequence[str]) -> float:
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        if name.strip().lower() == "q":
            try:
                return min(max(float(value), 0.0), 1.0)
            except ValueError:
                return 0.0
    return 1.0
