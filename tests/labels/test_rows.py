"""Neighbours stand in line; a title stands once, and a short one where the long is too small."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pypdfium2
import pytest

from audioguide.labels.drawing import Label, describe, place
from audioguide.labels.options import CALL
from audioguide.labels.pdf import typeset, typeset_and_tell
from audioguide.labels.reading import read_back
from audioguide.labels.sheet import spot
from audioguide.labels.stocks import find_stock
from audioguide.languages import LANGUAGES, Language

if TYPE_CHECKING:
    from labels.conftest import MakeLabel

DAY = date(2026, 11, 29)
SHEETS = ["L7160", "L7163", "L7165", "3474", "3475", "3422", "63x38 3x7 margin 8,15 pitch 66x38"]
LONG = (
    "Қазақстандағы еңбекпен түзеу лагерьлерінің картасы",
    "Карта исправительно-трудовых лагерей в Казахстане",
    "Map of Labour Camps in Kazakhstan",
)
SHORT = dict(zip(LANGUAGES, ("Лагерьлер", "Карта лагерей", "The Camps"), strict=True))


def numbers(pdf: bytes) -> list[tuple[str, float, float]]:
    """Return each number with its size in points and its foot in points from below."""
    with pypdfium2.PdfDocument(pdf) as document:
        page = document[0]
        text = page.get_textpage()
        return [
            (
                item.extract().strip(),
                item.get_font_size() * item.get_matrix().a,
                item.get_matrix().f,
            )
            for item in page.get_objects(textpage=text)
            if isinstance(item, pypdfium2.PdfTextObj) and item.extract().strip().isdecimal()
        ]


def said(pdf: bytes) -> str:
    with pypdfium2.PdfDocument(pdf) as document:
        text = document[0].get_textpage()
        return " ".join(text.get_text_range().replace("\xa0", " ").split())


@pytest.mark.parametrize("name", SHEETS)
def test_the_numbers_of_a_row_stand_at_one_height_and_are_of_one_size(
    make_label: MakeLabel, name: str
) -> None:
    stock = find_stock(name)
    titles = [("Аш", "Ад", "A"), LONG, ("Карлаг", "Карлаг", "Karlag"), LONG]
    labels = [
        make_label(number, f"7K{index:02d}X", titles[index % 4])
        for index, number in enumerate([1, 12, 121] * stock.columns)
    ]
    found = numbers(typeset(describe(place(labels, stock), stock, draft=False), DAY))
    assert len(found) == len(labels)
    assert len({round(size, 2) for _, size, _ in found}) == 1
    assert len({round(foot, 1) for _, _, foot in found}) == 3  # one height for each of three rows


@pytest.mark.parametrize("name", SHEETS)
def test_every_label_calls_to_listen_in_three_languages(make_label: MakeLabel, name: str) -> None:
    stock = find_stock(name)
    pdf = typeset(describe(place([make_label()], stock), stock, draft=False), DAY)
    assert all(word in said(pdf) for word in CALL.values())


@pytest.mark.parametrize("name", [*SHEETS, "A6", "A5"])
@pytest.mark.parametrize(
    ("titles", "once"),
    [
        (("Кинозал", "Кинозал", "Cinema"), "Кинозал"),
        (("Зал", "Hall", "Hall"), "Hall"),
        (("Same", "Other", "Same"), "Same"),
        (("One", "One", "One"), "One"),
        (("Hall 1929-31", "Hall 1929–31", "x"), "Hall 1929–31"),
    ],
)
def test_titles_that_are_equal_stand_once(
    make_label: MakeLabel, name: str, titles: tuple[str, str, str], once: str
) -> None:
    stock = find_stock(name)
    pdf = typeset(describe(place([make_label(titles=titles)], stock), stock, draft=False), DAY)
    assert said(pdf).count(once) == 1


def short_on(name: str, label: Label) -> tuple[bool, str]:
    stock = find_stock(name)
    placed = place([replace(label, short_titles=SHORT)], stock)
    pdf, short = typeset_and_tell(describe(placed, stock, draft=False), DAY)
    assert read_back(pdf, placed).symbols == 1
    return bool(short), said(pdf)


@pytest.mark.parametrize("name", ["L7160", "63x38 3x7 margin 8,15 pitch 66x38"])
def test_a_short_title_stands_where_the_long_one_would_be_too_small(
    make_label: MakeLabel, name: str
) -> None:
    is_short, text = short_on(name, make_label(titles=LONG))
    assert is_short
    assert all(title in text for title in SHORT.values())
    assert "Казахстане" not in text


@pytest.mark.parametrize("name", ["A5", "A6", "L7165"])
def test_the_long_title_stands_where_there_is_room(make_label: MakeLabel, name: str) -> None:
    is_short, text = short_on(name, make_label(titles=LONG))
    assert not is_short
    assert "Казахстане" in text


def test_a_language_without_a_short_title_keeps_its_long_one(make_label: MakeLabel) -> None:
    stock = find_stock("L7160")
    label = replace(make_label(titles=LONG), short_titles={Language("kk"): "Лагерьлер"})
    pdf, short = typeset_and_tell(describe(place([label], stock), stock, draft=False), DAY)
    assert short == {label.code}
    assert "Лагерьлер" in said(pdf)
    assert "Казахстане" in said(pdf)


@pytest.mark.parametrize(("name", "side_mm"), [("A6", 44), ("A5", 70)])
def test_the_symbol_of_a_plaque_grows_with_its_paper(name: str, side_mm: float) -> None:
    assert spot(find_stock(name), 29).side_mm == pytest.approx(side_mm)
