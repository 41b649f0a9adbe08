"""The kinds of stops: the seven that the program knows, and those that one museum has."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from audioguide.errors import Message, message

WELCOME = "welcome"  # what a new museum begins with, besides sections
SECTION = "section"


@dataclass(frozen=True)
class Kind:
    """A kind of stops by its slug, and what is so of all of them.

    ``is_route``: the route line leads through them. ``is_person``: each is about one person,
    whose name the list of names spells.
    """

    slug: str
    is_route: bool = False
    is_person: bool = False


@dataclass(frozen=True)
class Known(Kind):
    """A kind of which the program knows what it is called."""

    name: Message = field(kw_only=True)


KNOWN = (  # all that is known of the seven; their slugs stand in the API for good
    Known(WELCOME, name=message("Welcome")),
    Known(SECTION, is_route=True, name=message("Section")),
    Known("sculpture", name=message("Sculpture")),
    Known("hall", name=message("Hall")),
    Known("gallery", name=message("Gallery")),
    Known("portrait", is_person=True, name=message("Portrait")),
    Known("farewell", name=message("Farewell")),
)


@dataclass(frozen=True)
class Kinds:
    """The kinds that a museum has, in its order; who declares none has the seven."""

    each: tuple[Kind, ...] = KNOWN

    def __iter__(self) -> Iterator[Kind]:
        return iter(self.each)

    def __contains__(self, slug: object) -> bool:
        return slug in self.slugs

    @property
    def slugs(self) -> tuple[str, ...]:
        """Their slugs."""
        return tuple(kind.slug for kind in self.each)

    @property
    def route(self) -> Kind | None:
        """The one that the route line follows; None where there is no such line."""
        return next((kind for kind in self.each if kind.is_route), None)

    @property
    def usual(self) -> Kind:
        """The kind of a stop of which nothing is said: that of the route, else the first."""
        return self.route or self.each[0]

    def of(self, slug: str) -> Kind:
        """Return a kind; of one that the museum no longer has nothing is known but its slug."""
        return next((kind for kind in self.each if kind.slug == slug), Kind(slug))


THE_SEVEN = Kinds()


def known(slug: str) -> Known | None:
    """Return one of the seven."""
    return next((kind for kind in KNOWN if kind.slug == slug), None)
