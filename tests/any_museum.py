"""Any museum: the small one and the two of tests/packs, on which a test marked `any_pack` runs.

Such a test knows no stop, no hall and no language by name: it asks the museum for them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from audioguide.content.pack import Pack, PackStop, PackTour
from audioguide.content.text import Words
from audioguide.languages import Language, Languages, facts
from audioguide.models import GroupTour
from audioguide.roles import Role
from audioguide.services import importing, museum_languages
from audioguide.services.groups import joining, leading
from audioguide.services.staff import signing_in
from museum import ROOT, World

FOLDER = ROOT / "tests" / "packs"
PACKS = {"small-museum": None} | {
    path.name: path for path in sorted(FOLDER.iterdir()) if path.is_dir()
}


@dataclass(frozen=True)
class AnyMuseum:
    """One of the museums, imported, every stop spoken by a tone."""

    world: World

    @cached_property
    def pack(self) -> Pack:
        """All that it has, as its folder says it."""
        return importing.read(self.world.media)

    @property
    def languages(self) -> Languages:
        """Its languages."""
        return self.pack.languages

    @property
    def stops(self) -> tuple[PackStop, ...]:
        """The stops that visitors see, in walking order."""
        return tuple(stop for stop in self.pack.stops if stop.published)

    @property
    def tour(self) -> PackTour:
        """Its first tour."""
        return self.pack.tours[0]

    def told(self, words: Mapping[Language, Words], language: Language) -> tuple[Language, Words]:
        """Return what is shown to a reader of a language, and in which language it is written."""
        found = museum_languages.nearest(words, self.languages.chain(language))
        assert found is not None
        return found

    def start_a_group(self) -> str:
        """Let a guide start a group along its first tour; return the group's key."""
        with self.world.database.writing() as session:
            invited = signing_in.invited(session, signing_in.add(session, "Marat", Role.GUIDE))
            assert invited is not None
            group_id = leading.start(session, invited.person_id, self.tour.slug)
            return joining.state_of(session, session.get_one(GroupTour, group_id)).key


def direction(language: Language) -> str:
    """Return what the attribute `dir` of a page says: nothing where it runs from the left."""
    return "rtl" if facts(language).direction == "rtl" else ""
