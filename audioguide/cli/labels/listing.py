"""`audioguide labels list`: what hangs on the wall, and which labels are no longer right."""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from audioguide.cli.terminal import Terminal
from audioguide.operations.opening import open_guide
from audioguide.operations.pack import bring_pack
from audioguide.settings import Settings

if TYPE_CHECKING:
    from audioguide.services.labels.register import WallLabel


def add_to(actions: Any) -> None:
    """Add the action."""
    parser = actions.add_parser(
        "list",
        help="list what hangs on the wall",
        description="List the labels on the wall, with ! before those that are no longer right.",
        example="labels list --json",
    )
    parser.add_argument("--json", action="store_true", help="print the list as JSON")
    parser.set_defaults(run=run)


def run(asked: argparse.Namespace, settings: Settings, terminal: Terminal) -> int:
    """List; always 0, for a stale label is no fault of the list."""
    from audioguide.services.labels import register  # noqa: PLC0415

    opened = open_guide(settings, terminal.problem)
    bring_pack(opened)
    with opened.database.reading() as session:
        present = settings.base_url or register.pinned_base(session)
        found = register.on_the_wall(session, present)
        wrong = register.wall_findings(session, present)
    if asked.json:
        terminal.json({"base_url": present, "labels": [_record(each) for each in found]})
        return 0
    if not found:
        terminal.line("No label has been printed for the wall yet.")
        return 0
    for each in found:
        terminal.plain(_row(each, terminal))
    for finding in wrong:
        terminal.plain(f"! {terminal.finding(finding)}")
    terminal.line(
        "Labels on the wall: {count}, no longer right: {stale}. Their address: {address}.",
        count=sum(each.copies for each in found),
        stale=sum(each.copies for each in found if each.stale),
        address=_addresses(found),
    )
    return 0


def _addresses(found: Sequence[WallLabel]) -> str:
    """Say which address they carry; where there are several, how many carry each."""
    count: Counter[str] = Counter()
    for each in found:
        count[each.base_url] += each.copies
    if len(count) == 1:
        return next(iter(count))
    return ", ".join(f"{address} ({labels})" for address, labels in count.most_common())


def _row(label: WallLabel, terminal: Terminal) -> str:
    mark = "!" if label.stale else "·"
    number = "" if label.number is None else str(label.number)
    copies = f" ×{label.copies}" if label.copies > 1 else ""
    return (
        f"{mark} {number:>4}  {label.code or '':5}  {label.made_at:%Y-%m-%d}  "
        f"{label.stock + copies:9}  {label.title(terminal.language)}  {label.payload}"
    )


def _record(label: WallLabel) -> dict[str, Any]:
    return {
        "number": label.number,
        "code": label.code,
        "kind": label.kind,
        "titles": {str(language): title for language, title in label.titles.items()},
        "payload": label.payload,
        "base_url": label.base_url,
        "stock": label.stock,
        "made_at": label.made_at.isoformat(),
        "copies": label.copies,
        "stale": [str(each) for each in label.stale],
    }
