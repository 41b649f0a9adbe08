"""The catalogue of papers that are sold, each with its source."""

from __future__ import annotations

from audioguide.errors import AskedWrongly
from audioguide.labels import custom_stock
from audioguide.labels.stock import Stock
from audioguide.paper import Paper


def _three_by_eight(
    name: str, label_height_mm: float, y0_mm: float, source: str, tolerance_mm: float
) -> Stock:
    """Describe an A4 sheet of 24 labels, 70 mm wide and without gaps between them."""
    return Stock(
        name=name,
        maker="Avery Zweckform",
        page_width_mm=210.0,
        page_height_mm=297.0,
        columns=3,
        rows=8,
        label_width_mm=70.0,
        label_height_mm=label_height_mm,
        x0_mm=0.0,
        y0_mm=y0_mm,
        pitch_x_mm=70.0,
        pitch_y_mm=label_height_mm,
        source=source,
        tolerance_mm=tolerance_mm,
    )


def _plaque(
    name: str, width_mm: float, height_mm: float, tolerance_mm: float, widest_symbol_mm: float
) -> Stock:
    return Stock(
        name=name,
        maker="",
        page_width_mm=width_mm,
        page_height_mm=height_mm,
        columns=1,
        rows=1,
        label_width_mm=width_mm,
        label_height_mm=height_mm,
        x0_mm=0.0,
        y0_mm=0.0,
        pitch_x_mm=width_mm,
        pitch_y_mm=height_mm,
        source=f"{name} and its tolerance as in ISO 216",
        tolerance_mm=tolerance_mm,
        kind=Paper.PLAQUE,
        widest_symbol_mm=widest_symbol_mm,
    )


_SOLD = (
    Stock(
        name="L7160",
        maker="Avery",
        page_width_mm=210.0,
        page_height_mm=297.0,
        columns=3,
        rows=7,
        label_width_mm=63.5,
        label_height_mm=38.1,
        x0_mm=7.21,
        y0_mm=15.15,
        pitch_x_mm=66.04,
        pitch_y_mm=38.1,
        source=(
            "label size as Avery gives it, pitch as in the glabels template 7160, centred on A4; "
            "the template has labels 0.5 mm wider and begins 0.3 mm farther right and lower"
        ),
        tolerance_mm=0.8,
    ),
    Stock(
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
    ),
    Stock(
        name="L7165",
        maker="Avery",
        page_width_mm=210.0,
        page_height_mm=297.0,
        columns=2,
        rows=4,
        label_width_mm=99.1,
        label_height_mm=67.7,
        x0_mm=4.65,
        y0_mm=13.1,
        pitch_x_mm=101.6,
        pitch_y_mm=67.7,
        source=(
            "label size as Avery gives it, centred on A4; the glabels template 7165 agrees within "
            "0.1 mm at the first label and 0.1 mm at the last"
        ),
        tolerance_mm=0.1,
    ),
    _three_by_eight(
        "3474",
        37.0,
        0.0,
        "the glabels template Zweckform 3474; the sheet is 1 mm higher than its labels",
        1.0,
    ),
    _three_by_eight(
        "3475",
        36.0,
        4.5,
        "label size as Avery gives it, centred on A4; the glabels template 3475 has labels 0.03 mm "
        "higher and begins 0.07 mm higher up",
        0.2,
    ),
    _three_by_eight(
        "3422",
        35.0,
        8.5,
        "label size as Avery gives it, centred on A4; no second source: calibrate before printing",
        1.0,
    ),
    _plaque("A6", 105.0, 148.0, 1.5, 44.0),
    _plaque("A5", 148.0, 210.0, 2.0, 70.0),
)

STOCKS = {stock.name: stock for stock in _SOLD}
"""The registry of stocks by name; a new one is an entry above."""

POSTER = Stock(
    name="A4",
    maker="",
    page_width_mm=210.0,
    page_height_mm=297.0,
    columns=1,
    rows=1,
    label_width_mm=210.0,
    label_height_mm=297.0,
    x0_mm=0.0,
    y0_mm=0.0,
    pitch_x_mm=210.0,
    pitch_y_mm=297.0,
    source="A4 and its tolerance as in ISO 216",
    tolerance_mm=2.0,
    kind=Paper.POSTER,
    widest_symbol_mm=100.0,
)
"""The poster at the door; it is not among the stocks, for no stop stands on it."""


def find_stock(name: str) -> Stock:
    """Return the stock of that name, or the one that is described in millimetres.

    Raise AskedWrongly for one that we do not know, and for a description that is none.
    """
    stock = STOCKS.get(name.strip().upper())
    if stock is not None:
        return stock
    if custom_stock.is_description(name):
        return custom_stock.described(name)
    raise AskedWrongly(
        "There is no stock “{stock}”. The stocks are {known}, or one described in millimetres "
        "as in “{example}”.",
        stock=name,
        known=", ".join(sorted(STOCKS)),
        example=custom_stock.EXAMPLE,
    )
