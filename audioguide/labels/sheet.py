"""Know the sheets that labels are sold on, and where on them a label and its symbol stand."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from audioguide.errors import AskedWrongly
from audioguide.labels.symbol import QUIET_ZONE_MODULES

PRINTER_SHIFT_MM = 1.5
"""How far office printers shift a sheet; a symbol and its quiet zone stay on the label even so."""

LARGEST_SIDE_MM = 30.0
SMALLEST_SIDE_MM = 25.0


@dataclass(frozen=True)
class Stock:
    """A sheet of die-cut labels, in millimetres from its top left corner.

    ``tolerance_mm`` is the farthest that the sources, or the labels, put an edge elsewhere.
    """

    name: str
    maker: str
    page_width_mm: float
    page_height_mm: float
    columns: int
    rows: int
    label_width_mm: float
    label_height_mm: float
    x0_mm: float
    y0_mm: float
    pitch_x_mm: float
    pitch_y_mm: float
    source: str
    tolerance_mm: float

    @property
    def cells_per_page(self) -> int:
        """Labels on one sheet."""
        return self.columns * self.rows


L7163 = Stock(
    name="L7163",
    maker="Avery",
    page_width_mm=210.0,
    page_height_mm=297.0,
    columns=2,
    rows=7,
    label_width_mm=99.1,
    label_height_mm=38.1,
    x0_mm=4.65,
    y0_mm=15.15,
    pitch_x_mm=101.6,
    pitch_y_mm=38.1,
    source=(
        "label size and pitch as Avery gives them, centred on A4; the glabels template puts "
        "the left column 1.3 mm farther out"
    ),
    tolerance_mm=1.3,
)

STOCKS = {stock.name: stock for stock in (L7163,)}


@dataclass(frozen=True)
class Cell:
    """One label's place: page, column and row from 0, its top left corner in millimetres."""

    page: int
    column: int
    row: int
    x_mm: float
    y_mm: float


def find_stock(name: str) -> Stock:
    """Return the stock of that name; raise AskedWrongly for one that we do not know."""
    stock = STOCKS.get(name.strip().upper())
    if stock is None:
        raise AskedWrongly(
            "There is no stock “{stock}”. The stocks are {known}.",
            stock=name,
            known=", ".join(sorted(STOCKS)),
        )
    return stock


def cells(stock: Stock) -> Iterator[Cell]:
    """Go through the places of a stock as one reads, row by row, sheet after sheet, for ever."""
    page = 0
    while True:
        for row in range(stock.rows):
            for column in range(stock.columns):
                yield Cell(
                    page,
                    column,
                    row,
                    stock.x0_mm + column * stock.pitch_x_mm,
                    stock.y0_mm + row * stock.pitch_y_mm,
                )
        page += 1


def symbol_side_mm(stock: Stock, modules: int) -> float:
    """Return how wide a symbol of so many modules is on a stock, without its quiet zone.

    As large as the label's height allows with the quiet zone and the printer's shift, at most
    30 mm. Raise AskedWrongly under 25 mm: phones read such a symbol badly in a dim hall.
    """
    room_mm = min(stock.label_height_mm, stock.label_width_mm) - 2 * PRINTER_SHIFT_MM
    side_mm = min(LARGEST_SIDE_MM, room_mm * modules / (modules + 2 * QUIET_ZONE_MODULES))
    if side_mm < SMALLEST_SIDE_MM:
        raise AskedWrongly(
            "On {stock} a symbol would be {side} mm wide, and under {least} mm phones read it "
            "badly; take a stock with higher labels.",
            stock=stock.name,
            side=f"{side_mm:.1f}",
            least=f"{SMALLEST_SIDE_MM:.0f}",
        )
    return side_mm
