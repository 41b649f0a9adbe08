"""Whatever a museum does to its stops, a label on a wall never leads to another stop."""

from __future__ import annotations

import copy
import sqlite3
import tempfile
from contextlib import closing
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule
from sqlalchemy import select

from audioguide import migrations
from audioguide.content.pack import Pack, PackHall, PackMuseum, PackStop
from audioguide.content.text import Words
from audioguide.db import Database
from audioguide.errors import AskedWrongly
from audioguide.languages import LANGUAGES, Language
from audioguide.models import LabelPrinted
from audioguide.services import importing
from audioguide.services.labels import printing, register
from audioguide.services.labels.printing import Wish
from audioguide.services.visitor import scanning, stop_pages
from audioguide.services.visitor.scanning import Outcome
from museum import ALASH, FAMINE, MEMORIAL, SPARE, WELCOME

pytestmark = pytest.mark.thorough

CODES = st.sampled_from([ALASH, FAMINE, MEMORIAL, SPARE, WELCOME])
SLUGS = st.sampled_from(["a", "b", "c", "d", "e", "f"])
NUMBERS = st.integers(0, 6)
TITLES = st.sampled_from(["North", "South"])
HOST = "https://guide.museum.kz"


def title(code: str, name: str) -> str:
    """Make a title that says whose it is, whatever it is renamed to."""
    return f"{code} {name}"


def words(title: str) -> dict[Language, Words]:
    return {language: Words(title, None, f"The words of {title}.", ()) for language in LANGUAGES}


def copy_database(source: Path, target: Path) -> None:
    """Copy a database as a backup does: all of it, also what is not yet in its main file."""
    with closing(sqlite3.connect(source)) as old, closing(sqlite3.connect(target)) as new:
        old.backup(new)


@dataclass
class Place:
    """What the pack says of a stop."""

    number: int
    slug: str
    published: bool = True
    name: str = "North"


@dataclass
class Backup:
    """The database as it was, and what was known of it then."""

    file: Path
    imported: dict[str, Place] = field(default_factory=dict)
    ever: set[str] = field(default_factory=set)


class Museum(RuleBasedStateMachine):
    """A museum that renames, renumbers, retires, hides, imports, prints, restores as it likes."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.file = Path(self.folder.name) / "guide.sqlite3"
        self.database = Database(f"sqlite:///{self.file}")
        with self.database.alone() as connection:
            migrations.migrate(connection)
        self.pack = {ALASH: Place(1, "a"), FAMINE: Place(2, "b")}
        self.imported: dict[str, Place] = {}
        self.ever: set[str] = set()
        self.printed: dict[str, str] = {}  # what is on paper, whatever the register knows
        self.backup: Backup | None = None
        self.bring()

    def teardown(self) -> None:
        self.database.close()
        self.folder.cleanup()

    def is_free(self, code: str, number: int, slug: str) -> bool:
        others = [place for each, place in self.pack.items() if each != code]
        return all(place.number != number and place.slug != slug for place in others)

    @rule(code=CODES, number=NUMBERS, slug=SLUGS, published=st.booleans(), name=TITLES)
    def place(self, code: str, number: int, slug: str, published: bool, name: str) -> None:
        if self.is_free(code, number, slug):
            self.pack[code] = Place(number, slug, published, name)

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
                words(title(code, place.name)),
            )
            for code, place in self.pack.items()
        )
        museum = PackMuseum("Asia/Almaty", None, None, (), (), words("Museum"))
        hall = PackHall("hall", words("Hall"))
        with self.database.writing() as session:
            importing.bring_in(session, Pack(museum, (hall,), stops, (), repr(self.pack)))
        self.imported = {code: Place(**vars(place)) for code, place in self.pack.items()}
        self.ever |= set(self.pack)

    @rule(wish=st.sampled_from([Wish(previews=False), Wish(previews=False, changed=True)]))
    def print_labels(self, wish: Wish) -> None:
        if not any(place.published for place in self.imported.values()):
            return
        out = Path(self.folder.name) / "labels"
        with self.database.reading() as session:
            order = printing.plan(session, wish, HOST)
        if not order.labels:
            return
        printed = printing.make(order, out, draft=False, made_on=date(2026, 11, 22))
        with self.database.writing() as session:
            printing.keep_in_register(session, order, printed, new_base=False)
        for label in order.labels:
            assert label.titles[Language("en")] == title(label.code, self.imported[label.code].name)
            self.printed[label.payload] = label.code

    @rule()
    def print_with_another_address(self) -> None:
        if self.printed and self.is_pinned():
            with self.database.reading() as session, pytest.raises(AskedWrongly):
                register.check_base(session, "https://museum.kz", new_base=False)

    def is_pinned(self) -> bool:
        with self.database.reading() as session:
            return register.pinned_base(session) is not None

    @rule()
    def back_up(self) -> None:
        self.backup = Backup(
            self.file.with_suffix(".backup"), copy.deepcopy(self.imported), set(self.ever)
        )
        copy_database(self.file, self.backup.file)

    @precondition(lambda self: self.backup is not None)
    @rule()
    def restore(self) -> None:
        assert self.backup is not None
        self.database.close()
        copy_database(self.backup.file, self.file)
        self.database = Database(f"sqlite:///{self.file}")
        self.imported = copy.deepcopy(self.backup.imported)
        self.ever = set(self.backup.ever)

    @invariant()
    def every_label_leads_to_the_stop_that_it_was_printed_for(self) -> None:
        with self.database.reading() as session:
            registered = {
                row.payload: row.stop_code for row in session.scalars(select(LabelPrinted))
            }
            for payload, code in {**registered, **self.printed}.items():
                found = scanning.scan(session, payload.rpartition("/")[2])
                if found.outcome != Outcome.FOUND:
                    continue  # a kind page says that the stop is gone, or hidden
                page = stop_pages.stop_page(session, str(found.slug), Language("en"))
                assert isinstance(page, stop_pages.StopPage)
                assert page.code == code
                assert page.link.title.startswith(f"{code} ")

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
                    page = stop_pages.stop_page(session, place.slug, Language("en"))
                    assert isinstance(page, stop_pages.StopPage)
                    assert page.code == code
                    assert page.link.title == title(code, place.name)

    @invariant()
    def every_number_leads_to_the_stop_that_has_it(self) -> None:
        with self.database.reading() as session:
            for place in self.imported.values():
                found = scanning.key_in(session, str(place.number))
                assert found.slug == (place.slug if place.published else None)


TestCodesForEver = Museum.TestCase
TestCodesForEver.settings = settings(max_examples=25, stateful_step_count=12, deadline=None)
