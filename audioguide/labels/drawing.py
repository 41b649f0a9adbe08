"""Put labels into the cells of a stock and say what stands there; typst sets it (sheet.typ)."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from audioguide.errors import LabelFailed
from audioguide.labels import typeface
from audioguide.labels.sheet import Cell, Stock, cells, symbol_side_mm
from audioguide.labels.symbol import QUIET_ZONE_MODULES, Symbol, choose_symbol, svg
from audioguide.languages import LANGUAGES, Language

_SHORT_WORD = re.compile(r"(?<!\S)(\w{1,2}) (?=\S)")
_NO_BREAK_SPACE = "\N{NO-BREAK SPACE}"


@dataclass(frozen=True)
class Label:
    """What one label says: the stop's number, code and titles, and the name of its files."""

    number: int
    code: str
    payload: str
    typed_address: str
    titles: Mapping[Language, str]
    stem: str


@dataclass(frozen=True)
class Placed:
    """A label with its symbol in the cell where it will be printed."""

    label: Label
    symbol: Symbol
    cell: Cell
    side_mm: float
    centre_x_mm: float
    centre_y_mm: float


def place(labels: Sequence[Label], stock: Stock) -> tuple[Placed, ...]:
    """Choose each label's symbol and give it a cell, in the order given."""
    return tuple(
        _placed(label, cell, stock) for label, cell in zip(labels, cells(stock), strict=False)
    )


def _placed(label: Label, cell: Cell, stock: Stock) -> Placed:
    symbol = choose_symbol(label.payload)
    side_mm = symbol_side_mm(stock, symbol.modules)
    middle_mm = stock.label_height_mm / 2
    return Placed(label, symbol, cell, side_mm, cell.x_mm + middle_mm, cell.y_mm + middle_mm)


def describe(placed: Sequence[Placed], stock: Stock, *, draft: bool) -> str:
    """Return everything that sheet.typ needs to set these labels, as JSON.

    Raise LabelFailed for a title that is missing or has a character without a glyph.
    """
    pages = 1 + max(each.cell.page for each in placed)
    return json.dumps(
        {
            "title": f"Labels on {stock.maker} {stock.name}" + (" (draft)" if draft else ""),
            "draft": draft,
            "font": typeface.FAMILY,
            "page_width_mm": stock.page_width_mm,
            "page_height_mm": stock.page_height_mm,
            "label_width_mm": stock.label_width_mm,
            "label_height_mm": stock.label_height_mm,
            "pages": [
                [_described(each) for each in placed if each.cell.page == page]
                for page in range(pages)
            ],
        }
    )


def _described(placed: Placed) -> dict[str, object]:
    label, modules = placed.label, placed.symbol.modules
    return {
        "x_mm": placed.cell.x_mm,
        "y_mm": placed.cell.y_mm,
        "side_mm": placed.side_mm,
        "quiet_mm": placed.side_mm * QUIET_ZONE_MODULES / modules,
        "svg": svg(placed.symbol, placed.side_mm),
        "alt": f"QR code of stop {label.number}: {label.payload}",
        "number": str(label.number),
        "code": label.code,
        "address": _address(label),
        "titles": [
            {"language": language, "text": _title(label, language)} for language in LANGUAGES
        ],
    }


def _title(label: Label, language: Language) -> str:
    title = _composed(label.titles.get(language, ""))
    if not title:
        raise LabelFailed(
            "Label {number} ({code}) has no title in the language {title_language}. "
            "Give its stop a title in that language.",
            number=label.number,
            code=label.code,
            title_language=language,
        )
    missing = typeface.missing_characters(title)
    if missing:
        raise LabelFailed(
            "Label {number} ({code}): its title in the language {title_language}, “{title}”, has "
            "characters that cannot be printed: {characters}. Write the title without them.",
            number=label.number,
            code=label.code,
            title_language=language,
            title=" ".join(title.split()),
            characters=_listed(missing),
        )
    return _keep_short_words(title)


def _address(label: Label) -> str:
    address = _composed(label.typed_address)
    if not address:
        raise LabelFailed(
            "Label {number} ({code}) has no address. Set the public address of the guide.",
            number=label.number,
            code=label.code,
        )
    missing = typeface.missing_characters(address)
    if missing:
        raise LabelFailed(
            "Label {number} ({code}): its address “{address}” has characters that cannot be "
            "printed: {characters}. Set a public address of the guide without them.",
            number=label.number,
            code=label.code,
            address=" ".join(address.split()),
            characters=_listed(missing),
        )
    return _keep_short_words(address)


def _composed(text: str) -> str:
    """Compose the letters as the typeface has them."""
    return unicodedata.normalize("NFC", text).strip()


def _keep_short_words(text: str) -> str:
    """Keep short words with what follows."""
    return _SHORT_WORD.sub(rf"\1{_NO_BREAK_SPACE}", text)


def _listed(characters: Sequence[str]) -> str:
    """List characters by their code points, and as they look where they look like anything."""
    return ", ".join(
        f"“{each}” (U+{ord(each):04X})" if each.isprintable() else f"U+{ord(each):04X}"
        for each in characters
    )
