"""Parse the description of a sheet in millimetres, for papers that stocks.py does not name."""

from __future__ import annotations

import re

from audioguide.errors import AskedWrongly
from audioguide.labels.stock import Stock

EXAMPLE = "70x37 3x8 margin 0,0 pitch 70x37"

_LENGTH = r"(\d{1,4}(?:\.\d{1,3})?)"
_BY = r"\s?[x×\u0445]\s?"
"""The letter, the sign, and the Cyrillic letter that looks like both."""
_DESCRIPTION = re.compile(
    rf"(?P<label>{_LENGTH}{_BY}{_LENGTH})"
    rf" (?P<cells>(\d{{1,2}}){_BY}(\d{{1,2}}))"
    rf"(?: margin (?P<margin>{_LENGTH}\s?,\s?{_LENGTH}))?"
    rf"(?: pitch (?P<pitch>{_LENGTH}{_BY}{_LENGTH}))?"
    rf"(?: page (?P<page>{_LENGTH}{_BY}{_LENGTH}))?",
    re.IGNORECASE,
)
_A4_MM = (210.0, 297.0)
_ROUNDING_MM = 0.005


def is_description(text: str) -> bool:
    """Tell whether a text means to describe a sheet, rightly or wrongly."""
    return re.match(rf"\s*[\d.,]+{_BY}\d", text, re.IGNORECASE) is not None


def described(text: str) -> Stock:
    """Return the sheet that a text describes: ``WIDTHxHEIGHT COLUMNSxROWS``, the rest as needed.

    ``margin LEFT,TOP`` is where the first label begins, in the middle of the page if not given;
    ``pitch XxY`` goes from one label to the next, the label's size if not given; ``page
    WIDTHxHEIGHT`` is A4 if not given. All are millimetres with a decimal point. Raise
    AskedWrongly for what cannot be read, labels that overlap and labels outside the page.
    """
    found = _DESCRIPTION.fullmatch(" ".join(text.split()))
    if found is None:
        raise AskedWrongly(
            "“{stock}” does not describe a sheet. Write millimetres as in “{example}”: the size "
            "of a label, columns and rows, the left and top margin, the way to the next label.",
            stock=text,
            example=EXAMPLE,
        )
    stock = _stock(found)
    _check(stock, text)
    return stock


def _stock(found: re.Match[str]) -> Stock:
    width_mm, height_mm = _pair(found["label"])
    columns, rows = (int(number) for number in _pair(found["cells"]))
    page_mm = _pair(found["page"]) if found["page"] else _A4_MM
    pitch_mm = _pair(found["pitch"]) if found["pitch"] else (width_mm, height_mm)
    across_mm = (columns - 1) * pitch_mm[0] + width_mm
    down_mm = (rows - 1) * pitch_mm[1] + height_mm
    margin_mm = (
        _pair(found["margin"])
        if found["margin"]
        else (round((page_mm[0] - across_mm) / 2, 3), round((page_mm[1] - down_mm) / 2, 3))
    )
    return Stock(
        name=f"{width_mm:g}x{height_mm:g}-{columns}x{rows}",
        maker="",
        page_width_mm=page_mm[0],
        page_height_mm=page_mm[1],
        columns=columns,
        rows=rows,
        label_width_mm=width_mm,
        label_height_mm=height_mm,
        x0_mm=margin_mm[0],
        y0_mm=margin_mm[1],
        pitch_x_mm=pitch_mm[0],
        pitch_y_mm=pitch_mm[1],
        source="described by whoever prints",
        tolerance_mm=0.0,
    )


def _pair(text: str) -> tuple[float, float]:
    one, other = re.findall(r"[\d.]+", text)
    return float(one), float(other)


def _check(stock: Stock, text: str) -> None:
    if min(stock.columns, stock.rows, stock.label_width_mm, stock.label_height_mm) <= 0:
        raise AskedWrongly("The sheet “{stock}” has no label.", stock=text)
    if (stock.columns > 1 and stock.pitch_x_mm < stock.label_width_mm - _ROUNDING_MM) or (
        stock.rows > 1 and stock.pitch_y_mm < stock.label_height_mm - _ROUNDING_MM
    ):
        raise AskedWrongly(
            "On the sheet “{stock}” the labels overlap: the pitch is smaller than a label.",
            stock=text,
        )
    right_mm = stock.x0_mm + (stock.columns - 1) * stock.pitch_x_mm + stock.label_width_mm
    bottom_mm = stock.y0_mm + (stock.rows - 1) * stock.pitch_y_mm + stock.label_height_mm
    if (
        min(stock.x0_mm, stock.y0_mm) < 0
        or right_mm > stock.page_width_mm + _ROUNDING_MM
        or bottom_mm > stock.page_height_mm + _ROUNDING_MM
    ):
        raise AskedWrongly(
            "On the sheet “{stock}” the labels need {width} x {height} mm, and the page has "
            "{page_width} x {page_height} mm.",
            stock=text,
            width=f"{right_mm - min(0, stock.x0_mm):g}",
            height=f"{bottom_mm - min(0, stock.y0_mm):g}",
            page_width=f"{stock.page_width_mm:g}",
            page_height=f"{stock.page_height_mm:g}",
        )
