"""Say what was printed, on what, how well it reads, and where to look."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from audioguide.cli.terminal import Terminal

if TYPE_CHECKING:
    from audioguide.services.labels.printing import Calibration, Printed
    from audioguide.services.labels.register import WallLabel


def tell(
    printed: Printed | None,
    elsewhere: Sequence[WallLabel],
    terminal: Terminal,
    *,
    address_given: bool,
    is_reprint: bool = False,
) -> None:
    """Say it to a person; the last line of a draft says how to print for the wall."""
    if printed is None:
        terminal.line("No label on the wall has another title, number or address than its stop.")
        return
    terminal.line(
        "Labels: {count}, sheets of {stock}: {pages}; every QR code was read back.",
        count=printed.verified,
        pages=printed.pages,
        stock=printed.stock,
    )
    _tell_symbol(printed, terminal)
    if printed.next_free_cell > 1 and not printed.draft:
        terminal.line(
            "Next free cell of {stock}: {cell}. It is remembered: --start-cell next.",
            stock=printed.stock,
            cell=printed.next_free_cell,
        )
    for path in (printed.pdf, *printed.previews):
        terminal.plain(str(path))
    if printed.start_cell > 1 or is_reprint:
        _tell_sheet(printed, terminal)
    terminal.line("Print it at 100 %, without fitting to the page.")
    tell_elsewhere(elsewhere, terminal)
    if printed.draft:
        _tell_draft(terminal, address_given=address_given)


def _tell_sheet(printed: Printed, terminal: Terminal) -> None:
    """Say which paper to load, and where on it each label will stand."""
    if printed.start_cell > 1:
        terminal.line(
            "Put the used sheet of {stock} into the printer: its first free cell is {cell}.",
            stock=printed.stock,
            cell=printed.start_cell,
        )
    else:
        terminal.line("Put a new sheet of {stock} into the printer.", stock=printed.stock)
    if printed.cells_per_page == 1:
        return
    for placed, cell in printed.cells():
        terminal.line(
            "Label {label}: sheet {sheet}, cell {cell} (row {row}, column {column}).",
            label=f"{placed.label.number} ({placed.label.code})",
            sheet=placed.cell.page + 1,
            cell=cell,
            row=placed.cell.row + 1,
            column=placed.cell.column + 1,
        )


def _tell_draft(terminal: Terminal, *, address_given: bool) -> None:
    if address_given:
        terminal.line(
            "This is a DRAFT and not registered. For the wall, print again without --draft."
        )
        return
    terminal.line(
        "This is a DRAFT with the address of this machine. For the wall, set "
        "AUDIOGUIDE_BASE_URL to the public address, as in "
        "AUDIOGUIDE_BASE_URL=https://guide.museum.kz, and print again."
    )


def _tell_symbol(printed: Printed, terminal: Terminal) -> None:
    terminal.line(
        "QR code {side} mm, version {version}, level {level}, module {module} mm: reads from up "
        "to {distance} cm.",
        side=f"{printed.symbol_side_mm:.1f}",
        version=printed.version,
        level=printed.level,
        module=f"{printed.module_mm:.2f}",
        distance=round(printed.reading_distance_mm / 10),
    )
    if printed.is_forced:
        terminal.line("The QR code is smaller than 25 mm; it is read from this distance at most.")
    if printed.characters_too_many and printed.level != "H":
        terminal.line(
            "{count} characters fewer would give level H.", count=printed.characters_too_many
        )
    elif printed.characters_too_many:
        terminal.line(
            "{count} characters fewer would give larger modules: version 3 at level H.",
            count=printed.characters_too_many,
        )


def tell_elsewhere(elsewhere: Sequence[WallLabel], terminal: Terminal) -> None:
    """List the labels on the wall that carry another address."""
    if not elsewhere:
        return
    terminal.line(
        "Labels on the wall with another address: {count}. That address must go on working "
        "while they hang there.",
        count=len(elsewhere),
    )
    for label in elsewhere:
        title = label.title(terminal.language)
        terminal.plain(f"  {label.stock}  {label.name}  {title}  {label.payload}")


def tell_removed(removed: Sequence[Path], terminal: Terminal) -> None:
    """Say in one line which files of a broken-off print were removed."""
    if removed:
        terminal.line(
            "Removed (not in the register): {files}.",
            files=", ".join(str(path) for path in removed),
        )


def tell_calibration(page: Calibration, terminal: Terminal, *, as_json: bool) -> None:
    """Say where the calibration page lies."""
    if as_json:
        terminal.json({"pdf": str(page.pdf), "previews": [str(page.preview)]})
        return
    terminal.plain(str(page.pdf))
    terminal.plain(str(page.preview))
    terminal.line("Print it at 100 %, without fitting to the page.")


def record(
    printed: Printed | None, elsewhere: Sequence[WallLabel], removed: Sequence[Path]
) -> dict[str, Any]:
    """Say it to a machine; lengths in millimetres, cells from 1."""
    said: dict[str, Any] = {
        "removed": [str(path) for path in removed],
        "other_address": [
            {"number": each.number, "code": each.code, "payload": each.payload}
            for each in elsewhere
        ],
    }
    if printed is None:
        return {"pdf": None, "pictures": [], "previews": [], "labels": 0, **said}
    return {
        "pdf": str(printed.pdf),
        "pictures": [str(path) for path in printed.pictures],
        "previews": [str(path) for path in printed.previews],
        "draft": printed.draft,
        "stock": printed.stock,
        "pages": printed.pages,
        "labels": printed.labels,
        "verified": printed.verified,
        "start_cell": printed.start_cell,
        "next_free_cell": printed.next_free_cell,
        "cells": [
            {"code": each.label.code, "sheet": each.cell.page + 1, "cell": cell}
            for each, cell in printed.cells()
        ],
        "version": printed.version,
        "level": printed.level,
        "characters_too_many": printed.characters_too_many,
        "symbol_side_mm": round(printed.symbol_side_mm, 2),
        "module_mm": round(printed.module_mm, 3),
        "module_dots": round(printed.module_dots, 1),
        "reading_distance_mm": round(printed.reading_distance_mm),
        "is_forced": printed.is_forced,
        "digest": printed.digest,
        **said,
    }
