"""`audioguide labels print`: labels for the wall, read back before they are released."""

from __future__ import annotations

import argparse
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy.exc import DatabaseError

from audioguide.cli import reached
from audioguide.cli.asking import Naming
from audioguide.cli.labels import summary
from audioguide.cli.opening import Opened, bring_pack, open_guide
from audioguide.cli.terminal import Terminal
from audioguide.errors import AskedWrongly, LabelFailed
from audioguide.services.labels import papers
from audioguide.settings import Settings

if TYPE_CHECKING:
    from audioguide.services.labels.printing import Order, Printed, Wish
    from audioguide.services.labels.register import WallLabel

DEFAULT_FOLDER = Path("qr_codes")


@dataclass(frozen=True)
class _Address:
    """What the symbols carry, and whether that is for looking at only."""

    base_url: str
    draft: bool
    new_base: bool


def add_to(actions: Any) -> None:
    """Add the action."""
    parser: argparse.ArgumentParser = actions.add_parser(
        "print",
        help="print a label for each stop",
        description="Make one PDF with a label per stop, and an SVG and a PNG per symbol. "
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
        "--force-size", action="store_true", help="allow symbols smaller than 25 mm"
    )
    parser.add_argument(
        "--preview",
        action=argparse.BooleanOptionalAction,
        default=True,
        help="make a PNG of each page, or none (usually one is made)",
    )


def run(asked: argparse.Namespace, settings: Settings, terminal: Terminal) -> int:
    """Print labels; drafts while there is no public address, or where drafts are asked for."""
    from audioguide.services import importing  # noqa: PLC0415  loads the typesetter
    from audioguide.services.labels import printing  # noqa: PLC0415  loads the typesetter

    wish, address = _wish(asked), _address(asked, settings)
    opened = open_guide(settings)
    bring_pack(opened)
    if asked.calibration:
        with opened.database.reading() as session:
            order = printing.plan_calibration(session, wish, address.base_url)
        page = printing.calibrate(order, asked.out, made_on=date.today())
        summary.tell_calibration(page, terminal, as_json=asked.json)
        return 0
    order, elsewhere = _plan(opened, wish, address, is_poster=asked.poster)
    if not asked.json:
        terminal.findings(importing.unused_logos(opened.settings.media))
    removed = _clean(opened, asked.out)
    if not asked.json:  # now, for nobody else says it if the print fails
        summary.tell_removed(removed, terminal)
    printed = _print(opened, order, asked.out, address)
    if asked.json:
        terminal.json(summary.record(printed, elsewhere, removed))
    else:
        given = asked.draft_address is not None
        summary.tell(printed, elsewhere, terminal, address_given=given, is_reprint=order.is_reprint)
        if asked.changed and printed is not None and not printed.draft:
            _tell_what_is_left(opened, terminal)
    return 0


def _tell_what_is_left(opened: Opened, terminal: Terminal) -> None:
    """Say after labels were printed that plaques changed, too."""
    from audioguide.services.labels import register  # noqa: PLC0415

    with opened.database.reading() as session:
        left = register.changed(session, opened.settings.base_url)
    if left:
        terminal.line(
            "Other paper has changed, too: {stocks}. Print it with --changed once more.",
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
        raise AskedWrongly("The poster is always A4; leave --stock and --plaques away.")
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


def _address(asked: argparse.Namespace, settings: Settings) -> _Address:
    if settings.base_url and not asked.draft:
        return _Address(settings.base_url, draft=False, new_base=asked.new_base)
    address = asked.draft_address or reached.reached(settings).for_symbol
    return _Address(address, draft=True, new_base=False)


def _plan(
    opened: Opened, wish: Wish, address: _Address, *, is_poster: bool
) -> tuple[Order, tuple[WallLabel, ...]]:
    from audioguide.services.labels import printing, register  # noqa: PLC0415

    with opened.database.reading() as session:
        elsewhere: tuple[WallLabel, ...] = ()
        if not address.draft:
            elsewhere = register.check_base(session, address.base_url, new_base=address.new_base)
        media = opened.settings.media
        if is_poster:
            order = printing.plan_poster(session, wish, address.base_url, media=media)
        else:
            present = None if address.draft else address.base_url
            order = printing.plan(
                session, wish, address.base_url, media=media, present_base=present
            )
        return order, elsewhere


def _clean(opened: Opened, out: Path) -> Sequence[Path]:
    """Remove what a print that was broken off has left, when there may be anything."""
    from audioguide.services.labels import printing  # noqa: PLC0415

    found = printing.pdfs_of_ours(out)
    if not found:
        return ()
    with opened.database.writing() as session:
        return printing.remove_unregistered(session, found)


def _print(opened: Opened, order: Order, out: Path, address: _Address) -> Printed | None:
    """Make the files and register them; files that cannot be registered are taken back."""
    from audioguide.services.labels import printing  # noqa: PLC0415

    if not order.labels and not order.is_poster:
        return None
    printed = printing.make(order, out, draft=address.draft, made_on=date.today())
    if address.draft:
        return printed
    try:
        with opened.database.writing() as session:
            printing.keep_in_register(session, order, printed, new_base=address.new_base)
    except DatabaseError as error:
        printing.withdraw(printed)
        raise LabelFailed(
            "The register of labels could not be written: {reason}. Nothing was kept; print again.",
            reason=" ".join(str(error.orig).split()).rstrip("."),
        ) from error
    except BaseException:
        printing.withdraw(printed)
        raise
    return printed
