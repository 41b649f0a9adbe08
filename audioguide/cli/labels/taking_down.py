"""`audioguide labels taken-down`: say that a label no longer hangs on the wall."""

from __future__ import annotations

import argparse
from typing import Any

from audioguide.cli.terminal import Terminal
from audioguide.operations.opening import open_guide
from audioguide.settings import Settings


def add_to(actions: Any) -> None:
    """Add the action."""
    parser = actions.add_parser(
        "taken-down",
        help="say that labels no longer hang on the wall",
        description="Record in the register that labels were taken off the wall.",
        example="labels taken-down 9",
    )
    parser.add_argument(
        "labels", nargs="+", metavar="LABEL", help="code or number of a label, or the word poster"
    )
    parser.set_defaults(run=run)


def run(asked: argparse.Namespace, settings: Settings, terminal: Terminal) -> int:
    """Write it down, all of them or none."""
    from audioguide.services.labels import register  # noqa: PLC0415

    opened = open_guide(settings, terminal.problem)
    with opened.database.writing() as session:
        count = sum(register.take_down(session, named) for named in asked.labels)
    terminal.line("Recorded as taken down: {count}.", count=count)
    return 0
