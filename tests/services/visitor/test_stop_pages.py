from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from audioguide.languages import LANGUAGES, Language
from audioguide.models import Stop, Tour, TourStop
from audioguide.services.visitor import stop_pages
from audioguide.services.visitor.stop_pages import StopPage
from museum import FAMINE, REAL_PACK, World

EN, KK, RU = Language("en"), Language("kk"), Language("ru")


def stop_page(world: World, slug: str, language: Language = EN) -> StopPage:
    with world.database.reading() as session:
        page = stop_pages.stop_page(session, slug, language)
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
    assert (page.code, page.hall.title, page.link.number) == (FAMINE, "Exposition Hall", 2)
    assert page.content_note == "This stop speaks of hunger."
    assert page.paragraphs == (
        ("This is The Famine.", "People are remembered here."),
        ("Take your time.", "Read one name."),
    )
    assert page.summary == "This is The Famine. People are remembered here."
    assert page.heard is None


def test_a_stop_is_quiet_only_where_the_pack_says_so(world: World) -> None:
    assert stop_page(world, "memorial-hall").quiet
    assert not stop_page(world, "famine").quiet
    world.edit("museum.toml", "quiet = true\n", "")
    world.bring()
    assert not stop_page(world, "memorial-hall").quiet


def test_stops_follow_each_other_in_walking_order(world: World) -> None:
    page = stop_page(world, "famine")
    assert page.previous is not None
    assert page.next is not None
    assert (page.previous.slug, page.next.slug) == ("alash", "memorial-hall")


def test_the_first_stop_has_none_before_and_the_last_none_after(world: World) -> None:
    assert stop_page(world, "welcome").previous is None
    assert stop_page(world, "memorial-hall").next is None


def test_the_sections_are_listed_on_every_stop(world: World) -> None:
    sections = stop_page(world, "welcome").route
    assert [link.slug for link in sections] == ["alash", "famine"]
    assert {link.kind for link in sections} == {"section"}


@pytest.mark.parametrize("slug", ["nowhere", "baitursynuly", "", "ALASH", "a\0b"])
def test_a_slug_of_no_published_stop_finds_nothing(world: World, slug: str) -> None:
    with world.database.reading() as session:
        assert stop_pages.stop_page(session, slug, EN) is None


def test_the_list_has_every_published_stop_by_hall(world: World) -> None:
    with world.database.reading() as session:
        halls = stop_pages.hall_lists(session, RU)
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
        halls = stop_pages.hall_lists(session, EN)
    assert [[stop.number for stop in hall.stops] for hall in halls] == [[0, 2], [1, 14]]


def test_a_tour_has_its_stops_in_order(world: World) -> None:
    with world.database.reading() as session:
        (link,) = stop_pages.tours(session, KK)
        page = stop_pages.tour_page(session, "short", KK)
    assert (link.title, link.minutes) == ("Қысқа жол", 10)
    assert page is not None
    assert [stop.number for stop in page.stops] == [0, 2, 14]


def test_an_unknown_tour_finds_nothing(world: World) -> None:
    with world.database.reading() as session:
        assert stop_pages.tour_page(session, "long", KK) is None


def along(world: World, tour: str, slug: str, language: Language = EN) -> StopPage:
    with world.database.reading() as session:
        page = stop_pages.tour_stop_page(session, tour, slug, language)
    assert isinstance(page, StopPage)
    assert page.along is not None
    return page


def test_a_stop_knows_its_place_in_a_tour(world: World) -> None:
    page = along(world, "short", "famine")
    assert page.along is not None
    assert (page.along.tour.title, page.along.place, page.along.count) == ("A short tour", 2, 3)
    assert page.walk == "tours/short"


def test_a_stop_on_its_own_is_on_no_tour(world: World) -> None:
    page = stop_page(world, "famine")
    assert (page.along, page.walk) == (None, "stops")


def test_the_sections_are_the_same_along_a_tour(world: World) -> None:
    assert along(world, "short", "famine").route == stop_page(world, "famine").route


