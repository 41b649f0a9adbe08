"""Keep the register of what was printed for the wall; no file is made here."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from audioguide import codes
from audioguide.errors import AskedWrongly, Finding, Grade, message
from audioguide.labels.stock import Kind, Stock
from audioguide.languages import LANGUAGES, Language
from audioguide.models import LabelBase, LabelBatch, LabelPrinted, LabelState, Stop, Transcript, now

if TYPE_CHECKING:
    from audioguide.labels.drawing import Placed
    from audioguide.labels.printing import Printed


class Stale(StrEnum):
    """Why a label on the wall is no longer right."""

    TITLE = "title"
    NUMBER = "number"
    HIDDEN = "hidden"
    RETIRED = "retired"


@dataclass(frozen=True)
class WallLabel:
    """What hangs on the wall: as printed, how often, and why it is no longer right, if so.

    ``code`` and ``number`` are None on the poster; ``present_number`` is the stop's number now.
    """

    code: str | None
    number: int | None
    titles: Mapping[Language, str]
    payload: str
    base_url: str
    kind: Kind
    stock: str
    made_at: datetime
    copies: int
    present_number: int | None
    stale: tuple[Stale, ...]

    @property
    def name(self) -> str:
        """The label as lines name it: the printed number with the code, or the poster."""
        return f"{self.number} ({self.code})" if self.code else str(Kind.POSTER)


def pinned_base(session: Session) -> str | None:
    """Return the public address that labels carry, or None before the first print."""
    return session.scalar(select(LabelBase.base_url).order_by(LabelBase.id.desc()).limit(1))


def check_base(session: Session, base_url: str, *, new_base: bool) -> tuple[WallLabel, ...]:
    """Return what hangs on the wall with another address than ``base_url``.

    Raise AskedWrongly when another one is pinned, unless ``new_base`` says that it is to change.
    """
    pinned = pinned_base(session)
    if pinned is None or pinned == base_url:
        return ()
    if not new_base:
        raise AskedWrongly(
            "The labels on the wall carry {old}, and AUDIOGUIDE_BASE_URL is {new}. Set it back, or "
            "add --new-base to print with the new address; the old one must then go on working.",
            old=pinned,
            new=base_url,
        )
    return tuple(label for label in on_the_wall(session) if label.base_url != base_url)


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
        labels=[_row(each, stock) for each in printed.placed],
    )
    session.add(batch)
    session.flush()


def _replaced(
    session: Session, printed: Printed, stock: Stock, *, lost: bool
) -> Iterator[LabelPrinted]:
    """Go through what a print replaces, the newest first: a stale copy stays until it is mended."""
    copies = Counter(
        None if stock.kind is Kind.POSTER else each.label.code for each in printed.placed
    )
    for row in reversed(_rows(session, LabelState.ON_THE_WALL)):
        if row.batch.kind == stock.kind and copies[row.stop_code] > 0:
            copies[row.stop_code] -= int(lost)
            yield row


def _row(placed: Placed, stock: Stock) -> LabelPrinted:
    label, symbol, cell = placed.label, placed.symbol, placed.cell
    is_poster = stock.kind is Kind.POSTER
    return LabelPrinted(
        stop_code=None if is_poster else label.code,
        number=None if is_poster else label.number,
        payload=label.payload,
        version=symbol.version,
        level=symbol.level,
        mask=symbol.mask,
        titles={language.value: label.titles[language] for language in LANGUAGES},
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


def on_the_wall(session: Session) -> tuple[WallLabel, ...]:
    """List what hangs on the wall by printed number, the poster first; copies count as one."""
    stops = {stop.code: stop for stop in session.scalars(select(Stop))}
    titles = _present_titles(session)
    copies: dict[tuple[int, str | None], list[LabelPrinted]] = {}
    for row in _rows(session, LabelState.ON_THE_WALL):
        copies.setdefault((row.batch_id, row.stop_code), []).append(row)
    found = [
        _wall_label(rows, stops.get(code or ""), titles.get(code or "", {}))
        for (_, code), rows in copies.items()
    ]
    return tuple(sorted(found, key=lambda each: (each.number is not None, each.number or 0)))


def _wall_label(
    rows: list[LabelPrinted], stop: Stop | None, titles: Mapping[str, str]
) -> WallLabel:
    row = rows[-1]
    return WallLabel(
        code=row.stop_code,
        number=row.number,
        titles={language: row.titles[language.value] for language in LANGUAGES},
        payload=row.payload,
        base_url=row.batch.base_url,
        kind=Kind(row.batch.kind),
        stock=row.batch.stock,
        made_at=row.batch.made_at,
        copies=len(rows),
        present_number=stop.number if stop else None,
        stale=tuple(_stale(row, stop, titles)) if row.stop_code else (),
    )


def _stale(row: LabelPrinted, stop: Stop | None, titles: Mapping[str, str]) -> Iterator[Stale]:
    if stop is None or stop.retired_at is not None:
        yield Stale.RETIRED
        return
    if not stop.published:
        yield Stale.HIDDEN
    if titles != row.titles:
        yield Stale.TITLE
    if stop.number != row.number:
        yield Stale.NUMBER


def _present_titles(session: Session) -> dict[str, dict[str, str]]:
    titles: dict[str, dict[str, str]] = {}
    query = select(Stop.code, Transcript.language, Transcript.title).join(Transcript)
    for code, language, title in session.execute(query):
        titles.setdefault(code, {})[language] = title
    return titles


def _rows(session: Session, *states: LabelState) -> Sequence[LabelPrinted]:
    query: Select[LabelPrinted] = select(LabelPrinted).join(LabelBatch)
    return session.scalars(
        query.where(LabelPrinted.state.in_(states)).order_by(LabelPrinted.id)
    ).all()


def changed(session: Session) -> tuple[WallLabel, ...]:
    """Return the labels of visible stops whose title or number changed since they were printed."""
    return tuple(
        label
        for label in on_the_wall(session)
        if label.code
        and {Stale.TITLE, Stale.NUMBER} & set(label.stale)
        and not {Stale.RETIRED, Stale.HIDDEN} & set(label.stale)
    )


def printed_code(session: Session, named: str) -> tuple[str, str]:
    """Find the code and the stock of a label by its code or its number, printed or present.

    Raise AskedWrongly when no such label was printed, and when a number means two.
    """
    rows = _rows(session, *LabelState)
    folded = codes.fold(named)
    found: set[str | None] = {row.stop_code for row in rows if row.stop_code == folded}
    if not found and named.isdecimal() and len(named) <= 6:
        number = int(named)
        present = session.scalars(select(Stop.code).where(Stop.number == number)).all()
        found = {
            row.stop_code
            for row in rows
            if row.stop_code in present
            or (row.number == number and row.state == LabelState.ON_THE_WALL)
        }
    if not found:
        raise AskedWrongly(
            "No label “{label}” has been printed for the wall; print it with --stops.", label=named
        )
    if len(found) > 1:
        raise AskedWrongly(
            "The number {number} has changed places: it means the labels {codes}. Say the code.",
            number=named,
            codes=", ".join(sorted(str(code) for code in found)),
        )
    last = next(row for row in reversed(rows) if row.stop_code in found)
    return str(last.stop_code), last.batch.stock


def take_down(session: Session, named: str) -> int:
    """Write down that the labels of a code or number are off the wall; return how many.

    ``poster`` names the poster. Raise AskedWrongly when none hangs there.
    """
    is_poster = named.strip().lower() == Kind.POSTER
    code = None if is_poster else printed_code(session, named)[0]
    rows = [
        row
        for row in _rows(session, LabelState.ON_THE_WALL, LabelState.REPLACED)
        if row.stop_code == code
    ]
    for row in rows:
        row.state = LabelState.TAKEN_DOWN
    if not rows:
        raise AskedWrongly("No label “{label}” hangs on the wall any more.", label=named)
    return len(rows)


def wall_findings(session: Session) -> tuple[Finding, ...]:
    """Say which labels on the wall are no longer right, as warnings."""
    return tuple(
        Finding(Grade.WARNING, f"{label.kind} {label.name}", *_SAID[stale])
        for label in on_the_wall(session)
        for stale in label.stale
    )


_PRINT_AGAIN = message("Print it again: scripts/print_labels.py --changed.")
_SAID = {
    Stale.TITLE: (message("The label is older than its title."), _PRINT_AGAIN),
    Stale.NUMBER: (message("The label has a number that the stop no longer has."), _PRINT_AGAIN),
    Stale.HIDDEN: (
        message("The label hangs on the wall and its stop is not published."),
        message("Publish the stop, or take the label down and say so: labels taken-down."),
    ),
    Stale.RETIRED: (
        message("The label hangs on the wall and its stop is retired."),
        message("Take the label down and say so: labels taken-down."),
    ),
}
