"""Know what hangs on the wall and which labels are no longer right; nothing is written here."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import TypeAlias

from sqlalchemy import select
from sqlalchemy.orm import Session, contains_eager

from audioguide.errors import Finding, Grade, message
from audioguide.labels.address import typed_address
from audioguide.labels.wording import Label
from audioguide.languages import Language, Languages
from audioguide.models import (
    LabelBase,
    LabelBatch,
    LabelPrinted,
    LabelState,
    Stop,
    Transcript,
)
from audioguide.paper import Paper
from audioguide.services import museum_languages
from audioguide.services.labels import short_titles
from audioguide.services.visitor import museum_page


@dataclass(frozen=True)
class _Said:
    """What a label may say: the title or the short one, and the language that they are in."""

    title: str
    short: str
    written_in: Language


_Titles: TypeAlias = dict[str, dict[Language, _Said]]


class Stale(StrEnum):
    """Why a label on the wall is no longer right."""

    ADDRESS = "address"
    TITLE = "title"
    LANGUAGES = "languages"
    NUMBER = "number"
    HIDDEN = "hidden"
    RETIRED = "retired"


_SAID_ALREADY = frozenset((Stale.TITLE, Stale.LANGUAGES, Stale.RETIRED))


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

    def title(self, language: Language) -> str:
        """Return the title in a language, or in the first that was printed."""
        return self.titles.get(language) or next(iter(self.titles.values()), "")

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
    museum = _museum_names(session) if by_stock else {}
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
    return any(label.titles[each] != present[each].short for each in present)


def _present(label: WallLabel, titles: _Titles) -> Label:
    """Write the label as it would be written now, with its own address."""
    present = titles[label.code or ""]
    return Label(
        number=label.number or 0,
        code=label.code or "",
        payload=label.payload,
        typed_address=typed_address(label.base_url, label.code or ""),
        titles={each: said.title for each, said in present.items()},
        stem=label.code or "",
        short_titles={each: said.short for each, said in present.items()},
        written_in={each: said.written_in for each, said in present.items()},
    )


def _museum_names(session: Session) -> dict[Language, str]:
    names = museum_page.museum_names(session)
    on_labels = museum_languages.of_museum(session).on_labels
    return {each: names[each] for each in on_labels if each in names}


def _wall_label(
    printed: Sequence[LabelPrinted], stop: Stop | None, stale: Sequence[Stale]
) -> WallLabel:
    row = printed[-1]
    return WallLabel(
        code=row.stop_code,
        number=row.number,
        titles={Language(tag): title for tag, title in row.titles.items()},
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
    row: LabelPrinted, stop: Stop | None, titles: Mapping[Language, _Said]
) -> Iterator[Stale]:
    if stop is None or stop.retired_at is not None:
        yield Stale.RETIRED
        return
    if not stop.published:
        yield Stale.HIDDEN
    if titles.keys() != row.titles.keys():
        yield Stale.LANGUAGES
    if any(
        row.titles[each] not in (said.title, said.short)
        for each, said in titles.items()
        if each in row.titles
    ):
        yield Stale.TITLE
    if stop.number != row.number:
        yield Stale.NUMBER


def _present_titles(session: Session) -> _Titles:
    """Return by code and language what a label may say: the title, and the short one if any.

    In a language without a text it says what stands in for it.
    """
    titles: dict[str, dict[Language, tuple[str, str]]] = {}
    query = select(Stop.code, Transcript.language, Transcript.title, Transcript.label_title)
    for code, language, title, label_title in session.execute(query.join(Transcript)):
        titles.setdefault(code, {})[language] = (title, label_title or title)
    languages = museum_languages.of_museum(session)
    return {code: _on_labels(of_stop, languages) for code, of_stop in titles.items()}


def _on_labels(
    titles: Mapping[Language, tuple[str, str]], languages: Languages
) -> dict[Language, _Said]:
    told = museum_languages.told(titles, languages)
    found = {each: told[each] for each in languages.on_labels if each in told}
    return {each: _Said(title, short, own) for each, (own, (title, short)) in found.items()}


def rows(session: Session, *states: LabelState) -> Sequence[LabelPrinted]:
    """Return the printed labels in those states, the oldest first."""
    query = (
        select(LabelPrinted).join(LabelPrinted.batch).options(contains_eager(LabelPrinted.batch))
    )
    return session.scalars(
        query.where(LabelPrinted.state.in_(states)).order_by(LabelPrinted.id)
    ).all()


def changed(session: Session, base_url: str | None = None) -> tuple[WallLabel, ...]:
    """Return the labels of visible stops whose titles, number or address are no longer the present.

    ``base_url`` is as in on_the_wall.
    """
    return tuple(
        label
        for label in on_the_wall(session, base_url)
        if label.code
        and {Stale.TITLE, Stale.LANGUAGES, Stale.NUMBER, Stale.ADDRESS} & set(label.stale)
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
    Stale.LANGUAGES: (
        message(
            "The label has other languages than the museum has now; it still leads to its stop."
        ),
        _PRINT_AGAIN,
    ),
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
