"""`audioguide labels ...`: print labels, list what hangs on the wall, check where it leads."""

from __future__ import annotations

from typing import Any

from audioguide.cli.labels import checking, listing, printing, taking_down

ACTIONS = (printing, listing, checking, taking_down)


def add_to(commands: Any) -> None:
    """Add the command and its actions."""
    parser = commands.add_parser(
        "labels",
        help="print labels, and look after those on the wall",
        description="Print labels, list those on the wall, and check where they lead.",
        example="labels print",
    )
    actions = parser.add_subparsers(title="actions", required=True, metavar="ACTION")
    for action in ACTIONS:
        action.add_to(actions)