def test_minutes_left_count_the_sounds_that_are_still_to_be_heard(world: World) -> None:
    world.speak_all()  # three sounds of 61 s in 10 minutes: 139 s of walking for each stop
    left = [along(world, "short", slug).along for slug in ("welcome", "famine", "memorial-hall")]
    assert [each.minutes_left for each in left if each] == [10, 7, 4]


@pytest.mark.parametrize(
    ("sounds_s", "walked", "left"),
    [
        ([None, None, None], 0, 12),
        ([None, None, None], 1, 8),
        ([None, None, None], 2, 4),
        ([60, 60, 60], 2, 4),
        ([300, 60, 60], 1, 6),  # the long one is behind
        ([60, 60, 300], 2, 7),  # the long one is still to come
        ([60, None, 60], 1, 8),
        ([600, 600, 600], 0, 30),  # more to hear than the tour has minutes: the truth is said
        ([600, 600, 600], 2, 10),
        ([0, 0, 0], 2, 4),
    ],
)
def test_minutes_left_are_estimated_by_what_is_still_to_come(
    sounds_s: list[int | None], walked: int, left: int
) -> None:
    sounds_ms = [None if each is None else each * 1000 for each in sounds_s]
    assert stop_pages.minutes_left(12, sounds_ms, walked) == left


@given(
    st.integers(0, 999),
    st.lists(st.one_of(st.none(), st.integers(0, 3_600_000)), min_size=1, max_size=40),
)
def test_minutes_left_only_ever_fall_and_never_reach_none(
    minutes: int, sounds_ms: list[int | None]
) -> None:
    left = [stop_pages.minutes_left(minutes, sounds_ms, walked) for walked in range(len(sounds_ms))]
    assert left == sorted(left, reverse=True)
    assert left[0] >= minutes
    assert left[-1] >= 1


@pytest.fixture(scope="module")
def walked_world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    made = World(tmp_path_factory.mktemp("walked"))
    made.bring()
    yield made
    made.close()


@settings(max_examples=30, deadline=None)
@given(st.permutations(("welcome", "alash", "famine", "memorial-hall")), st.integers(1, 4))
def test_walking_next_visits_exactly_the_stops_of_a_tour(
    walked_world: World, order: list[str], length: int
) -> None:
    chosen = order[:length]
    lay_the_tour(walked_world, chosen)
    assert walk(walked_world, "short", chosen[0]) == chosen
    assert walk(walked_world, "short", chosen[-1], forwards=False) == chosen[::-1]


def lay_the_tour(world: World, slugs: list[str]) -> None:
    with world.database.writing() as session:
        stops = {stop.slug: stop for stop in session.scalars(select(Stop))}
        (tour,) = session.scalars(select(Tour))
        tour.places = []
        session.flush()
        tour.places = [TourStop(position=n, stop=stops[slug]) for n, slug in enumerate(slugs)]


def walk(world: World, tour: str, first: str, *, forwards: bool = True) -> list[str]:
    """Go on from a stop until there is no next one; a circle would be seen as one."""
    visited = [first]
    while len(visited) < 100:
        page = along(world, tour, visited[-1])
        following = page.next if forwards else page.previous
        if following is None:
            break
        visited.append(following.slug)
    return visited


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_tour_of_the_museum_is_walked_from_its_first_stop_to_its_last(
    real_pack: World, language: Language
) -> None:
    with real_pack.database.reading() as session:
        links = stop_pages.tours(session, language)
        pages = [stop_pages.tour_page(session, link.slug, language) for link in links]
    assert len(pages) >= 5
    for page in pages:
        assert page is not None
        slugs = [stop.slug for stop in page.stops]
        assert walk(real_pack, page.link.slug, slugs[0]) == slugs


@pytest.fixture(scope="module")
def real_pack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    made = World(tmp_path_factory.mktemp("real"), REAL_PACK)
    made.bring()
    yield made
    made.close()
