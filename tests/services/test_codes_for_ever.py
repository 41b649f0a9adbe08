"""Whatever a museum does to its stops, a code that is on a wall never leads to another stop."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from audioguide import migrations
from audioguide.content.pack import Pack, PackHall, PackMuseum, PackStop
from audioguide.content.text import Words
from audioguide.db import Database
from audioguide.languages import LANGUAGES, Language
from audioguide.services import importing, scanning, touring
from audioguide.services.scanning import Outcome
from museum import ALASH, FAMINE, MEMORIAL, SPARE, WELCOME

CODES = st.sampled_from([ALASH, FAMINE, MEMORIAL, SPARE, WELCOME])
SLUGS = st.sampled_from(["a", "b", "c", "d", "e", "f"])
NUMBERS = st.integers(0, 6)


def words(title: str) -> dict[Language, Words]:
    return {language: Words(title, None, f"The words of {title}.", ()) for language in LANGUAGES}


@dataclass
class Place:
    """What the pack says of a stop."""

    number: int
    slug: str
    published: bool = True


class Museum(RuleBasedStateMachine):
    """A museum that renames, renumbers, retires, hides and imports as it likes."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.database = Database(f"sqlite:///{Path(self.folder.name) / 'guide.sqlite3'}")
        with self.database.alone() as connection:
            migrations.migrate(connection)
        self.pack = {ALASH: Place(1, "a"), FAMINE: Place(2, "b")}
        self.imported: dict[str, Place] = {}
        self.ever: set[str] = set()
        self.bring()

    def teardown(self) -> None:
        self.database.close()
        self.folder.cleanup()

    def is_free(self, code: str, number: int, slug: str) -> bool:
        others = [place for each, place in self.pack.items() if each != code]
        return all(place.number != number and place.slug != slug for place in others)

    @rule(code=CODES, number=NUMBERS, slug=SLUGS, published=st.booleans())
    def place(self, code: str, number: int, slug: str, published: bool) -> None:
        if self.is_free(code, number, slug):
            self.pack[code] = Place(number, slug, published)

    @rule(first=CODES, second=CODES)
    def swap(self, first: str, second: str) -> None:
        if first in self.pack and second in self.pack:
            self.pack[first], self.pack[second] = self.pack[second], self.pack[first]

    @rule(code=CODES)
    def take_out(self, code: str) -> None:
        if len(self.pack) > 1:
            self.pack.pop(code, None)

    @rule()
    def bring(self) -> None:
        stops = tuple(
            PackStop(
                place.number,
                code,
                place.slug,
                "section",
                "hall",
                place.published,
                None,
                None,
                words(code),
            )
            for code, place in self.pack.items()
        )
        museum = PackMuseum("Asia/Almaty", None, None, (), (), words("Museum"))
        hall = PackHall("hall", words("Hall"))
        with self.database.writing() as session:
            importing.bring_in(session, Pack(museum, (hall,), stops, (), repr(self.pack)))
        self.imported = {code: Place(**vars(place)) for code, place in self.pack.items()}
        self.ever |= set(self.pack)

    @invariant()
    def every_code_leads_to_its_own_stop(self) -> None:
        with self.database.reading() as session:
            for code in self.ever:
                found = scanning.scan(session, code)
                place = self.imported.get(code)
                if place is None:
                    assert found.outcome == Outcome.RETIRED
                elif not place.published:
                    assert found.outcome == Outcome.UNKNOWN
                else:
                    assert found == scanning.Scan(Outcome.FOUND, place.slug)
                    page = touring.stop_page(session, place.slug, Language.EN)
                    assert isinstance(page, touring.StopPage)
                    assert (page.code, page.link.title) == (code, code)

    @invariant()
    def every_number_leads_to_the_stop_that_has_it(self) -> None:
        with self.database.reading() as session:
            for place in self.imported.values():
                found = scanning.key_in(session, str(place.number))
                assert found.slug == (place.slug if place.published else None)


TestCodesForEver = Museum.TestCase
TestCodesForEver.settings = settings(max_examples=25, stateful_step_count=12, deadline=None)
