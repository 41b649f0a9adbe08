"""Know what hangs on the wall and which labels are no longer right; nothing is written here."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import TypeAlias

from sqlalchemy import select
from sqlalchemy.orm import Session, contains_eager

from audioguide.errors import Finding, Grade, message
from audioguide.labels.address import typed_address
from audioguide.labels.wording import Label
from audioguide.languages import LANGUAGES, Language
from audioguide.models import (
    LabelBase,
    LabelBatch,
    LabelPrinted,
    LabelState,
    MuseumText,
    Stop,
    Transcript,
)
from audioguide.paper import Paper
from audioguide.services.labels import short_titles

_Titles: TypeAlias = dict[str, dict[Language, tuple[str, str]]]


class Stale(StrEnum):
    """Why a label on the wall is no longer right."""

    ADDRESS = "address"
    TITLE = "title"
    NUMBER = "number"
    HIDDEN = "hidden"
    RETIRED = "retired"


_SAID_ALREADY = frozenset((Stale.TITLE, Stale.RETIRED))


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
    kind: Paper
    stock: str
    made_at: datetime
    copies: int
    present_number: int | None
    stale: tuple[Stale, ...]

    @property
    def name(self) -> str:
        """The label as lines name it: the printed number with the code, or the poster."""
        return f"{self.number} ({self.code})" if self.code else str(Paper.POSTER)


def pinned_base(session: Session) -> str | None:
    """Return the public address of the newest label on the wall, or None before the first print.

    When none hangs any more it is the address that was printed last.
    """
    hanging = (
        select(LabelBatch.base_url)
        .join(LabelPrinted)
        .where(LabelPrinted.state == LabelState.ON_THE_WALL)
        .order_by(LabelBatch.id.desc())
        .limit(1)
    )
    ever = select(LabelBase.base_url).order_by(LabelBase.id.desc()).limit(1)
    return session.scalar(hanging) or session.scalar(ever)


def on_the_wall(session: Session, base_url: str | None = None) -> tuple[WallLabel, ...]:
    """List what hangs on the wall by printed number, the poster first; copies count as one.

    ``base_url`` is the present address; if not given, that of the newest label.
    """
    present = base_url or pinned_base(session)
    stops = {stop.code: stop for stop in session.scalars(select(Stop))}
    titles = _present_titles(session)
    copies: dict[tuple[int, str | None], list[LabelPrinted]] = {}
    for row in rows(session, LabelState.ON_THE_WALL):
        copies.setdefault((row.batch_id, row.stop_code), []).append(row)
    found = []
    for (_, code), printed in copies.items():
        row = printed[-1]
        stale = [Stale.ADDRESS] if row.batch.base_url != present else []
        stop = stops.get(code or "")
        if code is not None:
            stale += _stale(row, stop, titles.get(code, {}))
        found.append(_wall_label(printed, stop, stale))
    return tuple(sorted(_with_short_titles(session, found, titles), key=_by_number))


def _by_number(label: WallLabel) -> tuple[bool, int]:
    return label.number is not None, label.number or 0


def _with_short_titles(
    session: Session, found: Sequence[WallLabel], titles: _Titles
) -> Iterator[WallLabel]:
    """Say of a long title that a short one, given since, would stand in its place now."""
    by_stock: dict[str, list[Label]] = {}
    for each in found:
        if _may_be_shorter(each, titles):
            by_stock.setdefault(each.stock, []).append(_present(each, titles))
    museum = _museum_names(session) if by_stock else ()
    short = {
        stock: short_titles.shortened(every, stock, museum) for stock, every in by_stock.items()
    }
    for each in found:
        is_short = _may_be_shorter(each, titles) and each.code in short[each.stock]
        yield replace(each, stale=(*each.stale, Stale.TITLE)) if is_short else each


def _may_be_shorter(label: WallLabel, titles: _Titles) -> bool:
    if label.code is None or label.code not in titles or set(label.stale) & _SAID_ALREADY:
        return False
    present = titles[label.code]
    return any(label.titles[each] not in present[each][1:] for each in LANGUAGES)


def _present(label: WallLabel, titles: _Titles) -> Label:
    """Write the label as it would be written now, with its own address."""
    present = titles[label.code or ""]
    return Label(
        number=label.number or 0,
        code=label.code or "",
        payload=label.payload,
        typed_address=typed_address(label.base_url, label.code or ""),
        titles={each: present[each][0] for each in LANGUAGES},
        stem=label.code or "",
        short_titles={each: present[each][1] for each in LANGUAGES},
    )


def _museum_names(session: Session) -> tuple[str, ...]:
    names = dict(session.execute(select(MuseumText.language, MuseumText.name)).all())
    return tuple(names[each] for each in LANGUAGES) if len(names) == len(LANGUAGES) else ()


def _wall_label(
    printed: Sequence[LabelPrinted], stop: Stop | None, stale: Sequence[Stale]
) -> WallLabel:
    row = printed[-1]
    return WallLabel(
        code=row.stop_code,
        number=row.number,
        titles={language: row.titles[str(language)] for language in LANGUAGES},
        payload=row.payload,
        base_url=row.batch.base_url,
        kind=row.batch.kind,
        stock=row.batch.stock,
        made_at=row.batch.made_at,
        copies=len(printed),
        present_number=stop.number if stop else None,
        stale=tuple(stale),
    )


def _stale(
    row: LabelPrinted, stop: Stop | None, titles: Mapping[Language, Collection[str]]
) -> Iterator[Stale]:
    if stop is None or stop.retired_at is not None:
        yield Stale.RETIRED
        return
    if not stop.published:
        yield Stale.HIDDEN
    if titles.keys() != row.titles.keys() or any(
        row.titles[language] not in titles[language] for language in titles
    ):
        yield Stale.TITLE
    if stop.number != row.number:
        yield Stale.NUMBER


def _present_titles(session: Session) -> _Titles:
    """Return by code and language what a label may say: the title, and the short one if any."""
    titles: _Titles = {}
    query = select(Stop.code, Transcript.language, Transcript.title, Transcript.label_title)
    for code, language, title, label_title in session.execute(query.join(Transcript)):
        titles.setdefault(code, {})[language] = (title, label_title or title)
    return titles


def rows(session: Session, *states: LabelState) -> Sequence[LabelPrinted]:
    """Return the printed labels in those states, the oldest first."""
    query = (
        select(LabelPrinted).join(LabelPrinted.batch).options(contains_eager(LabelPrinted.batch))
    )
    return session.scalars(
        query.where(LabelPrinted.state.in_(states)).order_by(LabelPrinted.id)
    ).all()


def changed(session: Session, base_url: str | None = None) -> tuple[WallLabel, ...]:
    """Return the labels of visible stops whose title, number or address is no longer the present.

    ``base_url`` is as in on_the_wall.
    """
    return tuple(
        label
        for label in on_the_wall(session, base_url)
        if label.code
        and {Stale.TITLE, Stale.NUMBER, Stale.ADDRESS} & set(label.stale)
        and not {Stale.RETIRED, Stale.HIDDEN} & set(label.stale)
    )


def wall_findings(session: Session, base_url: str | None = None) -> tuple[Finding, ...]:
    """Say which labels on the wall are no longer right, as warnings; of an old address once."""
    found = on_the_wall(session, base_url)
    present = base_url or pinned_base(session)
    elsewhere: Counter[str] = Counter()
    for each in found:
        if Stale.ADDRESS in each.stale:
            elsewhere[each.base_url] += each.copies
    return (
        *(_of_another_address(base, count, present) for base, count in elsewhere.items()),
        *(
            Finding(Grade.WARNING, f"{label.kind} {label.name}", *_SAID[stale])
            for label in found
            for stale in label.stale
            if stale is not Stale.ADDRESS
        ),
    )


def _of_another_address(base_url: str, count: int, present: str | None) -> Finding:
    return Finding(
        Grade.WARNING,
        base_url,
        message(
            "Labels on the wall with this address: {count}. The guide's is {address} now.",
            count=count,
            address=present,
        ),
        message(
            "Print them again with --changed, and the poster with --poster; until then this "
            "address must go on working."
        ),
    )


_PRINT_AGAIN = message("Print it again: python3 scripts/print_labels.py --changed.")
_SAID = {
    Stale.TITLE: (message("The label is older than its title."), _PRINT_AGAIN),
    Stale.NUMBER: (message("The label has a number that the stop no longer has."), _PRINT_AGAIN),
    Stale.HIDDEN: (
        message("The label hangs on the wall and its stop is not published."),
        message(
            "Publish the stop, or take the label down and record it: python3 "
            "scripts/audioguide.py labels taken-down LABEL"
        ),
    ),
    Stale.RETIRED: (
        message("The label hangs on the wall and its stop is retired."),
        message(
            "Take the label down and record it: python3 scripts/audioguide.py labels taken-down "
            "LABEL"
        ),
    ),
}
