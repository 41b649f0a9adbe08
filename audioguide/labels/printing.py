"""Make the files of a set of labels, proven before they appear; nothing is remembered here."""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import zxingcpp
from PIL import Image

from audioguide.errors import AskedWrongly, LabelFailed
from audioguide.labels import keeping
from audioguide.labels.drawing import Label, Placed, describe, place
from audioguide.labels.pdf import typeset
from audioguide.labels.reading import read_back
from audioguide.labels.second_opinion import agrees_with_second_encoder
from audioguide.labels.sheet import Stock
from audioguide.labels.symbol import Level, png, svg

_STEM = re.compile(r"[0-9A-Za-z][0-9A-Za-z-]*")


@dataclass(frozen=True)
class Printed:
    """What was made: the files, and how well the least readable of the symbols reads."""

    pdf: Path
    pictures: tuple[Path, ...]
    draft: bool
    stock: str
    pages: int
    labels: int
    verified: int
    version: int
    level: Level
    symbol_side_mm: float
    module_mm: float
    reading_distance_mm: float


def make_sheets(
    labels: Sequence[Label], stock: Stock, out: Path, *, draft: bool, made_on: date
) -> Printed:
    """Make one PDF of all labels, and an SVG and a PNG of each symbol, in the folder ``out``.

    No file gets its name before every symbol was compared with a second encoder's and read back
    from the finished PDF at its own cell. Raise LabelFailed when a label cannot be made or does
    not read back, AskedWrongly for a folder that cannot be written; then every file in ``out``
    is as it was before.
    """
    _check(labels)
    keeping.check_folder(out)
    placed = place(labels, stock)
    mark = "-draft" if draft else ""
    pictures = {
        f"{each.label.stem}{mark}{suffix}": picture
        for each in placed
        for suffix, picture in _pictures(each).items()
    }
    pdf = typeset(describe(placed, stock, draft=draft), made_on)
    verified = read_back(pdf, placed)
    pdf_name = f"labels-{stock.name}{mark}.pdf"
    # The PDF comes first: of all files it is the one that a viewer may hold open.
    keeping.keep(out, {pdf_name: pdf, **pictures})
    return _printed(placed, stock, draft, verified, out / pdf_name, [out / n for n in pictures])


def _printed(
    placed: Sequence[Placed],
    stock: Stock,
    draft: bool,
    verified: int,
    pdf: Path,
    pictures: Sequence[Path],
) -> Printed:
    densest = max(placed, key=lambda each: each.symbol.modules)
    return Printed(
        pdf=pdf,
        pictures=tuple(pictures),
        draft=draft,
        stock=stock.name,
        pages=1 + placed[-1].cell.page,
        labels=len(placed),
        verified=verified,
        version=densest.symbol.version,
        level=densest.symbol.level,
        symbol_side_mm=densest.side_mm,
        module_mm=densest.side_mm / densest.symbol.modules,
        # A rule of the trade, not of the standard: ten times the side.
        reading_distance_mm=10 * densest.side_mm,
    )


def _pictures(placed: Placed) -> Mapping[str, bytes]:
    name = placed.label.name
    if not agrees_with_second_encoder(placed.symbol):
        raise LabelFailed(f"{name}: two encoders make different symbols of it.")
    drawn = png(placed.symbol, placed.side_mm)
    with Image.open(io.BytesIO(drawn)) as picture:
        read = zxingcpp.read_barcode(picture.convert("L"))
    if read is None or read.text != placed.label.payload:
        raise LabelFailed(f"{name}: its picture does not read back as {placed.label.payload!r}.")
    return {".svg": svg(placed.symbol, placed.side_mm).encode(), ".png": drawn}


def _check(labels: Sequence[Label]) -> None:
    if not labels:
        raise AskedWrongly("There is no label to print.")
    for what, values in (
        ("code", [label.code for label in labels]),
        ("payload", [label.payload for label in labels]),
        ("file name", [label.stem for label in labels]),
    ):
        value, times = Counter(values).most_common(1)[0]
        if times > 1:
            raise LabelFailed(f"{times} labels have the {what} {value!r}; each needs its own.")
    for label in labels:
        if not _STEM.fullmatch(label.stem):
            raise LabelFailed(f"{label.name}: {label.stem!r} cannot be the name of a file.")
