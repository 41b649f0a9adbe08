"""What a paper that labels are printed on is for."""

from __future__ import annotations

from enum import StrEnum


class Paper(StrEnum):
    """A sheet of labels, a plaque for the wall, or the poster at the door."""

    LABELS = "labels"
    PLAQUE = "plaque"
    POSTER = "poster"
