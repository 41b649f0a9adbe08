from __future__ import annotations

from itertools import pairwise
from xml.etree import ElementTree

import pytest

from audioguide.content.drawings import timelines
from audioguide.content.drawings.drawing import Event, Line
from audioguide.content.drawings.points import MOST_NUMBERS
from audioguide.content.drawings.svg import RADIUS
from audioguide.languages import LANGUAGES, Language

SVG = "{http://www.w3.org/2000/svg}"
CROWD = (Event(1, 1928, 1928), *(Event(at, 1930, 1931) for at in range(2, 9)), Event(9, 1993, 1993))


def texts(line: Line, kind: str) -> list[tuple[str, float]]:
    picture = ElementTree.fromstring(timelines.draw(line, Language("en")).svg)
    return [
        (each.text or "", float(each.attrib["y"]))
        for each in picture.iter(f"{SVG}text")
        if each.get("class") == kind
    ]


def test_numbers_stand_below_one_another_in_the_order_of_time() -> None:
    rows = texts(Line(CROWD), "number")
    assert [said for said, _ in rows] == [str(at) for at in range(1, 10)]
    assert all(below - above >= 2 * RADIUS for (_, above), (_, below) in pairwise(rows))


def test_years_are_to_scale() -> None:
    decades = dict(texts(Line(CROWD), "soft"))
    assert list(decades) == ["1930", "1940", "1950", "1960", "1970", "1980", "1990"]
    steps = [below - above for above, below in pairwise(decades.values())]
    assert max(steps) - min(steps) < 0.2


def test_an_event_says_its_year_or_its_years() -> None:
    line = Line((Event(1, 1928, 1928), Event(2, 1930, 1933)))
    assert [said for said, _ in texts(line, "words")] == ["1928", "1930–1933"]


@pytest.mark.parametrize("events", [(Event(1, 1937, 1937),), CROWD, (Event(1, 0, 9999),)])
def test_whatever_the_years_everything_is_inside_the_picture(events: tuple[Event, ...]) -> None:
    drawn = timelines.draw(Line(events), Language("en"))
    picture = ElementTree.fromstring(drawn.svg)
    for each in picture.iter(f"{SVG}circle"):
        y, radius = float(each.attrib["cy"]), float(each.attrib["r"])
        assert y - radius >= 0
        assert y + radius <= drawn.height


def test_a_line_of_time_says_the_same_in_every_language() -> None:
    said = {
        timelines.draw(Line(CROWD), language).svg.decode().partition("\n")[2]
        for language in LANGUAGES
    }
    assert len(said) == 1


@pytest.mark.parametrize("count", [2, 12, MOST_NUMBERS])
def test_bars_of_the_same_years_stay_apart_and_off_the_numbers(count: int) -> None:
    line = Line(tuple(Event(at, 1930, 1950) for at in range(1, count + 1)))
    picture = ElementTree.fromstring(timelines.draw(line, Language("en")).svg)
    numbers = [float(each.attrib["cx"]) for each in picture.iter(f"{SVG}circle")]
    bars = [
        (float(each.attrib["d"][1:].split(" ")[0]), float(each.attrib["stroke-width"]))
        for each in picture.iter(f"{SVG}path")
        if each.get("class") == "thin" and each.get("stroke-width") != "0.8"
    ]
    assert len(bars) == count
    assert all(right - left > thick for (left, thick), (right, _) in pairwise(bars))
    assert max(x + thick for x, thick in bars) < min(numbers) - RADIUS
