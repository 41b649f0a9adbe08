"""What people of the house may do; who has which role stands in the database."""

from __future__ import annotations

from enum import StrEnum


class Role(StrEnum):
    """A guide leads groups, an editor corrects the guide."""

    GUIDE = "guide"
    EDITOR = "editor"
