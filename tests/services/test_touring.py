from __future__ import annotations

import pytest

from audioguide.kinds import Kind
from audioguide.languages import LANGUAGES, Language
from audioguide.services import touring
from audioguide.services.touring import StopPage
from museum import FAMINE, World

EN, KK, RU = Language.EN, Language.KK, Language.RU


def stop_page(world: World, slug: str, language: Language = EN) -> StopPage:
    with world.database.reading() as session:
        page = touring.stop_page(session, slug, language)
    assert isinstance(page, StopPage)
    return page


def test_a_stop_has_its_words_in_each_language(world: World) -> None:
    assert [stop_page(world, "famine", each).link.title for each in LANGUAGES] == [
        "Ашаршылық",
        "Голод",
        "The Famine",
    ]


def test_a_stop_page_has_all_that_a_visitor_reads(world: World) -> None:
    page = stop_page(world, "famine")
    assert (page.code, page.hall, page.link.number) == (FAMINE, "Exposition Hall", 2)
    assert page.content_note == "This stop speaks of hunger."
    assert page.paragraphs == (
        ("This is The Famine.", "People are remembered here."),
        ("Take your time.", "Read one name."),
    )
    assert page.summary == "This is The Famine. People are remembered here."
    assert page.heard is None


def test_stops_follow_each_other_in_walking_order(world: World) -> None:
    page = stop_page(world, "famine")
    assert page.previous is not None
    assert page.next is not None
    assert (page.previous.slug, page.next.slug) == ("alash", "memorial-hall")


def test_the_first_stop_has_none_before_and_the_last_none_after(world: World) -> None:
    assert stop_page(world, "welcome").previous is None
    assert stop_page(world, "memorial-hall").next is None


def test_the_sections_are_listed_on_every_stop(world: World) -> None:
    sections = stop_page(world, "welcome").sections
    assert [link.slug for link in sections] == ["alash", "famine"]
    assert {link.kind for link in sections} == {Kind.SECTION}


@pytest.mark.parametrize("slug", ["nowhere", "baitursynuly", "", "ALASH", "a\0b"])
def test_a_slug_of_no_published_stop_finds_nothing(world: World, slug: str) -> None:
    with world.database.reading() as session:
        assert touring.stop_page(session, slug, EN) is None


def test_the_list_has_every_published_stop_by_hall(world: World) -> None:
    with world.database.reading() as session:
        halls = touring.hall_lists(session, RU)
    assert [(hall.title, [stop.number for stop in hall.stops]) for hall in halls] == [
        ("Экспозиционный зал", [0, 1, 2]),
        ("Зал поклонения", [14]),
    ]


def test_a_stop_is_listed_in_its_hall_wherever_it_stands_in_the_walk(world: World) -> None:
    # The walk leaves the exposition for the memorial and comes back: two halls, not three.
    world.edit("museum.toml", 'slug = "alash"\nkind = "section"\nhall = "exposition"', "@")
    world.edit("museum.toml", "@", 'slug = "alash"\nkind = "section"\nhall = "memorial"')
    world.bring()
    with world.database.reading() as session:
        halls = touring.hall_lists(session, EN)
    assert [[stop.number for stop in hall.stops] for hall in halls] == [[0, 2], [1, 14]]


def test_a_tour_has_its_stops_in_order(world: World) -> None:
    with world.database.reading() as session:
        (link,) = touring.tours(session, KK)
        page = touring.tour_page(session, "short", KK)
    assert (link.title, link.minutes) == ("Қысқа жол", 10)
    assert page is not None
    assert [stop.number for stop in page.stops] == [0, 2, 14]


def test_an_unknown_tour_finds_nothing(world: World) -> None:
    with world.database.reading() as session:
        assert touring.tour_page(session, "long", KK) is None
