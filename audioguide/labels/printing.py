"""Make the files of a set of labels, proven before they appear. The register is the desk's."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from audioguide.errors import AskedWrongly, LabelFailed
from audioguide.labels import keeping
from audioguide.labels.cutting import with_room_for_marks
from audioguide.labels.drawing import Label, Placed, Words, describe, place
from audioguide.labels.options import Options
from audioguide.labels.pdf import typeset_and_tell
from audioguide.labels.picture import png, png_reads_as
from audioguide.labels.reading import read_back
from audioguide.labels.second_opinion import agrees_with_second_encoder
from audioguide.labels.sheet import (
    PRINTER_DOTS_PER_MM,
    SMALLEST_SIDE_MM,
    reading_distance_mm,
)
from audioguide.labels.stock import Stock
from audioguide.labels.symbol import Level, characters_too_many_for_h
from audioguide.languages import Language
from audioguide.paper import Paper

_STEM = re.compile(r"[0-9A-Za-z][0-9A-Za-z-]*")
_OPTIONS = Options()
_WORDS = Words()


@dataclass(frozen=True)
class Printed:
    """What was made: the files, and how well the least readable of the symbols reads.

    ``next_free_cell`` counts from 1 on the last sheet, and is 1 when that is full;
    ``characters_too_many`` is how much shorter the address must be for level H, or for larger
    modules at level H;
    ``is_forced`` says that the symbols are smaller than they should be. ``digest`` is the SHA-256
    of the PDF in hexadecimal; ``placed`` has every copy of every label in the order of its cells;
    ``short`` has the codes of those with their short titles; ``before`` is what the files replaced,
    until the print is registered.
    """

    pdf: Path
    pictures: tuple[Path, ...]
    previews: tuple[Path, ...]
    draft: bool
    stock: str
    pages: int
    labels: int
    verified: int
    start_cell: int
    cells_per_page: int
    next_free_cell: int
    version: int
    level: Level
    characters_too_many: int
    symbol_side_mm: float
    module_mm: float
    module_dots: float
    reading_distance_mm: float
    is_forced: bool
    digest: str
    placed: tuple[Placed, ...]
    short: frozenset[str]
    before: Mapping[Path, bytes]

    def cells(self) -> Iterator[tuple[Placed, int]]:
        """Go through the labels with the cell that each stands in, counted from 1 on its sheet."""
        for index, each in enumerate(self.placed, start=self.start_cell - 1):
            yield each, index % self.cells_per_page + 1

    def title(self, label: Label, language: Language) -> str:
        """Return which of its titles a label has on this paper."""
        short = label.short_titles if label.code in self.short else {}
        return short.get(language) or label.titles[language]


@dataclass(frozen=True)
class _Made:
    """The files under their final names, and how many symbols were read in the PDF."""

    pdf: Path
    digest: str
    pictures: tuple[Path, ...]
    previews: tuple[Path, ...]
    verified: int
    short: frozenset[str]
    before: Mapping[Path, bytes]


def make_sheets(
    labels: Sequence[Label],
    stock: Stock,
    out: Path,
    *,
    draft: bool,
    made_on: date,
    options: Options = _OPTIONS,
    words: Words = _WORDS,
) -> Printed:
    """Make one PDF of all labels, and pictures of its pages and its symbols, in the folder ``out``.

    No file gets its name before every symbol was compared with a second encoder's and read back
    from the finished PDF at its own cell. Raise LabelFailed when a label cannot be made or does
    not read back, AskedWrongly for a start cell that the stock does not have, a symbol that would
    be too small and a folder that cannot be written; then every file in ``out`` is as it was.
    """
    _check(labels)
    name = f"{'plaques' if stock.kind is Paper.PLAQUE else 'labels'}-{stock.name}"
    return make_pages(
        labels,
        stock,
        out / name,
        draft=draft,
        made_on=made_on,
        options=options,
        words=replace(words, call=options.call),
    )


def make_pages(
    labels: Sequence[Label],
    stock: Stock,
    file: Path,
    *,
    draft: bool,
    made_on: date,
    options: Options,
    words: Words,
) -> Printed:
    """Make the pages of labels or of the poster as make_sheets does, under a name of their own."""
    out = file.parent
    keeping.check_folder(out)
    paper = with_room_for_marks(stock) if options.cut_marks else stock
    placed = place(labels, paper, options)
    mark = "-draft" if draft else ""
    pictures = _pictures(placed, mark, wanted=options.pictures)
    described = describe(placed, paper, draft=draft, cut_marks=options.cut_marks, words=words)
    pdf, short = typeset_and_tell(described, made_on)
    read = read_back(pdf, placed, previews=options.previews)
    pdf_name = f"{file.name}{mark}.pdf"
    previews = {
        f"{file.name}{mark}-page-{page}.png": drawn
        for page, drawn in enumerate(read.previews, start=1)
    }
    # The PDF comes first: of all files it is the one that a viewer may hold open.
    before = keeping.keep(out, {pdf_name: pdf, **previews, **pictures})
    older = _remove_older_previews(out, f"{file.name}{mark}", previews)
    made = _Made(
        pdf=out / pdf_name,
        digest=hashlib.sha256(pdf).hexdigest(),
        pictures=tuple(out / name for name in pictures),
        previews=tuple(out / name for name in previews),
        verified=read.symbols,
        short=short,
        before={**before, **older},
    )
    return _printed(made, placed, stock, draft=draft, start_cell=options.start_cell)


def _printed(
    made: _Made, placed: tuple[Placed, ...], stock: Stock, *, draft: bool, start_cell: int
) -> Printed:
    densest = min(placed, key=lambda each: each.side_mm / each.symbol.modules)
    module_mm = densest.side_mm / densest.symbol.modules
    return Printed(
        pdf=made.pdf,
        pictures=made.pictures,
        previews=made.previews,
        draft=draft,
        stock=stock.name,
        pages=1 + placed[-1].cell.page,
        labels=len(placed),
        verified=made.verified,
        start_cell=start_cell,
        cells_per_page=stock.cells_per_page,
        next_free_cell=(start_cell - 1 + len(placed)) % stock.cells_per_page + 1,
        version=densest.symbol.version,
        level=densest.symbol.level,
        characters_too_many=characters_too_many_for_h(densest.label.payload),
        symbol_side_mm=densest.side_mm,
        module_mm=module_mm,
        module_dots=module_mm * PRINTER_DOTS_PER_MM,
        reading_distance_mm=reading_distance_mm(densest.side_mm, densest.symbol.modules),
        is_forced=densest.side_mm < SMALLEST_SIDE_MM,
        digest=made.digest,
        placed=placed,
        short=made.short,
        before=made.before,
    )


def _remove_older_previews(
    out: Path, name: str, previews: Mapping[str, bytes]
) -> dict[Path, bytes]:
    """Remove previews of what this PDF showed before, which would lie; return them."""
    older = [path for path in out.glob(f"{name}-page-*.png") if path.name not in previews]
    contents = {path: path.read_bytes() for path in older}
    for path in older:
        path.unlink(missing_ok=True)
    return contents


def _pictures(placed: Sequence[Placed], mark: str, *, wanted: bool) -> dict[str, bytes]:
    """Prove each symbol, once for all its copies, and picture it if that is wanted."""
    files = {}
    for each in {each.label.code: each for each in placed}.values():
        _compare(each)
        if wanted:
            for suffix, picture in _pictured(each).items():
                files[f"{each.label.stem}{mark}{suffix}"] = picture
    return files


def _compare(placed: Placed) -> None:
    label = placed.label
    if not agrees_with_second_encoder(placed.symbol):
        raise LabelFailed(
            "Label {number} ({code}): two encoders make different QR codes of “{payload}”. "
            "Nothing was saved. This is a bug: please report it.",
            number=label.number,
            code=label.code,
            payload=label.payload,
        )


def _pictured(placed: Placed) -> Mapping[str, bytes]:
    label = placed.label
    drawn = png(placed.symbol, placed.side_mm)
    if not png_reads_as(drawn, placed.symbol):
        raise LabelFailed(
            "Label {number} ({code}): its picture does not read back as “{payload}”. Nothing was "
            "saved. This is a bug: please report it.",
            number=label.number,
            code=label.code,
            payload=label.payload,
        )
    return {".svg": placed.svg.encode(), ".png": drawn}


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
