"""Verify a PDF of labels: read it back as a phone would, and compare."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass

import pypdfium2
import zxingcpp

from audioguide.errors import LabelFailed, Message, message
from audioguide.labels.drawing import Placed
from audioguide.labels.picture import Grey, page_png

_DOTS_PER_INCH = (150, 300)
"""The first is enough for a symbol of 25 mm and four times as quick; the second is the print."""

_PREVIEW_DOTS_PER_INCH = 300
"""What is looked at shows thin spaces as the print does."""

_QR = zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)

_MISPLACED_MM = 1.0
"""A symbol farther than this from where it belongs is not where its label is."""


_EDGE_MM = 0.3
"""As near as this to the symbol, and to the end of its quiet zone, a pixel may be of either."""

_WHITE = 250
"""A renderer may round white; ink is far darker, and so is the word across a draft."""


@dataclass(frozen=True)
class ReadBack:
    """How many symbols were read at their cells, and how the pages look, if that was wanted."""

    symbols: int
    previews: tuple[bytes, ...]


@dataclass(frozen=True)
class Found:
    """A symbol that was read on a page, by the millimetres of its centre."""

    text: str
    x_mm: float
    y_mm: float


@dataclass(frozen=True)
class _There:
    """What was read where a label should have its symbol."""

    placed: Placed
    found: tuple[Found, ...]

    @property
    def is_right(self) -> bool:
        return [one.text for one in self.found] == [self.placed.label.payload]

    def __str__(self) -> str:
        read = ", ".join(f"“{one.text}”" for one in self.found) or "–"
        return f"{self.placed.label.number} ({self.placed.label.code}) {read}"


def read_back(pdf: bytes, placed: Sequence[Placed], *, previews: bool = False) -> ReadBack:
    """Read every symbol of a PDF at its own cell, and return how many were read.

    Raise LabelFailed, naming the label, for a symbol that is missing, elsewhere, twice there or
    says something else, for one that belongs to no label, and for a quiet zone that is not white.
    """
    with closing(pypdfium2.PdfDocument(pdf)) as document:
        pages = 1 + max(each.cell.page for each in placed)
        check_pages(len(document), pages)
        drawn = []
        for index in range(pages):
            _check_page(document[index], [each for each in placed if each.cell.page == index])
            if previews:
                drawn.append(_preview(document[index]))
    return ReadBack(len(placed), tuple(drawn))


def look(pdf: bytes) -> tuple[bytes, ...]:
    """Return how the pages of a PDF look, as PNG, without reading anything."""
    with closing(pypdfium2.PdfDocument(pdf)) as document:
        return tuple(_preview(page) for page in document)


def check_pages(pages: int, wanted: int) -> None:
    """Raise LabelFailed for a PDF with more or fewer pages than wanted."""
    if pages != wanted:
        raise LabelFailed(
            "The PDF does not have as many sheets as it should: {sheets} instead of {wanted}. "
            "Nothing was saved. This is a bug: please report it.",
            sheets=pages,
            wanted=wanted,
        )


def _preview(page: pypdfium2.PdfPage) -> bytes:
    return page_png(_picture(page, _PREVIEW_DOTS_PER_INCH), _PREVIEW_DOTS_PER_INCH)


def _check_page(page: pypdfium2.PdfPage, placed: Sequence[Placed]) -> None:
    look = _picture(page, _DOTS_PER_INCH[0])
    _check_quiet_zones(look, placed)
    wrong, strangers = _compared(look, _DOTS_PER_INCH[0], placed)
    for dots_per_inch in _DOTS_PER_INCH[1:]:
        if not wrong and not strangers:
            break
        wrong, strangers = _compared(_picture(page, dots_per_inch), dots_per_inch, placed)
    if len(wrong) > 1:
        raise _several(wrong)
    if wrong:
        raise _one(wrong[0])
    if strangers:
        raise _nowhere(strangers[0], placed[0].cell.page + 1)


def _compared(
    picture: Grey, dots_per_inch: int, placed: Sequence[Placed]
) -> tuple[list[_There], list[Found]]:
    """Return the labels that are not right, and the symbols that belong to none."""
    found = _read(picture, dots_per_inch)
    there = [_there(each, found) for each in placed]
    wrong = [each for each in there if not each.is_right]
    return wrong, [one for one in found if not any(one in each.found for each in there)]


def _check_quiet_zones(picture: Grey, placed: Sequence[Placed]) -> None:
    pixel_mm = 25.4 / _DOTS_PER_INCH[0]
    for each in placed:
        inner_mm, outer_mm = (
            each.side_mm / 2 + _EDGE_MM,
            each.side_mm / 2 + each.quiet_mm - _EDGE_MM,
        )
        x, y = each.centre_x_mm / pixel_mm, each.centre_y_mm / pixel_mm
        inner, outer = inner_mm / pixel_mm, outer_mm / pixel_mm
        left, right = max(0, round(x - outer)), round(x + outer)
        top, bottom = max(0, round(y - outer)), round(y + outer)
        bands = (
            picture[top : round(y - inner), left:right],
            picture[round(y + inner) : bottom, left:right],
            picture[top:bottom, left : round(x - inner)],
            picture[top:bottom, round(x + inner) : right],
        )
        if any(band.size and band.min() < _WHITE for band in bands):
            raise _failed(each, _NOT_QUIET)


def _picture(page: pypdfium2.PdfPage, dots_per_inch: int) -> Grey:
    # The pixels belong to the bitmap and go with it.
    bitmap = page.render(scale=dots_per_inch / 72, grayscale=True)
    picture: Grey = bitmap.to_numpy().squeeze().copy()
    return picture


def _read(picture: Grey, dots_per_inch: int) -> list[Found]:
    read = zxingcpp.read_barcodes(picture, formats=_QR)
    return [_found(symbol, 25.4 / dots_per_inch) for symbol in read]


def _found(symbol: zxingcpp.Barcode, pixel_mm: float) -> Found:
    # The centre lies half-way between two opposite corners, however the symbol is turned.
    one, other = symbol.position.top_left, symbol.position.bottom_right
    return Found(symbol.text, (one.x + other.x) / 2 * pixel_mm, (one.y + other.y) / 2 * pixel_mm)


def _there(placed: Placed, found: Sequence[Found]) -> _There:
    return _There(placed, tuple(one for one in found if _is_at(one, placed)))


def _is_at(found: Found, placed: Placed) -> bool:
    return (
        abs(found.x_mm - placed.centre_x_mm) <= _MISPLACED_MM
        and abs(found.y_mm - placed.centre_y_mm) <= _MISPLACED_MM
    )


def _several(wrong: Sequence[_There]) -> LabelFailed:
    return LabelFailed(
        "Several labels of the PDF do not read back. Each with what was read in its place: "
        "{labels}. Nothing was saved. This is a bug: please report it.",
        labels="; ".join(str(each) for each in wrong),
    )


def _one(wrong: _There) -> LabelFailed:
    if not wrong.found:
        return _failed(wrong.placed, _UNREADABLE)
    if len(wrong.found) > 1:
        return _failed(
            wrong.placed, _MORE_THAN_ONE, read=", ".join(f"“{one.text}”" for one in wrong.found)
        )
    payload = wrong.placed.label.payload
    return _failed(wrong.placed, _ANOTHER, read=wrong.found[0].text, payload=payload)


def _failed(placed: Placed, said: Message, **values: str) -> LabelFailed:
    """Say where on which sheet the label is."""
    label, cell = placed.label, placed.cell
    return LabelFailed(
        said.sentence,
        number=label.number,
        code=label.code,
        sheet=cell.page + 1,
        row=cell.row + 1,
        column=cell.column + 1,
        **values,
    )


_UNREADABLE = message(
    "Label {number} ({code}) on sheet {sheet}, row {row}, column {column} has no QR code that "
    "can be read. Nothing was saved. This is a bug: please report it."
)
_MORE_THAN_ONE = message(
    "Label {number} ({code}) on sheet {sheet}, row {row}, column {column} has more than one QR "
    "code: {read}. Nothing was saved. This is a bug: please report it."
)
_ANOTHER = message(
    "Label {number} ({code}) on sheet {sheet}, row {row}, column {column} reads “{read}” instead "
    "of “{payload}”. Nothing was saved. This is a bug: please report it."
)
_NOT_QUIET = message(
    "Label {number} ({code}) on sheet {sheet}, row {row}, column {column} has something within "
    "the white border of its QR code. Nothing was saved. This is a bug: please report it."
)


def _nowhere(stranger: Found, sheet: int) -> LabelFailed:
    return LabelFailed(
        "On sheet {sheet} a QR code stands where no label is, {x} mm from the left and {y} mm "
        "from the top: “{read}”. Nothing was saved. This is a bug: please report it.",
        sheet=sheet,
        x=round(stranger.x_mm),
        y=round(stranger.y_mm),
        read=stranger.text,
    )
