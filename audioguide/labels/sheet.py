"""The geometry of a sheet: where on it a label stands, and where on a label its symbol."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from math import inf

from audioguide.errors import AskedWrongly
from audioguide.labels.stock import Stock
from audioguide.labels.symbol import QUIET_ZONE_MODULES
from audioguide.paper import Paper

PRINTER_SHIFT_MM = 1.5
"""How far office printers shift a sheet; a symbol and its quiet zone stay on the label even so."""

SMALLEST_SIDE_MM = 25.0
LEAST_DOTS_PER_MODULE = 4.0
"""DENSO WAVE's advice for printers: four dots for each side of a module."""

PRINTER_DOTS_PER_MM = 300 / 25.4

_MODULES_PER_READING_DISTANCE = 290
"""Ten times the side is a rule of the trade, not of the standard; measured for 29 modules it holds
with a margin of two, and symbols of more modules read from as much less as these are smaller."""

NARROW_MARGIN_MM = 2.5
_NARROW_TEXT_MM = 27.0
"""A line of 27 mm holds the longest Kazakh word of the titles at 8 pt and the address at 6 pt."""

_HIGH_MM = 50.0
"""From this height on a label has room for its texts above the symbol, if it is upright or wide."""

_WIDE_MM = 85.0
"""From this width on a label has room for the address beside the number."""


@dataclass(frozen=True)
class Cell:
    """One label's place: page, column and row from 0, its top left corner in millimetres."""

    page: int
    column: int
    row: int
    x_mm: float
    y_mm: float


@dataclass(frozen=True)
class Spot:
    """Where on a label its symbol stands, without the quiet zone, from the top left corner."""

    x_mm: float
    y_mm: float
    side_mm: float


@dataclass(frozen=True)
class Layout:
    """How a label is set: sheet.typ has a way of this ``name``.

    ``suits`` tells the stocks that are set so. ``spot`` says where a symbol of a side and so many
    modules stands, ``beside_texts_mm`` how wide it may become so that the texts have their room,
    given how much of the symbol with its quiet zone it is itself.
    """

    name: str
    suits: Callable[[Stock], bool]
    spot: Callable[[Stock, float, int], Spot]
    beside_texts_mm: Callable[[Stock, float], float]


def _is_high(stock: Stock) -> bool:
    width_mm, height_mm = stock.label_width_mm, stock.label_height_mm
    return height_mm >= _HIGH_MM and (width_mm >= _WIDE_MM or height_mm > width_mm)


def _in_corner(stock: Stock, side_mm: float, modules: int) -> Spot:
    away_mm = margin_mm(stock, side_mm, modules) + side_mm
    return Spot(stock.label_width_mm - away_mm, stock.label_height_mm - away_mm, side_mm)


def _with_one_margin(stock: Stock, side_mm: float, _modules: int) -> Spot:
    margin = (stock.label_height_mm - side_mm) / 2
    return Spot(margin, margin, side_mm)


def _at_edge(stock: Stock, side_mm: float, modules: int) -> Spot:
    x_mm = PRINTER_SHIFT_MM + side_mm * QUIET_ZONE_MODULES / modules
    return Spot(x_mm, (stock.label_height_mm - side_mm) / 2, side_mm)


def _below_texts_mm(stock: Stock, _of_whole: float) -> float:
    return 0.45 * stock.label_height_mm


def _beside_narrow_texts_mm(stock: Stock, of_whole: float) -> float:
    spared_mm = PRINTER_SHIFT_MM + _NARROW_TEXT_MM + NARROW_MARGIN_MM
    return (stock.label_width_mm - spared_mm) * of_whole


LAYOUTS = (
    Layout("poster", lambda stock: stock.kind is Paper.POSTER, _in_corner, _below_texts_mm),
    Layout(
        "plaque",
        lambda stock: stock.kind is Paper.PLAQUE or _is_high(stock),
        _in_corner,
        _below_texts_mm,
    ),
    Layout(
        "beside",
        lambda stock: stock.label_width_mm >= _WIDE_MM,
        _with_one_margin,
        lambda _stock, _of_whole: inf,  # its texts have the rest of the width
    ),
    Layout("narrow", lambda _stock: True, _at_edge, _beside_narrow_texts_mm),
)
"""The registry of layouts; the first that suits a stock is taken, and the last suits all."""


