"""Keep the register of what was printed for the wall."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

from sqlalchemy import select
from sqlalchemy.orm import Session

from audioguide import codes
from audioguide.errors import AskedWrongly
from audioguide.labels.stock import Stock
from audioguide.models import LabelBase, LabelBatch, LabelPrinted, LabelState, Stop, now
from audioguide.paper import Paper
from audioguide.services.labels.wall import Stale as Stale  # noqa: PLC0414  doors ask the register
from audioguide.services.labels.wall import WallLabel as WallLabel  # noqa: PLC0414
from audioguide.services.labels.wall import changed as changed  # noqa: PLC0414
from audioguide.services.labels.wall import on_the_wall as on_the_wall  # noqa: PLC0414
from audioguide.services.labels.wall import pinned_base as pinned_base  # noqa: PLC0414
from audioguide.services.labels.wall import rows
from audioguide.services.labels.wall import wall_findings as wall_findings  # noqa: PLC0414

if TYPE_CHECKING:
    from audioguide.labels.drawing import Placed
    from audioguide.labels.printing import Printed


def check_base(session: Session, base_url: str, *, new_base: bool) -> tuple[WallLabel, ...]:
    """Return what hangs on the wall with another address than ``base_url``.

    Raise AskedWrongly for an address that none of the labels on the wall carries, unless
    ``new_base`` says that it is meant. An earlier one that still hangs there is none to ask about.
    """
    hanging = on_the_wall(session, base_url)
    elsewhere = tuple(label for label in hanging if label.base_url != base_url)
    if hanging and len(elsewhere) == len(hanging) and not new_base:
        raise AskedWrongly(
            "The labels on the wall carry {old}, and AUDIOGUIDE_BASE_URL is {new}. Set it back, or "
            "add --new-base to print with the new address; the old one must then go on working.",
            old=pinned_base(session),
            new=base_url,
        )
    return elsewhere


def register(
    session: Session,
    printed: Printed,
    stock: Stock,
    base_url: str,
    *,
    new_base: bool,
    lost: bool = False,
) -> None:
    """Write a printed batch down, pin its address, and count what it replaces as replaced.

    A label replaces those of its stop on the same kind of paper; in the place of one that was
    ``lost`` it replaces one copy, and the others still hang. Raise as check_base does.
    """
    check_base(session, base_url, new_base=new_base)
    if pinned_base(session) != base_url:
        session.add(LabelBase(base_url=base_url, pinned_at=now()))
    for row in _replaced(session, printed, stock, lost=lost):
        row.state = LabelState.REPLACED
    batch = LabelBatch(
        made_at=now(),
        kind=stock.kind,
        stock=printed.stock,
        start_cell=printed.start_cell,
        next_free_cell=printed.next_free_cell,
        pages=printed.pages,
        base_url=base_url,
        pdf=printed.pdf.name,
        digest=printed.digest,
        verified=printed.verified,
        symbol_side_mm=printed.symbol_side_mm,
        labels=[_row(each, stock, printed) for each in printed.placed],
    )
    session.add(batch)
    session.flush()


def _replaced(
    session: Session, printed: Printed, stock: Stock, *, lost: bool
) -> Iterator[LabelPrinted]:
    """Go through what a print replaces, the newest first: a stale copy stays until it is mended."""
    copies = Counter(
        None if stock.kind is Paper.POSTER else each.label.code for each in printed.placed
    )
    for row in reversed(rows(session, LabelState.ON_THE_WALL)):
        if row.batch.kind is stock.kind and copies[row.stop_code] > 0:
            copies[row.stop_code] -= int(lost)
            yield row


def _row(placed: Placed, stock: Stock, printed: Printed) -> LabelPrinted:
    label, symbol, cell = placed.label, placed.symbol, placed.cell
    is_poster = stock.kind is Paper.POSTER
    return LabelPrinted(
        stop_code=None if is_poster else label.code,
        number=None if is_poster else label.number,
        payload=label.payload,
        version=symbol.version,
        level=symbol.level,
        mask=symbol.mask,
        titles={str(language): printed.title(label, language) for language in label.titles},
        page=1 + cell.page,
        cell=1 + cell.row * stock.columns + cell.column,
        state=LabelState.ON_THE_WALL,
    )


def next_free_cell(session: Session, stock: str) -> int:
    """Return the cell of a stock where the last print stopped, counted from 1; 1 at first."""
    last = select(LabelBatch.next_free_cell).where(LabelBatch.stock == stock)
    return session.scalar(last.order_by(LabelBatch.id.desc()).limit(1)) or 1


def is_registered(session: Session, digest: str) -> bool:
    """Tell whether a PDF of this SHA-256 is in the register."""
    found = select(LabelBatch.id).where(LabelBatch.digest == digest).limit(1)
    return session.scalar(found) is not None


def printed_code(session: Session, named: str) -> tuple[str, str]:
    """Find the code and the stock of a label by its code or its number, printed or present.

    Raise AskedWrongly when no such label was printed, and when a number means two.
    """
    printed = rows(session, *LabelState)
    folded = codes.fold(named)
    found: set[str | None] = {row.stop_code for row in printed if row.stop_code == folded}
    if not found and named.isdecimal() and len(named) <= 6:
        number = int(named)
        present = session.scalars(select(Stop.code).where(Stop.number == number)).all()
        found = {
            row.stop_code
            for row in printed
            if row.stop_code in present
            or (row.number == number and row.state == LabelState.ON_THE_WALL)
        }
    if not found:
        raise AskedWrongly(
            "No label “{label}” has been printed for the wall; print it with --stops.", label=named
        )
    if len(found) > 1:
        raise AskedWrongly(
            "Number {number} now belongs to several labels ({codes}). Give the code.",
            number=named,
            codes=", ".join(sorted(str(code) for code in found)),
        )
    last = next(row for row in reversed(printed) if row.stop_code in found)
    return str(last.stop_code), last.batch.stock


def take_down(session: Session, named: str) -> int:
    """Write down that the labels of a code or number are off the wall; return how many hung there.

    ``poster`` names the poster. With them goes older paper that they had replaced; it is counted
    when nothing else was left. Raise AskedWrongly when none hangs there.
    """
    is_poster = named.strip().lower() == Paper.POSTER
    code = None if is_poster else printed_code(session, named)[0]
    found = [
        row
        for row in rows(session, LabelState.ON_THE_WALL, LabelState.REPLACED)
        if row.stop_code == code
    ]
    if not found:
        raise AskedWrongly("No label “{label}” hangs on the wall any more.", label=named)
    hanging = sum(row.state == LabelState.ON_THE_WALL for row in found)
    for row in found:
        row.state = LabelState.TAKEN_DOWN
    return hanging or len(found)
