"""`audioguide labels print`: labels for the wall, read back before they are released."""

from __future__ import annotations

import argparse
import re
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from audioguide.cli import reached
from audioguide.cli.asking import Naming
from audioguide.cli.labels import summary
from audioguide.cli.terminal import Terminal
from audioguide.errors import AskedWrongly
from audioguide.operations import label_printing
from audioguide.operations.label_printing import Address, Outcome
from audioguide.operations.opened import Opened
from audioguide.operations.opening import open_guide
from audioguide.operations.pack import bring_pack
from audioguide.services import importing
from audioguide.services.labels import papers
from audioguide.settings import Settings

if TYPE_CHECKING:
    from audioguide.services.labels.printing import Wish

DEFAULT_FOLDER = Path("qr_codes")


def add_to(actions: Any) -> None:
    """Add the action."""
    parser: argparse.ArgumentParser = actions.add_parser(
        "print",
        help="print a label for each stop",
        description="Make one PDF with a label per stop, and an SVG and a PNG per QR code. "
        "Without options: all published stops on L7163.",
        example="labels print --stops 1-12,hall:memorial --start-cell next",
    )
    # Else argparse takes the shift -1.2,0.5 for an option.
    parser._negative_number_matcher = re.compile(r"-[0-9.]+(,.*)?$")
    _add_stops(parser)
    _add_paper(parser)
    parser.add_argument(
        "--out",
        type=Path,
        default=DEFAULT_FOLDER,
        metavar="DIR",
        help="folder for the files (qr_codes)",
    )
    parser.add_argument(
        "--draft", action="store_true", help="for looking at, with any address; not registered"
    )
    parser.add_argument(
        "--new-base", action="store_true", help="print with another address than on the wall"
    )
    parser.add_argument("--json", action="store_true", help="print the result as JSON")
    parser.set_defaults(run=run, draft_address=None)


def _add_stops(parser: argparse.ArgumentParser) -> None:
    what = parser.add_mutually_exclusive_group()
    what.add_argument(
        "--stops",
        metavar="LIST",
        help="which stops: 1-12,14 or hall:SLUG or tour:SLUG, also together",
    )
    what.add_argument(
        "--changed",
        action="store_true",
        help="labels whose title, number or address has changed since they were printed",
    )
    what.add_argument(
        "--reprint",
        action="append",
        default=[],
        metavar="LABEL",
        help="one lost label, by code or number, in the next free cell of its stock",
    )
    what.add_argument("--poster", action="store_true", help="the A4 poster for the entrance")
    what.add_argument(
        "--calibration", action="store_true", help="a page that shows how the printer shifts"
    )


def _add_paper(parser: argparse.ArgumentParser) -> None:
    paper = parser.add_mutually_exclusive_group()
    paper.add_argument(
        "--stock",
        action=Naming,
        values={"names": ", ".join(papers.NAMES), "usual": papers.USUAL},
        metavar="STOCK",
        help="the paper: %(names)s (usually %(usual)s), or in millimetres as "
        "'70x37 3x8 margin 0,0 pitch 70x37'",
    )
    paper.add_argument(
        "--plaques",
        action=Naming,
        values={"names": ", ".join(papers.PLAQUES)},
        metavar="SIZE",
        help="plaques for the wall: %(names)s",
    )
    parser.add_argument(
        "--start-cell", metavar="N", help="first free cell of a used sheet, or next: remembered"
    )
    parser.add_argument("--copies", default="1", metavar="N", help="how many of each label (1)")
    parser.add_argument(
        "--shift",
        default="0,0",
        metavar="DX,DY",
        help="millimetres to the right and down, as the page of --calibration shows",
    )
    parser.add_argument("--cut-marks", action="store_true", help="marks for cutting plain paper")
    parser.add_argument(
        "--force-size", action="store_true", help="allow QR codes smaller than 25 mm"
    )
    parser.add_argument(
        "--preview",
        action=argparse.BooleanOptionalAction,
        default=True,
        help="make a PNG of each page, or none (usually one is made)",
    )


def run(asked: argparse.Namespace, settings: Settings, terminal: Terminal) -> int:
    """Print labels; drafts while there is no public address, or where drafts are asked for."""
    wish, address = _wish(asked), _address(asked, settings)
    opened = open_guide(settings, terminal.problem)
    bring_pack(opened)
    if asked.calibration:
        return _calibrate(opened, wish, address, asked, terminal)

    def planned(removed: Sequence[Path]) -> None:
        if not asked.json:
            terminal.findings(importing.unused_logos(opened.settings.media))
            summary.tell_removed(removed, terminal)

    done = label_printing.print_labels(
        opened, wish, address, asked.out, is_poster=asked.poster, planned=planned
    )
    if asked.json:
        terminal.json(summary.record(done.printed, done.elsewhere, done.removed))
    else:
        _tell(done, opened, asked, terminal)
    return 0


def _calibrate(
    opened: Opened, wish: Wish, address: Address, asked: argparse.Namespace, terminal: Terminal
) -> int:
    from audioguide.services.labels import printing  # noqa: PLC0415  loads the typesetter

    with opened.database.reading() as session:
        order = printing.plan_calibration(session, wish, address.base_url)
    page = printing.calibrate(order, asked.out, made_on=date.today())
    summary.tell_calibration(page, terminal, as_json=asked.json)
    return 0


def _tell(done: Outcome, opened: Opened, asked: argparse.Namespace, terminal: Terminal) -> None:
    summary.tell(
        done.printed,
        done.elsewhere,
        terminal,
        address_given=asked.draft_address is not None,
        is_reprint=done.is_reprint,
    )
    if asked.changed and done.printed is not None and not done.printed.draft:
        _tell_what_is_left(opened, terminal)


def _tell_what_is_left(opened: Opened, terminal: Terminal) -> None:
    """Say after labels were printed that plaques changed, too."""
    from audioguide.services.labels import register  # noqa: PLC0415

    with opened.database.reading() as session:
        left = register.changed(session, opened.settings.base_url)
    if left:
        terminal.line(
            "Labels on other paper have changed, too: {stocks}. To print them, give the command "
            "with --changed once more.",
            stocks=", ".join(sorted({label.stock for label in left})),
        )


def _wish(asked: argparse.Namespace) -> Wish:
    from audioguide.services.labels.printing import Wish  # noqa: PLC0415

    plaques = asked.plaques.strip().upper() if asked.plaques is not None else None
    if plaques is not None and plaques not in papers.PLAQUES:
        raise AskedWrongly(
            "There are plaques {known}, and no {size}.",
            known=", ".join(papers.PLAQUES),
            size=asked.plaques,
        )
    if asked.poster and (plaques or asked.stock):
        raise AskedWrongly("The poster is always A4; leave out --stock and --plaques.")
    return Wish(
        stops=asked.stops,
        changed=asked.changed,
        reprint=tuple(asked.reprint),
        stock=plaques or asked.stock,
        start_cell=asked.start_cell,
        copies=asked.copies,
        shift=asked.shift,
        cut_marks=asked.cut_marks,
        force_size=asked.force_size,
        previews=asked.preview,
    )


def _address(asked: argparse.Namespace, settings: Settings) -> Address:
    if settings.base_url and not asked.draft:
        return Address(settings.base_url, draft=False, new_base=asked.new_base)
    address = asked.draft_address or reached.reached(settings).for_symbol
    return Address(address, draft=True, new_base=False)
