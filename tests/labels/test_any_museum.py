"""Labels of any museum on every paper that we know."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pypdfium2
import pytest

from any_museum import AnyMuseum
from audioguide.labels.drawing import Placed, place
from audioguide.labels.stock import Stock
from audioguide.labels.stocks import STOCKS, find_stock
from audioguide.services.labels import printing

pytestmark = [pytest.mark.any_pack, pytest.mark.thorough]

DAY = date(2026, 11, 30)
BASE = "https://guide.museum.kz"
MM, EDGE_MM, SMALLEST_PT = 25.4 / 72, 1.5, 5.99
Box = tuple[float, float, float, float]  # left, top, right, foot in mm


def astray(pdf: Path, placed: Sequence[Placed], stock: Stock) -> list[str]:
    """Return which words leave their label or are too small; `reading` finds those on a symbol."""
    found = []
    document = pypdfium2.PdfDocument(pdf)
    for number, page in enumerate(document):
        here = [each for each in placed if each.cell.page == number]
        for text in page.get_objects(filter=[pypdfium2.raw.FPDF_PAGEOBJ_TEXT]):
            left, foot, right, head = (each * MM for each in text.get_bounds())
            box = (left, page.get_height() * MM - head, right, page.get_height() * MM - foot)
            size = text.get_font_size() * text.get_matrix().a
            fits = any(is_within(box, each, stock) for each in here)
            if not fits or size < SMALLEST_PT:
                found.append(f"page {number}: {box} at {size}")
    document.close()
    return found


def is_within(box: Box, placed: Placed, stock: Stock) -> bool:
    left, top, right, foot = box
    x, y = placed.cell.x_mm, placed.cell.y_mm
    return (
        x + EDGE_MM <= left <= right <= x + stock.label_width_mm - EDGE_MM
        and y + EDGE_MM <= top <= foot <= y + stock.label_height_mm - EDGE_MM
    )


@pytest.mark.parametrize("stock", STOCKS)
def test_every_label_fits_its_paper_and_is_read_back(
    any_museum: AnyMuseum, stock: str, tmp_path: Path
) -> None:
    with any_museum.world.database.reading() as session:
        wanted = printing.labels(session, BASE, None)
    assert [each.code for each in wanted] == [stop.code for stop in any_museum.stops]
    made = printing.print_labels(wanted, tmp_path / "out", draft=False, made_on=DAY, stock=stock)
    assert astray(made.pdf, place(wanted, find_stock(stock)), find_stock(stock)) == []


def test_the_poster_says_where_to_begin_in_every_language(
    any_museum: AnyMuseum, tmp_path: Path
) -> None:
    with any_museum.world.database.reading() as session:
        order = printing.plan_poster(session, printing.Wish(), BASE)
    assert order.languages == any_museum.languages.on_labels
    assert printing.make(order, tmp_path / "out", draft=True, made_on=DAY).pdf.is_file()
