from __future__ import annotations

import hashlib

import pytest

from audioguide.languages import LANGUAGES, Language
from audioguide.services.visitor import catalogue
from audioguide.services.visitor.catalogue import Gone, StopEntry
from museum import ALASH, FAMINE, MEMORIAL, SPARE, WELCOME, World


def entry(world: World, code: str) -> StopEntry | Gone | None:
    with world.database.reading() as session:
        return catalogue.stop_entry(session, code)


def test_every_published_stop_is_listed_in_walking_order(world: World) -> None:
    with world.database.reading() as session:
        entries = catalogue.stop_entries(session)
    assert [each.code for each in entries] == [WELCOME, ALASH, FAMINE, MEMORIAL]
    assert [each.hall for each in entries] == ["exposition"] * 3 + ["memorial"]
    assert all(set(each.entries) == set(LANGUAGES) for each in entries)


def test_an_entry_has_the_words_and_no_sound_before_it_is_made(world: World) -> None:
    found = entry(world, FAMINE)
    assert isinstance(found, StopEntry)
    english = found.entries[Language("en")]
    assert english.title == "The Famine"
    assert english.content_note == "This stop speaks of hunger."
    assert english.text.count("\n\n") == 1
    assert english.heard is None


def test_an_entry_tells_which_text_its_sound_speaks(world: World) -> None:
    world.speak_all()
    found = entry(world, FAMINE)
    assert isinstance(found, StopEntry)
    english = found.entries[Language("en")]
    assert english.heard is not None
    assert english.heard.is_current
    assert english.heard.text_digest == hashlib.sha256(english.text.encode()).hexdigest()


@pytest.mark.parametrize("code", [FAMINE.lower(), "I93VQ", "193-VQ"])
def test_a_code_is_folded(world: World, code: str) -> None:
    found = entry(world, code)
    assert isinstance(found, StopEntry)
    assert found.code == FAMINE


@pytest.mark.parametrize("code", ["", "193VR", SPARE, "2K9X3", "\0", "x" * 5000])
def test_an_unknown_code_finds_nothing(world: World, code: str) -> None:
    assert entry(world, code) is None


def test_the_code_of_a_retired_stop_is_gone(world: World) -> None:
    world.edit("museum.toml", ALASH, "8G21T")
    world.bring()
    assert entry(world, ALASH) == Gone()


def test_a_tour_names_the_codes_of_its_stops(world: World) -> None:
    with world.database.reading() as session:
        (tour,) = catalogue.tour_entries(session)
    assert tour.codes == (WELCOME, FAMINE, MEMORIAL)
    assert tour.titles[Language("ru")] == "Короткий маршрут"
    assert tour.descriptions[Language("en")].startswith("This is A short tour.")
