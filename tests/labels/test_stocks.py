from __future__ import annotations

import re
from itertools import islice
from pathlib import Path

import pytest

from audioguide.labels import sheet
from audioguide.labels.sheet import PRINTER_SHIFT_MM, cells, layout_of, spot
from audioguide.labels.stock import Stock
from audioguide.labels.stocks import POSTER, STOCKS, find_stock
from audioguide.paper import Paper

ALL = pytest.mark.parametrize("stock", [*STOCKS.values(), POSTER], ids=lambda stock: stock.name)
MODULES = pytest.mark.parametrize("modules", [29, 33, 37])


def test_the_stocks_are_those_that_are_sold_and_two_plaques() -> None:
    assert set(STOCKS) == {"L7160", "L7163", "L7165", "3474", "3475", "3422", "A6", "A5"}


@ALL
def test_every_stock_names_its_source(stock: Stock) -> None:
    assert len(stock.source) > 15


@ALL
def test_what_sources_disagree_on_is_less_than_what_printers_shift(stock: Stock) -> None:
    if stock.kind is Paper.LABELS:
        assert 0 < stock.tolerance_mm <= PRINTER_SHIFT_MM


@ALL
def test_all_labels_lie_on_the_page(stock: Stock) -> None:
    last = list(islice(cells(stock), stock.cells_per_page))[-1]
    assert last.x_mm + stock.label_width_mm <= stock.page_width_mm + 0.001
    assert last.y_mm + stock.label_height_mm <= stock.page_height_mm + 0.001


@ALL
def test_no_two_labels_overlap(stock: Stock) -> None:
    assert stock.pitch_x_mm >= stock.label_width_mm
    assert stock.pitch_y_mm >= stock.label_height_mm


@ALL
@MODULES
def test_the_symbol_and_its_quiet_zone_stay_on_a_label_that_is_shifted(
    stock: Stock, modules: int
) -> None:
    there = spot(stock, modules)
    around_mm = there.side_mm * 4 / modules + PRINTER_SHIFT_MM - 0.001
    assert min(there.x_mm, there.y_mm) >= around_mm
    assert there.x_mm + there.side_mm + around_mm <= stock.label_width_mm
    assert there.y_mm + there.side_mm + around_mm <= stock.label_height_mm


@ALL
@MODULES
def test_every_stock_takes_every_symbol_at_25_millimetres(stock: Stock, modules: int) -> None:
    assert spot(stock, modules).side_mm >= 25


@pytest.mark.parametrize(
    ("name", "side_mm"),
    [("L7160", 25.5), ("L7163", 27.5), ("L7165", 30), ("3474", 26.6), ("3422", 25.1), ("A6", 44)],
)
def test_the_symbol_is_as_large_as_the_label_allows(name: str, side_mm: float) -> None:
    assert spot(find_stock(name), 29).side_mm == pytest.approx(side_mm, abs=0.05)


@pytest.mark.parametrize(
    ("name", "layout"),
    [
        ("L7163", "beside"),
        ("L7160", "narrow"),
        ("3422", "narrow"),
        ("L7165", "plaque"),
        ("A5", "plaque"),
        ("60x50 3x5", "narrow"),
        ("50x80 4x3", "plaque"),
    ],
)
def test_the_shape_of_a_label_says_how_it_is_set(name: str, layout: str) -> None:
    assert layout_of(find_stock(name)).name == layout


def test_every_layout_has_a_way_of_its_own_to_be_set() -> None:
    typst = Path(sheet.__file__).with_name("sheet.typ").read_text(encoding="utf-8")
    ways = re.findall(r"^  (\w+): \($", typst, re.MULTILINE)
    assert sorted(ways) == sorted(layout.name for layout in sheet.LAYOUTS)
