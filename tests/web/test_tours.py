from __future__ import annotations

import pytest

from audioguide.languages import LANGUAGES, Language
from audioguide.words import say
from markup import Element, Markup
from museum import World

SHORT = ("welcome", "famine", "memorial-hall")


def read(world: World, address: str) -> Markup:
    answer = world.phone("en").get(address)
    assert answer.status_code == 200
    return Markup(answer.text)


def named(page: Markup, name: str) -> Element:
    """Find the only link that is called so."""
    (link,) = [each for each in page.all("a") if each.text == name]
    return link


def retire_famine(world: World) -> None:
    structure = (world.media / "museum.toml").read_text(encoding="utf-8")
    start = structure.index("[[stop]]\nnumber = 2\n")
    world.edit("museum.toml", structure[start : structure.index("[[stop]]", start + 1)], "")
    world.edit("museum.toml", "stops = [0, 2, 14]", "stops = [0, 14]")
    world.bring()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_tour_lists_its_stops_in_order_and_leads_into_itself(
    world: World, language: Language
) -> None:
    page = read(world, f"/{language}/tours/short")
    links = [each for each in page.all("a") if "ol" in each.around]
    assert [each["href"] for each in links] == [f"/{language}/tours/short/{slug}" for slug in SHORT]
    assert links[1].text.startswith("2")
    begin = named(page, say(language, "Start the tour"))
    assert begin["href"] == f"/{language}/tours/short/welcome"


def test_a_tour_says_how_long_it_is(world: World) -> None:
    page = read(world, "/en/tours/short")
    assert page.all("p")[0].text == "Tour, 10 minutes · stops: 3"


def test_a_tour_that_is_not_there_is_404(world: World) -> None:
    assert world.phone().get("/ru/tours/long").status_code == 404


def test_a_stop_of_a_tour_has_all_that_the_stop_has(world: World) -> None:
    world.speak_all()
    along, alone = read(world, "/en/tours/short/famine"), read(world, "/en/stops/famine")
    for tag in ("h1", "aside", "article", "title"):
        assert along.one(tag).text == alone.one(tag).text
    sounds = [[each["src"] for each in page.all("source")] for page in (along, alone)]
    assert sounds[0] == sounds[1] != []


def test_a_stop_of_a_tour_says_where_one_is_and_how_long_it_takes(world: World) -> None:
    page = read(world, "/en/tours/short/famine")
    line = page.one("nav", class_="along")
    assert line.text.startswith("A short tour")
    assert line.text.endswith("stop 2 of 3 · about 7 min left")
    places = [each for each in page.all("a") if "ol" in each.around]
    assert [each["href"] for each in places] == [f"/en/tours/short/{slug}" for slug in SHORT]
    assert [each.get("aria-current") for each in places] == [None, "page", None]
    assert [each.text for each in places] == ["0. Welcome", "2. The Famine", "14. Memorial Hall"]


def test_before_and_after_are_those_of_the_tour(world: World) -> None:
    page = read(world, "/en/tours/short/famine")
    assert page.one("a", rel="prev")["href"] == "/en/tours/short/welcome"
    assert page.one("a", rel="next")["href"] == "/en/tours/short/memorial-hall"
    assert not read(world, "/en/tours/short/welcome").all("a", rel="prev")


def test_the_content_note_leads_on_along_the_tour(world: World) -> None:
    page = read(world, "/en/tours/short/famine")
    ways = [each["href"] for each in page.all("a") if "aside" in each.around]
    assert ways == ["#text", "/en/tours/short/memorial-hall"]


def test_a_sound_that_is_awaited_is_looked_for_along_the_tour(world: World) -> None:
    page = read(world, "/en/tours/short/famine")
    assert named(page, "Refresh")["href"] == "/en/tours/short/famine"


def test_there_is_a_way_out_of_a_tour(world: World) -> None:
    page = read(world, "/en/tours/short/famine")
    assert named(page, "Leave the tour")["href"] == "/en/stops/famine"
    assert named(page, "All stops of this tour")["href"] == "/en/tours/short"


def test_a_tour_ends_quietly_with_ways_on(world: World) -> None:
    page = read(world, "/en/tours/short/memorial-hall")
    assert not page.all("a", rel="next")
    assert "The tour ends here." in page.one("nav", class_="onward").text
    assert named(page, "Other tours")["href"] == "/en/#tours"
    assert read(world, "/en/").one("h2", id="tours").text == "Tours"


def test_a_tour_that_goes_on_does_not_say_that_it_ends(world: World) -> None:
    assert "ends here" not in read(world, "/en/tours/short/famine").html


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_same_stop_has_one_address_for_search_engines(world: World, language: Language) -> None:
    page = read(world, f"/{language}/tours/short/famine")
    assert page.one("link", rel="canonical")["href"] == f"http://localhost/{language}/stops/famine"


def test_a_change_of_language_stays_on_the_tour(world: World) -> None:
    page = read(world, "/ru/tours/short/famine")
    phone = world.phone()
    for link in page.all("link", rel="alternate"):
        assert link["href"] == f"http://localhost/{link['hreflang']}/tours/short/famine"
    for link in [each for each in page.all("a") if each.get("hreflang")]:
        there = f"/{link['hreflang']}/tours/short/famine"
        assert phone.get(link["href"]).location == there


def test_a_slug_of_earlier_days_stays_on_the_tour(world: World) -> None:
    world.edit("museum.toml", 'slug = "famine"', 'slug = "hunger"')
    (world.media / "stops/2-famine").rename(world.media / "stops/2-hunger")
    world.bring()
    answer = world.phone().get("/ru/tours/short/famine")
    assert (answer.status_code, answer.location) == (301, "/ru/tours/short/hunger")


def test_a_stop_off_the_tour_opens_on_its_own(world: World) -> None:
    answer = world.phone().get("/ru/tours/short/alash")
    assert (answer.status_code, answer.location) == (302, "/ru/stops/alash")


def test_a_tour_that_is_gone_still_leads_to_the_stop(world: World) -> None:
    answer = world.phone().get("/ru/tours/long/alash")
    assert (answer.status_code, answer.location) == (302, "/ru/stops/alash")


def test_a_retired_stop_is_kindly_gone_on_a_tour_too(world: World) -> None:
    retire_famine(world)
    assert world.phone().get("/ru/tours/short/famine").status_code == 410


@pytest.mark.parametrize("slug", ["nothing", "baitursynuly", "%00", "..", "a" * 5000])
def test_what_is_no_stop_is_404_on_a_tour_too(world: World, slug: str) -> None:
    assert world.phone().get(f"/ru/tours/short/{slug}").status_code == 404
    assert world.phone().get(f"/ru/tours/{slug}/{slug}").status_code == 404


def test_a_stop_that_somebody_opens_along_a_tour_is_spoken_next(world: World) -> None:
    read(world, "/en/tours/short/memorial-hall")
    claimed = world.claim()
    assert claimed is not None
    assert (claimed.stop, claimed.language) == ("14 memorial-hall", Language("en"))
