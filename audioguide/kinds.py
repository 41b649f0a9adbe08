"""What stands at a stop; the pack, the database and the pages use these words."""

from __future__ import annotations

from enum import StrEnum


class Kind(StrEnum):
    """The kind of a stop."""

    WELCOME = "welcome"
    SECTION = "section"
    SCULPTURE = "sculpture"
    HALL = "hall"
    GALLERY = "gallery"
    PORTRAIT = "portrait"
    FAREWELL = "farewell"
