"""The two museums of tests/packs print labels: a harbour's in three languages, a folk museum's."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import pypdfium2
import pytest

from audioguide.errors import AskedWrongly, LabelFailed
from audioguide.labels import wording
from audioguide.languages import Language
from audioguide.operations.label_printing import Address, Outcome, print_labels
from audioguide.services.labels import label_words, register
from audioguide.services.labels.printing import (
    Wish,
    calibrate,
    make,
    plan_calibration,
    plan_poster,
)
from museum import ROOT, World

pytestmark = pytest.mark.thorough

HOST = "https://guide.museum.kz"
WALL = Address(HOST, draft=False, new_base=False)
PACKS = ROOT / "tests" / "packs"
DAY = date(2026, 11, 30)
LAMP, COMPASS = "9T4HD", "Y3ZFX"


@contextmanager
def imported(folder: Path, pack: str) -> Iterator[World]:
    world = World(folder / pack, PACKS / pack)
    world.bring()
    yield world
    world.close()


@pytest.fixture
def harbour(tmp_path: Path) -> Iterator[World]:
    with imported(tmp_path, "harbour-museum") as world:
        yield world


@pytest.fixture
def folk(tmp_path: Path) -> Iterator[World]:
    with imported(tmp_path, "folk-museum") as world:
        yield world


def printed(world: World, wish: Wish, address: Address = WALL) -> Outcome:
    return print_labels(world.opened(BASE_URL=HOST), wish, address, world.folder / "out")


def in_words(pdf: Path) -> str:
    document = pypdfium2.PdfDocument(pdf)
    words: str = document[0].get_textpage().get_text_range()
    document.close()
    return words


def on_the_wall(world: World) -> dict[str | None, str]:
    """By code, in which languages a label hangs there and why it is no longer right."""
    with world.database.reading() as session:
        return {
            label.code: " ".join((*label.titles, *label.stale))
            for label in register.on_the_wall(session)
        }


@pytest.mark.parametrize("stock", ["L7163", "L7160", "A6"])
def test_the_harbour_prints_german_english_and_arabic(harbour: World, stock: str) -> None:
    made = printed(harbour, Wish(stock=stock)).printed
    assert made is not None
    assert (made.labels, made.verified) == (4, 4)
    assert set(on_the_wall(harbour).values()) == {"de en ar"}


def test_the_folk_museum_prints_kazakh_and_russian(folk: World) -> None:
    made = printed(folk, Wish()).printed
    assert made is not None
    assert (made.labels, made.verified) == (6, 6)
    assert set(on_the_wall(folk).values()) == {"kk ru"}


def test_where_there_is_no_arabic_the_german_title_stands_once(harbour: World) -> None:
    with harbour.database.reading() as session:
        (compass,) = label_words.labels(session, HOST, {COMPASS})
    entries = wording.titles(compass, compass.titles)
    assert [each["language"] for each in entries] == ["de", "en"]
    assert compass.written_in == {"ar": "de"}


def test_an_arabic_title_is_set_from_the_right_and_a_german_one_that_stands_in_is_not(
    harbour: World,
) -> None:
    harbour.edit("museum.toml", "timezone", 'label_languages = ["ar", "en"]\ntimezone')
    harbour.bring()
    with harbour.database.reading() as session:
        lamp, compass = label_words.labels(session, HOST, {LAMP, COMPASS})
    directions = [
        [each["direction"] for each in wording.titles(label, label.titles)]
        for label in (lamp, compass)
    ]
    assert directions == [["rtl", "ltr"], ["ltr", "ltr"]]
    printed(harbour, Wish())
    assert on_the_wall(harbour)[COMPASS] == "ar en"


def test_the_poster_says_english_once_to_a_museum_without_other_words(harbour: World) -> None:
    out = harbour.folder / "out"
    with harbour.database.reading() as session:
        poster = make(plan_poster(session, Wish(), HOST), out, draft=False, made_on=DAY)
        page = calibrate(plan_calibration(session, Wish(), HOST), out, made_on=DAY)
    words = in_words(poster.pdf)
    assert [words.count(each) for each in ("Start here", "Anhören", "Listen")] == [1, 1, 1]
    assert in_words(page.pdf).count("Print this page") == 1


def test_an_arabic_label_goes_on_working_when_the_museum_has_no_arabic_any_more(
    harbour: World,
) -> None:
    printed(harbour, Wish(stops="1"))
    harbour.edit("museum.toml", ', "ar"]\npartial_languages = ["ar"]', "]")
    harbour.bring()
    assert on_the_wall(harbour) == {LAMP: "de en ar languages"}
    with harbour.database.reading() as session:
        (lamp,) = register.on_the_wall(session)
        (finding,) = register.wall_findings(session)
    assert lamp.titles[Language("ar")]
    assert "it still leads to its stop" in str(finding.what)
    answer = harbour.phone("ar").get(f"/Q/{LAMP}")
    assert answer.headers["Location"] == "/de/stops/lamp"
    assert printed(harbour, Wish(reprint=("1",))).printed is not None


def test_a_language_without_a_typeface_is_refused_before_anything_is_made(
    harbour: World,
) -> None:
    harbour.edit("museum.toml", '["de", "en", "ar"]', '["de", "en", "he"]')
    harbour.edit("museum.toml", '["ar"]', '["he"]')
    harbour.bring()
    with pytest.raises(AskedWrongly, match="Labels cannot have the language he"):
        printed(harbour, Wish())
    harbour.edit("museum.toml", "timezone", 'label_languages = ["de", "en"]\ntimezone')
    harbour.bring()
    printed(harbour, Wish())
    assert set(on_the_wall(harbour).values()) == {"de en"}


def test_a_title_that_does_not_fit_is_refused_and_nothing_is_printed(harbour: World) -> None:
    text = harbour.media / "stops/1-lamp/ar.md"
    first, rest = text.read_text(encoding="utf-8").split("\n", 1)
    text.write_text(f"{first}{' مصباح سفينة المنارة' * 12}\n{rest}", encoding="utf-8")
    harbour.bring()
    with pytest.raises(
        LabelFailed, match=r"too long for their labels even at 6 pt: 1 \(9T4HD\) ar"
    ):
        printed(harbour, Wish())
    assert on_the_wall(harbour) == {}
    assert not list((harbour.folder / "out").glob("*.pdf"))


def test_where_a_language_has_no_typeface_the_line_that_helps_is_said(harbour: World) -> None:
    harbour.edit("museum.toml", '"ar"', '"he"')
    for path in list(harbour.media.rglob("ar.md")):
        path.rename(path.with_name("he.md"))
    harbour.bring()
    with pytest.raises(AskedWrongly, match=r'label_languages = \["de", "en"\]'):
        printed(harbour, Wish())
