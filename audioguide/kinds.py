"""The registry of kinds of stops: the pack, the database and the pages use these words."""

from __future__ import annotations

from enum import Enum, StrEnum, auto
from typing import Self


class Trait(Enum):
    """What may be so of all stops of a kind.

    ``PERSON``: it is about one, whose name the list of names spells.
    """

    PERSON = auto()


class Kind(StrEnum):
    """The kind of a stop; a new one is a line here, with the traits that its stops have."""

    traits: frozenset[Trait]

    WELCOME = "welcome"
    SECTION = "section"
    SCULPTURE = "sculpture"
    HALL = "hall"
    GALLERY = "gallery"
    PORTRAIT = "portrait", Trait.PERSON
    FAREWELL = "farewell"

    def __new__(cls, word: str, *traits: Trait) -> Self:
        """Make a kind of its word, which alone is its value."""
        kind = str.__new__(cls, word)
        kind._value_ = word
        kind.traits = frozenset(traits)
        return kind

    @property
    def is_person(self) -> bool:
        """Whether it is about one person."""
        return Trait.PERSON in self.traits
