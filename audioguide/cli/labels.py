"""`audioguide labels print`: labels for the wall, read back before they are released."""

from __future__ import annotations

import argparse
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from audioguide.cli.opening import bring_pack, open_guide
from audioguide.cli.terminal import Terminal
from audioguide.settings import Settings

if TYPE_CHECKING:
    from audioguide.services.labelling import Printed

DRAFT_ADDRESS = "http://127.0.0.1:8000"
DEFAULT_FOLDER = Path("qr_codes")


def add_to(commands: Any) -> None:
    """Add the command."""
    parser = commands.add_parser("labels", help="print labels", description="Print labels.")
    actions = parser.add_subparsers(title="actions", required=True, metavar="ACTION")
    printing = actions.add_parser(
        "print",
        help="print a label for each stop",
        description="Make one PDF with a label per stop, and an SVG and a PNG per symbol.",
        epilog="example: audioguide labels print --out qr_codes",
    )
    printing.add_argument(
        "--out", type=Path, default=DEFAULT_FOLDER, metavar="DIR", help="folder (qr_codes)"
    )
    printing.add_argument("--json", action="store_true", help="print the result as JSON")
    printing.set_defaults(run=run)


def run(asked: argparse.Namespace, settings: Settings, terminal: Terminal) -> int:
    """Print labels; drafts while there is no public address."""
    from audioguide.services import labelling  # noqa: PLC0415  loads the typesetter

    opened = open_guide(settings)
    bring_pack(opened)
    draft = settings.base_url is None
    with opened.database.reading() as session:
        wanted = labelling.labels(session, settings.base_url or DRAFT_ADDRESS)
    printed = labelling.print_labels(wanted, asked.out, draft=draft, made_on=date.today())
    if asked.json:
        terminal.json(_record(printed))
    else:
        _tell(printed, terminal)
    return 0


def _tell(printed: Printed, terminal: Terminal) -> None:
    terminal.line(
        "{count} labels on {pages} sheets of {stock}; every symbol was read back.",
        count=printed.verified,
        pages=printed.pages,
        stock=printed.stock,
    )
    terminal.line(
        "Symbol {side} mm, version {version}, level {level}, module {module} mm: "
        "reads from up to {distance} cm.",
        side=f"{printed.symbol_side_mm:.1f}",
        version=printed.version,
        level=printed.level,
        module=f"{printed.module_mm:.2f}",
        distance=round(printed.reading_distance_mm / 10),
    )
    terminal.plain(str(printed.pdf))
    terminal.line("Print it at 100 %, without fitting to the page.")
    if printed.draft:
        terminal.line(
            "This is a DRAFT with the address of this machine. For the wall, set "
            "AUDIOGUIDE_BASE_URL to the public address, as in "
            "AUDIOGUIDE_BASE_URL=https://guide.museum.kz, and print again."
        )


def _record(printed: Printed) -> dict[str, Any]:
    return {
        "pdf": str(printed.pdf),
        "pictures": [str(path) for path in printed.pictures],
        "draft": printed.draft,
        "stock": printed.stock,
        "pages": printed.pages,
        "labels": printed.labels,
        "verified": printed.verified,
        "version": printed.version,
        "level": printed.level,
        "symbol_side_mm": round(printed.symbol_side_mm, 2),
        "module_mm": round(printed.module_mm, 3),
        "reading_distance_mm": round(printed.reading_distance_mm),
    }
