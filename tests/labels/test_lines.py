from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import numpy as np
import pypdfium2
import pytest

from audioguide.labels.drawing import Label, describe, place
from audioguide.labels.pdf import typeset
from audioguide.labels.stocks import find_stock

if TYPE_CHECKING:
    from labels.conftest import MakeLabel

DAY = date(2026, 11, 22)
DECEMBER = ("1986 жылғы Желтоқсан оқиғасы", "Декабрь 1986 года. Желтоксан", "December 1986")


def set_on(name: str, *labels: Label) -> bytes:
    stock = find_stock(name)
    return typeset(describe(place(labels, stock), stock, draft=False), DAY)


def lines(pdf: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(pdf)
    text = document[0].get_textpage().get_text_range()
    document.close()
    return [" ".join(line.replace("\xa0", " ").split()) for line in text.splitlines()]


def feet(pdf: bytes) -> list[int]:
    """Where the lowest ink of each label of the first row ends, in tenths of a millimetre."""
    document = pypdfium2.PdfDocument(pdf)
    ink = document[0].render(scale=254 / 72, grayscale=True).to_numpy().squeeze() < 128
    document.close()
    return [
        int(np.flatnonzero(ink[:430, left + 330 : left + 700].any(axis=1)).max())
        for left in (0, 700, 1400)
    ]


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Восстание адаевцев, 1929–1931", ["Восстание адаевцев,", "1929–1931"]),
        ("Голод в степи. Ашаршылық жылдары", ["Голод в степи.", "Ашаршылық жылдары"]),
        ("The Famine of Steppe (Asharshylyq)", ["The Famine of Steppe", "(Asharshylyq)"]),
        ("Скульптурная композиция «Репрессия»", ["Скульптурная композиция", "«Репрессия»"]),
    ],
)
def test_a_title_of_two_lines_breaks_by_its_sense(
    make_label: MakeLabel, title: str, expected: list[str]
) -> None:
    label = make_label(titles=(DECEMBER[0], title, "“Repression” sculptural composition"))
    said = lines(set_on("3422", label))
    assert "\n".join(expected) in "\n".join(said)


def test_an_abbreviation_is_no_end_of_a_line(make_label: MakeLabel) -> None:
    title = "St. Nicholas Cathedral in Shymkent"
    said = lines(set_on("3422", make_label(titles=(title, title, title))))
    assert "St." not in said
    assert said[1].startswith("St. Nicholas")


def test_quotation_marks_and_dashes_are_those_of_the_language(make_label: MakeLabel) -> None:
    title = 'Hall "Repression", 1929-31'
    said = lines(set_on("L7163", make_label(titles=(title, title, title))))
    assert said[1:3] == ["Hall «Repression», 1929–31", "Hall “Repression”, 1929–31"]


def test_a_hyphen_between_words_stays_one(make_label: MakeLabel) -> None:
    said = lines(set_on("L7163", make_label(titles=("Ән-күй", "исправительно-трудовой", "a-b"))))
    assert said[1:4] == ["Ән-күй", "исправительно-трудовой", "a-b"]


def test_neighbours_with_titles_of_one_line_stand_in_line(make_label: MakeLabel) -> None:
    """The middle one has a name that is set a little smaller."""
    names = (
        ("Мағжан Жұмабай", "Магжан Жумабаев", "Magzhan Zhumabay"),
        ("Мұхамеджан Тынышбайұлы", "Мухамеджан Тынышпаев", "Mukhamedzhan Tynyshbayuly"),
        ("Кинозал", "Кинозал", "Cinema Hall"),
    )
    labels = [
        make_label(104 + index, f"7K{index:02d}X", titles) for index, titles in enumerate(names)
    ]
    ends = feet(set_on("3422", *labels))
    assert max(ends) - min(ends) <= 1


@pytest.mark.parametrize("name", ["L7160", "3474", "3422"])
@pytest.mark.parametrize("titles", [DECEMBER, ("Карлаг",) * 3])
def test_a_number_stands_by_its_titles(
    make_label: MakeLabel, name: str, titles: tuple[str, str, str]
) -> None:
    """No more white between them than beside a short title, where the symbol is the measure."""
    pdf = set_on(name, make_label(12, titles=titles))
    document = pypdfium2.PdfDocument(pdf)
    ink = document[0].render(scale=254 / 72, grayscale=True).to_numpy().squeeze() < 128
    document.close()
    stock = find_stock(name)
    left = round(10 * (stock.x0_mm + 33))
    right = round(10 * (stock.x0_mm + stock.label_width_mm - 1))
    bottom = round(10 * (stock.y0_mm + stock.label_height_mm))
    rows = np.flatnonzero(ink[:bottom, left:right].any(axis=1))
    assert np.diff(rows).max() <= 70