def layout_of(stock: Stock) -> Layout:
    """Return how labels of a stock are set: by what it is for, then by the shape of a label."""
    return next(layout for layout in LAYOUTS if layout.suits(stock))


def cells(
    stock: Stock, start_cell: int = 1, shift_mm: tuple[float, float] = (0.0, 0.0)
) -> Iterator[Cell]:
    """Go through the places of a stock as one reads, row by row, sheet after sheet, for ever.

    ``start_cell`` counts from 1; raise AskedWrongly for one that the sheet does not have.
    """
    if not 1 <= start_cell <= stock.cells_per_page:
        raise AskedWrongly(
            "There is no cell {cell} on {stock}; its cells are counted from 1 to {last}, row by "
            "row.",
            cell=start_cell,
            stock=stock.name,
            last=stock.cells_per_page,
        )
    index = start_cell - 1
    while True:
        page, on_page = divmod(index, stock.cells_per_page)
        row, column = divmod(on_page, stock.columns)
        yield Cell(
            page,
            column,
            row,
            stock.x0_mm + column * stock.pitch_x_mm + shift_mm[0],
            stock.y0_mm + row * stock.pitch_y_mm + shift_mm[1],
        )
        index += 1


def margin_mm(stock: Stock, side_mm: float, modules: int) -> float:
    """Return the margin of a plaque, a poster or a high label: a tenth of its shorter side."""
    least_mm = PRINTER_SHIFT_MM + side_mm * QUIET_ZONE_MODULES / modules
    return max(0.095 * min(stock.label_width_mm, stock.label_height_mm), least_mm)


def spot(stock: Stock, modules: int, *, force_size: bool = False) -> Spot:
    """Return where on a label a symbol of so many modules stands; raise as symbol_side_mm."""
    side_mm = symbol_side_mm(stock, modules, force_size=force_size)
    return layout_of(stock).spot(stock, side_mm, modules)


def reading_distance_mm(side_mm: float, modules: int) -> float:
    """Return from how far a symbol reads in good light, whoever holds the phone."""
    return _MODULES_PER_READING_DISTANCE * side_mm / modules


def symbol_side_mm(stock: Stock, modules: int, *, force_size: bool = False) -> float:
    """Return how wide a symbol of so many modules is on a stock, without its quiet zone.

    As large as the label allows with the quiet zone and the printer's shift, at most 30 mm on
    labels, 44 mm on A6 and 70 mm on A5 plaques. Raise AskedWrongly under 25 mm unless the size is
    forced, for phones read such a symbol badly in a dim hall, and under four printer dots a module
    always.
    """
    side_mm = _largest_side_mm(stock, modules)
    if side_mm * PRINTER_DOTS_PER_MM < LEAST_DOTS_PER_MODULE * modules:
        raise AskedWrongly(
            "On {stock} a module of the QR code would be {dots} dots wide on a printer of 300 "
            "dots an inch, and it needs {least}; take a stock with larger labels.",
            stock=stock.name,
            dots=f"{max(0.0, side_mm * PRINTER_DOTS_PER_MM / modules):.1f}",
            least=f"{LEAST_DOTS_PER_MODULE:.0f}",
        )
    if side_mm < SMALLEST_SIDE_MM and not force_size:
        raise AskedWrongly(
            "On {stock} a QR code would be {side} mm wide, and under {least} mm phones read it "
            "badly; take a stock with larger labels, or add --force-size: it then reads from up "
            "to {distance} cm.",
            stock=stock.name,
            side=f"{side_mm:.1f}",
            least=f"{SMALLEST_SIDE_MM:.0f}",
            distance=round(reading_distance_mm(side_mm, modules) / 10),
        )
    return side_mm


def _largest_side_mm(stock: Stock, modules: int) -> float:
    """Return the side that fits, which may be too small: texts make room down to 25 mm only."""
    of_whole = modules / (modules + 2 * QUIET_ZONE_MODULES)
    room_mm = min(stock.label_height_mm, stock.label_width_mm) - 2 * PRINTER_SHIFT_MM
    largest_mm = min(stock.widest_symbol_mm, room_mm * of_whole)
    beside_texts_mm = layout_of(stock).beside_texts_mm(stock, of_whole)
    return min(largest_mm, max(SMALLEST_SIDE_MM, beside_texts_mm))
