"""Read a PDF of labels back as a phone would and compare; nothing is drawn or kept here."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass

import pypdfium2
import zxingcpp

from audioguide.errors import LabelFailed
from audioguide.labels.drawing import Placed

_DOTS_PER_INCH = (150, 300)
"""The first is enough for a symbol of 25 mm and four times as quick; the second is the print."""

_QR = zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)

_MISPLACED_MM = 1.0
"""A symbol farther than this from where it belongs is not where its label is."""


@dataclass(frozen=True)
class Found:
    """A symbol that was read on a page, by the millimetres of its centre."""

    text: str
    x_mm: float
    y_mm: float


def read_back(pdf: bytes, placed: Sequence[Placed]) -> int:
    """Read every symbol of a PDF at its own cell and return how many were read.

    Raise LabelFailed, naming the label, for a symbol that is missing, elsewhere, twice there or
    says something else, and for one that belongs to no label.
    """
    with closing(pypdfium2.PdfDocument(pdf)) as document:
        pages = 1 + max(each.cell.page for each in placed)
        if len(document) != pages:
            raise LabelFailed(f"The PDF has {len(document)} sheets instead of {pages}.")
        for index in range(pages):
            _check_page(document[index], [each for each in placed if each.cell.page == index])
    return len(placed)


def _check_page(page: pypdfium2.PdfPage, placed: Sequence[Placed]) -> None:
    complaints: list[str] = []
    for dots_per_inch in _DOTS_PER_INCH:
        complaints = list(_compare(_read(page, dots_per_inch), placed))
        if not complaints:
            return
    raise LabelFailed(f"The PDF does not read back: {'; '.join(complaints)}. Nothing was kept.")


def _read(page: pypdfium2.PdfPage, dots_per_inch: int) -> list[Found]:
    picture = page.render(scale=dots_per_inch / 72, grayscale=True).to_numpy()
    read = zxingcpp.read_barcodes(picture.squeeze(), formats=_QR)
    return [_found(symbol, 25.4 / dots_per_inch) for symbol in read]


def _found(symbol: zxingcpp.Barcode, pixel_mm: float) -> Found:
    # The centre lies half-way between two opposite corners, however the symbol is turned.
    one, other = symbol.position.top_left, symbol.position.bottom_right
    return Found(symbol.text, (one.x + other.x) / 2 * pixel_mm, (one.y + other.y) / 2 * pixel_mm)


def _compare(found: Sequence[Found], placed: Sequence[Placed]) -> Iterator[str]:
    strangers = list(found)
    for each in placed:
        here = [one for one in strangers if _is_at(one, each)]
        strangers = [one for one in strangers if one not in here]
        where = f"{each.label.name} on {each.cell}"
        if not here:
            yield f"{where} has no symbol that can be read"
        elif len(here) > 1:
            yield f"{where} has {len(here)} symbols"
        elif here[0].text != each.label.payload:
            yield f"{where} reads {here[0].text!r} instead of {each.label.payload!r}"
    for one in strangers:
        yield f"{one.text!r} stands at {one.x_mm:.0f}, {one.y_mm:.0f} mm, where no label is"


def _is_at(found: Found, placed: Placed) -> bool:
    return (
        abs(found.x_mm - placed.centre_x_mm) <= _MISPLACED_MM
        and abs(found.y_mm - placed.centre_y_mm) <= _MISPLACED_MM
    )
