"""Read a PDF of labels back as a phone would and compare; nothing is drawn or kept here."""

from __future__ import annotations

from collections.abc import Sequence
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


def read_back(pdf: bytes, placed: Sequence[Placed]) -> int:
    """Read every symbol of a PDF at its own cell and return how many were read.

    Raise LabelFailed, naming the label, for a symbol that is missing, elsewhere, twice there or
    says something else, and for one that belongs to no label.
    """
    with closing(pypdfium2.PdfDocument(pdf)) as document:
        pages = 1 + max(each.cell.page for each in placed)
        if len(document) != pages:
            raise LabelFailed(
                "The PDF does not have as many sheets as it should: {sheets} instead of {wanted}. "
                "Nothing was kept; this is a fault of the program, please report it.",
                sheets=len(document),
                wanted=pages,
            )
        for index in range(pages):
            _check_page(document[index], [each for each in placed if each.cell.page == index])
    return len(placed)


def _check_page(page: pypdfium2.PdfPage, placed: Sequence[Placed]) -> None:
    wrong: list[_There] = []
    strangers: list[Found] = []
    for dots_per_inch in _DOTS_PER_INCH:
        found = _read(page, dots_per_inch)
        there = [_there(each, found) for each in placed]
        wrong = [each for each in there if not each.is_right]
        strangers = [one for one in found if not any(one in each.found for each in there)]
        if not wrong and not strangers:
            return
    if len(wrong) > 1:
        raise _several(wrong)
    if wrong:
        raise _one(wrong[0])
    raise _nowhere(strangers[0], placed[0].cell.page + 1)


def _read(page: pypdfium2.PdfPage, dots_per_inch: int) -> list[Found]:
    picture = page.render(scale=dots_per_inch / 72, grayscale=True).to_numpy()
    read = zxingcpp.read_barcodes(picture.squeeze(), formats=_QR)
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
        "{labels}. Nothing was kept; this is a fault of the program, please report it.",
        labels="; ".join(str(each) for each in wrong),
    )


def _one(wrong: _There) -> LabelFailed:
    label, cell, found = wrong.placed.label, wrong.placed.cell, wrong.found
    if not found:
        return LabelFailed(
            "Label {number} ({code}) on sheet {sheet}, row {row}, column {column} has no symbol "
            "that can be read. "
            "Nothing was kept; this is a fault of the program, please report it.",
            number=label.number,
            code=label.code,
            sheet=cell.page + 1,
            row=cell.row + 1,
            column=cell.column + 1,
        )
    if len(found) > 1:
        return LabelFailed(
            "Label {number} ({code}) on sheet {sheet}, row {row}, column {column} has more than "
            "one symbol: {read}. "
            "Nothing was kept; this is a fault of the program, please report it.",
            number=label.number,
            code=label.code,
            sheet=cell.page + 1,
            row=cell.row + 1,
            column=cell.column + 1,
            read=", ".join(f"“{one.text}”" for one in found),
        )
    return LabelFailed(
        "Label {number} ({code}) on sheet {sheet}, row {row}, column {column} reads “{read}” "
        "instead of “{payload}”. "
        "Nothing was kept; this is a fault of the program, please report it.",
        number=label.number,
        code=label.code,
        sheet=cell.page + 1,
        row=cell.row + 1,
        column=cell.column + 1,
        read=found[0].text,
        payload=label.payload,
    )


def _nowhere(stranger: Found, sheet: int) -> LabelFailed:
    return LabelFailed(
        "On sheet {sheet} a symbol stands where no label is, {x} mm from the left and {y} mm from "
        "the top: “{read}”. "
        "Nothing was kept; this is a fault of the program, please report it.",
        sheet=sheet,
        x=round(stranger.x_mm),
        y=round(stranger.y_mm),
        read=stranger.text,
    )
