"""Cutting marks: say where a knife goes between labels."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from audioguide.labels.sheet import Cell
from audioguide.labels.stock import Stock

_AWAY_MM = 1.0
_LENGTH_MM = 3.0
_BLEED_MM = 8.0
"""A page that is one label grows by this on each side, so that its marks have a place."""


@dataclass(frozen=True)
class Mark:
    """A thin line from one point to another, in millimetres from the page's top left corner."""

    x1_mm: float
    y1_mm: float
    x2_mm: float
    y2_mm: float


def with_room_for_marks(stock: Stock) -> Stock:
    """Return a paper with a place for cut marks: a single label gets a larger page around it."""
    if stock.cells_per_page > 1:
        return stock
    return replace(
        stock,
        page_width_mm=stock.page_width_mm + 2 * _BLEED_MM,
        page_height_mm=stock.page_height_mm + 2 * _BLEED_MM,
        x0_mm=stock.x0_mm + _BLEED_MM,
        y0_mm=stock.y0_mm + _BLEED_MM,
    )


def marks(cells: Iterable[Cell], stock: Stock) -> list[Mark]:
    """Return the marks at the corners of the cells of one page, each once.

    They lie outside their cell on the lines of the cut; where labels touch, that is on the edge
    of the next one. None leaves the page.
    """
    wanted = {
        mark
        for cell in cells
        for mark in _around(cell, stock.label_width_mm, stock.label_height_mm)
        if _is_on(mark, stock)
    }
    return sorted(wanted, key=lambda mark: (mark.y1_mm, mark.x1_mm, mark.y2_mm, mark.x2_mm))


def _around(cell: Cell, width_mm: float, height_mm: float) -> Iterator[Mark]:
    for x_mm, right in ((cell.x_mm, -1), (cell.x_mm + width_mm, 1)):
        for y_mm, down in ((cell.y_mm, -1), (cell.y_mm + height_mm, 1)):
            near_mm, far_mm = _AWAY_MM, _AWAY_MM + _LENGTH_MM
            yield _mark(x_mm + right * near_mm, y_mm, x_mm + right * far_mm, y_mm)
            yield _mark(x_mm, y_mm + down * near_mm, x_mm, y_mm + down * far_mm)


def _mark(x1_mm: float, y1_mm: float, x2_mm: float, y2_mm: float) -> Mark:
    """Write a mark from left to right and down, rounded, so that the same one is the same."""
    left_mm, right_mm = sorted((round(x1_mm, 3), round(x2_mm, 3)))
    top_mm, bottom_mm = sorted((round(y1_mm, 3), round(y2_mm, 3)))
    return Mark(left_mm, top_mm, right_mm, bottom_mm)


def _is_on(mark: Mark, stock: Stock) -> bool:
    return (
        mark.x1_mm > 0
        and mark.x2_mm < stock.page_width_mm
        and mark.y1_mm > 0
        and mark.y2_mm < stock.page_height_mm
    )
