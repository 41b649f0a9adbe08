"""Make the files of a set of labels, proven before they appear; nothing is remembered here."""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
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
    label = placed.label
    if not agrees_with_second_encoder(placed.symbol):
        raise LabelFailed(
            "Label {number} ({code}): two encoders make different symbols of “{payload}”. "
            "Nothing was kept; this is a fault of the program, please report it.",
            number=label.number,
            code=label.code,
            payload=label.payload,
        )
    drawn = png(placed.symbol, placed.side_mm)
    with Image.open(io.BytesIO(drawn)) as picture:
        read = zxingcpp.read_barcode(picture.convert("L"))
    if read is None or read.text != label.payload:
        raise LabelFailed(
            "Label {number} ({code}): its picture does not read back as “{payload}”. "
            "Nothing was kept; this is a fault of the program, please report it.",
            number=label.number,
            code=label.code,
            payload=label.payload,
        )
    return {".svg": svg(placed.symbol, placed.side_mm).encode(), ".png": drawn}


def _check(labels: Sequence[Label]) -> None:
    if not labels:
        raise AskedWrongly("There is no label to print.")
    _refuse_what_is_shared(labels)
    for label in labels:
        if not _STEM.fullmatch(label.stem):
            raise LabelFailed(
                "Label {number} ({code}): “{stem}” cannot be the name of a file. Take Latin "
                "letters, digits and hyphens alone, and begin with a letter or a digit.",
                number=label.number,
                code=label.code,
                stem=label.stem,
            )


def _refuse_what_is_shared(labels: Sequence[Label]) -> None:
    if same := _sharing(labels, lambda label: label.code):
        raise LabelFailed(
            "More than one label has the code “{code}”: {labels}. Each needs its own.",
            code=same[0].code,
            labels=_listed(same),
        )
    if same := _sharing(labels, lambda label: label.payload):
        raise LabelFailed(
            "More than one label leads to “{payload}”: {labels}. Each needs its own address.",
            payload=same[0].payload,
            labels=_listed(same),
        )
    if same := _sharing(labels, lambda label: label.stem):
        raise LabelFailed(
            "More than one label has the file name “{stem}”: {labels}. Each needs its own.",
            stem=same[0].stem,
            labels=_listed(same),
        )


def _sharing(labels: Sequence[Label], said_by: Callable[[Label], str]) -> list[Label]:
    value, times = Counter(said_by(label) for label in labels).most_common(1)[0]
    return [label for label in labels if said_by(label) == value] if times > 1 else []


def _listed(labels: Sequence[Label]) -> str:
    return ", ".join(f"{label.number} ({label.code})" for label in labels)
