from __future__ import annotations

import re
from xml.etree import ElementTree

import pytest

from audioguide.content.drawings import maps, timelines
from audioguide.content.drawings.drawing import Dot, Drawn, Event, Line, Map, Name
from audioguide.content.drawings.svg import RADIUS, STYLE
from audioguide.languages import LANGUAGES, Language
from museum import ROOT

SQUARE = (((60.0, 40.0), (80.0, 40.0), (80.0, 50.0), (60.0, 50.0)),)
WORDS = dict.fromkeys(LANGUAGES, "Қала")
MAP = Map(SQUARE, (Dot(1, (70, 45), True), Dot(2, (70, 45), False)), (Name((65, 45), WORDS, True),))
LINE = Line((Event(1, 1928, 1928), Event(2, 1930, 1933)))
DRAWN = [maps.draw(MAP, Language("kk")), timelines.draw(LINE, Language("kk"))]
BASE = ROOT / "audioguide" / "web" / "static" / "base.css"
COLOUR = re.compile(r"#[0-9a-f]{6}\b")


@pytest.mark.parametrize("drawn", DRAWN)
def test_a_drawing_has_shapes_and_words_alone_and_names_nothing_outside_it(drawn: Drawn) -> None:
    picture = ElementTree.fromstring(drawn.svg)
    names = {each.tag.rpartition("}")[2] for each in picture.iter()}
    assert names <= {"svg", "style", "path", "circle", "text"}
    for each in picture.iter():
        assert not [name for name in each.attrib if name.startswith("on") or "href" in name]
    text = drawn.svg.decode().replace("http://www.w3.org/2000/svg", "")
    assert not re.search(r"url\(|@import|http|<!|data:|script", text)


@pytest.mark.parametrize("drawn", DRAWN)
def test_a_drawing_says_its_size(drawn: Drawn) -> None:
    picture = ElementTree.fromstring(drawn.svg)
    assert (picture.get("width"), picture.get("height")) == (str(drawn.width), str(drawn.height))
    assert picture.get("viewBox") == f"0 0 {drawn.width} {drawn.height}"


@pytest.mark.parametrize("drawn", DRAWN)
def test_a_number_is_twenty_pixels_across_on_the_narrowest_phone(drawn: Drawn) -> None:
    given = 320 - 2 * 22.5  # what is left of 320 pixels between the margins of a page
    assert 2 * RADIUS * given / drawn.width >= 20


def test_a_drawing_has_the_colours_of_the_pages() -> None:
    light, dark = STYLE.split("@media")
    css_light, css_dark = BASE.read_text(encoding="utf-8").split("prefers-color-scheme: dark")[:2]
    land = {"#ebe5da", "#24211d"}  # between paper and line
    assert set(COLOUR.findall(light)) - land <= set(COLOUR.findall(css_light))
    assert set(COLOUR.findall(dark)) - land <= set(COLOUR.findall(css_dark))


@pytest.mark.parametrize("scheme", [0, 1])
def test_what_is_read_in_a_drawing_is_told_from_what_lies_behind_it(scheme: int) -> None:
    style = STYLE.split("@media")[scheme]

    def colour(name: str) -> str:
        return next(
            found[1]
            for rule in re.findall(r"([.\w,]+)\{([^{}]*)\}", style)
            if name in rule[0].split(",")
            for found in [re.search(r"fill:(#\w+)", rule[1])]
            if found
        )

    for words, behind in ((".number", ".dot"), (".words", ".land"), (".soft", ".paper")):
        assert contrast(colour(words), colour(behind)) >= 4.5
    assert contrast(colour(".dot"), colour(".land")) >= 3


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours (WCAG 2.2, 1.4.3)."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (
        each / 12.92 if each <= 0.04045 else ((each + 0.055) / 1.055) ** 2.4 for each in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
