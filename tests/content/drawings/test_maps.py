from __future__ import annotations

from math import cos, dist, radians
from xml.etree import ElementTree

import pytest

from audioguide.content.drawings import maps
from audioguide.content.drawings.drawing import Dot, Map, Name
from audioguide.content.drawings.points import MOST_IN_NAME
from audioguide.content.drawings.svg import RADIUS, WIDTH
from audioguide.languages import LANGUAGES, Language

SQUARE = (((60.0, 40.0), (80.0, 40.0), (80.0, 50.0), (60.0, 50.0)),)
SVG = "{http://www.w3.org/2000/svg}"


def drawn(
    *dots: Dot, names: tuple[Name, ...] = (), language: Language = Language("en")
) -> ElementTree.Element:
    return ElementTree.fromstring(maps.draw(Map(SQUARE, dots, names), language).svg)


def numbers(picture: ElementTree.Element) -> dict[str, tuple[float, float]]:
    return {
        text.text or "": (float(text.attrib["x"]), float(text.attrib["y"]))
        for text in picture.iter(f"{SVG}text")
        if text.get("class") == "number"
    }


def test_north_is_above_and_east_is_right() -> None:
    places = numbers(drawn(Dot(1, (65, 42), False), Dot(2, (75, 48), False)))
    assert places["1"][0] < places["2"][0]
    assert places["1"][1] > places["2"][1]


def test_a_map_is_as_high_as_its_country_is_beside_its_width() -> None:
    picture = maps.draw(Map(SQUARE, (Dot(1, (70, 45), False),), ()), Language("en"))
    margin = 16
    shape = (picture.height - 2 * margin) / (WIDTH - 2 * margin)
    assert shape == pytest.approx(10 / (20 * cos(radians(45))), abs=0.01)


def test_a_number_that_leaves_its_dot_is_led_back_to_it() -> None:
    picture = drawn(Dot(1, (70, 45), False), Dot(2, (70.1, 45), False))
    leaders = [
        each.attrib["d"] for each in picture.iter(f"{SVG}path") if each.get("class") == "thin"
    ]
    assert len(leaders) == 2
    one, other = numbers(picture).values()
    assert dist(one, other) >= 2 * RADIUS
    alone = drawn(Dot(1, (70, 45), False))
    assert [each for each in alone.iter(f"{SVG}path") if each.get("class") == "thin"] == []


def test_an_approximate_place_has_a_broken_ring() -> None:
    def rings(picture: ElementTree.Element) -> list[ElementTree.Element]:
        return [each for each in picture.iter(f"{SVG}circle") if "stroke-dasharray" in each.attrib]

    assert len(rings(drawn(Dot(1, (70, 45), True)))) == 1
    assert rings(drawn(Dot(1, (70, 45), False))) == []


@pytest.mark.parametrize(
    ("language", "said"), [(Language("kk"), "Қала & «У»"), (Language("en"), "Town")]
)
def test_a_name_is_said_in_its_language_and_is_never_markup(language: Language, said: str) -> None:
    words = {Language("kk"): "Қала & «У»", Language("ru"): "<b>", Language("en"): "Town"}
    picture = drawn(names=(Name((70, 45), words, marked=True),), language=language)
    assert [each.text for each in picture.iter(f"{SVG}text")] == [said]
    assert picture.get("lang") == language


@pytest.mark.parametrize("marked", [True, False])
@pytest.mark.parametrize("east", [60, 61, 64, 70, 76, 79, 80])
def test_the_longest_name_is_whole_at_every_border(east: float, *, marked: bool) -> None:
    said = "н" * MOST_IN_NAME
    words = dict.fromkeys(LANGUAGES, said)
    (text,) = drawn(names=(Name((east, 45), words, marked),)).iter(f"{SVG}text")
    width = 8.0 * len(said)
    shift = {"start": 0.0, "middle": width / 2, "end": width}[text.attrib["text-anchor"]]
    left = float(text.attrib["x"]) - shift
    assert left >= 0
    assert left + width <= WIDTH


def test_a_name_that_has_room_stands_on_its_place() -> None:
    words = dict.fromkeys(LANGUAGES, "Town")
    (text,) = drawn(names=(Name((70, 45), words, marked=False),)).iter(f"{SVG}text")
    assert (text.attrib["x"], text.attrib["text-anchor"]) == (f"{WIDTH / 2:.1f}", "middle")
