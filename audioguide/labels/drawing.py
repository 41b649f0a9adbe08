"""Put labels into the cells of a stock and say what stands there; typst sets it (sheet.typ)."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from audioguide.labels import cutting, typeface, wording
from audioguide.labels.logo import Logo
from audioguide.labels.options import CALL, Options
from audioguide.labels.picture import svg
from audioguide.labels.sheet import NARROW_MARGIN_MM, Cell, cells, layout_of, margin_mm, spot
from audioguide.labels.stock import Stock
from audioguide.labels.symbol import QUIET_ZONE_MODULES, Symbol, choose_symbol
from audioguide.labels.wording import Label as Label  # noqa: PLC0414  found here by the desk
from audioguide.languages import Language
from audioguide.paper import Paper


@dataclass(frozen=True)
class Placed:
    """A label with its symbol in the cell where it will be printed."""

    label: Label
    symbol: Symbol
    cell: Cell
    side_mm: float
    centre_x_mm: float
    centre_y_mm: float

    @property
    def quiet_mm(self) -> float:
        """The white that a reader needs around the symbol."""
        return self.side_mm * QUIET_ZONE_MODULES / self.symbol.modules

    @cached_property
    def svg(self) -> str:
        """The symbol as SVG, drawn once for the PDF and for its file."""
        return svg(self.symbol, self.side_mm)


@dataclass(frozen=True)
class Words:
    """What stands in each language beside the titles: the call, and more on a poster.

    The museum's name and its logo stand on plaques and on the poster.
    """

    call: Mapping[Language, str] = field(default_factory=lambda: CALL)
    text: Mapping[Language, str] | None = None
    museum: Mapping[Language, str] | None = None
    logo: Logo | None = None


_WORDS = Words()
_OPTIONS = Options()


def place(labels: Sequence[Label], stock: Stock, options: Options = _OPTIONS) -> tuple[Placed, ...]:
    """Choose each label's symbol and give each copy a cell, in the order given.

    Raise AskedWrongly for a start cell that the stock does not have, and as sheet.symbol_side_mm.
    """
    wanted = [label for label in labels for _ in range(options.copies)]
    found = cells(stock, options.start_cell, options.shift_mm)
    return tuple(
        _placed(label, cell, stock, options.force_size)
        for label, cell in zip(wanted, found, strict=False)
    )


def _placed(label: Label, cell: Cell, stock: Stock, force_size: bool) -> Placed:
    symbol = choose_symbol(label.payload)
    there = spot(stock, symbol.modules, force_size=force_size)
    half_mm = there.side_mm / 2
    return Placed(
        label,
        symbol,
        cell,
        there.side_mm,
        cell.x_mm + there.x_mm + half_mm,
        cell.y_mm + there.y_mm + half_mm,
    )


def describe(
    placed: Sequence[Placed],
    stock: Stock,
    *,
    draft: bool,
    cut_marks: bool = False,
    words: Words = _WORDS,
) -> str:
    """Return everything that sheet.typ needs to set these labels, as JSON.

    Raise LabelFailed for a title that is missing, or a character without a glyph anywhere.
    """
    of_page: dict[int, list[Placed]] = {}
    for each in placed:
        of_page.setdefault(each.cell.page, []).append(each)
    pages = [of_page.get(page, []) for page in range(1 + max(of_page))]
    unique = {each.label.payload: each for each in placed}
    return json.dumps(
        {
            "title": _title(stock) + (" (draft)" if draft else ""),
            "draft": draft,
            "font": _families(placed, words),
            "page_width_mm": stock.page_width_mm,
            "page_height_mm": stock.page_height_mm,
            "label_width_mm": stock.label_width_mm,
            "label_height_mm": stock.label_height_mm,
            "layout": layout_of(stock).name,
            "narrow_margin_mm": NARROW_MARGIN_MM,
            "call": wording.in_each_language(words.call),
            "signed": stock.kind is Paper.LABELS,
            "museum": _museum(words, stock),
            "text": wording.in_each_language(words.text) if words.text else [],
            "symbols": {payload: each.svg for payload, each in unique.items()},
            "pages": [[_described(each, stock) for each in page] for page in pages],
            "marks": [
                [vars(mark) for mark in cutting.marks((each.cell for each in page), stock)]
                if cut_marks
                else []
                for page in pages
            ],
        },
        ensure_ascii=False,
        separators=(",", ":"),
    )


def _museum(words: Words, stock: Stock) -> dict[str, object]:
    """Say whose plaque or poster it is; a label has no room for it."""
    if stock.kind is Paper.LABELS:
        return {"names": [], "logo": None}
    names = wording.in_each_language(words.museum) if words.museum else []
    return {
        "names": names,
        "logo": words.logo.described() if words.logo else None,
    }


def _families(placed: Sequence[Placed], words: Words) -> list[str]:
    """Name the typefaces that stand on a sheet, the usual one first."""
    languages = {*words.call, *(words.text or ()), *(words.museum or ())}
    for each in placed:
        languages |= {*each.label.titles, *each.label.written_in.values()}
    return [face.family for face in typeface.faces(sorted(languages))]


def _title(stock: Stock) -> str:
    if stock.kind is Paper.POSTER:
        return "Poster for the entrance"
    return f"{'Plaques' if stock.kind is Paper.PLAQUE else 'Labels'} on {stock.full_name}"


def _described(placed: Placed, stock: Stock) -> dict[str, object]:
    label, half_mm = placed.label, placed.side_mm / 2
    said = "" if stock.kind is Paper.POSTER else f" of stop {label.number}"
    return {
        "x_mm": placed.cell.x_mm,
        "y_mm": placed.cell.y_mm,
        "side_mm": placed.side_mm,
        "quiet_mm": placed.quiet_mm,
        "symbol_x_mm": placed.centre_x_mm - half_mm - placed.cell.x_mm,
        "symbol_y_mm": placed.centre_y_mm - half_mm - placed.cell.y_mm,
        "margin_mm": margin_mm(stock, placed.side_mm, placed.symbol.modules),
        "payload": label.payload,
        "alt": f"QR code{said}: {label.payload}",
        "number": str(label.number),
        "code": label.code,
        "address": wording.address(label),
        "titles": wording.titles(label, label.titles),
        "short": wording.titles(label, label.short_titles) if label.short_titles else [],
    }
