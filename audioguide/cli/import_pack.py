"""`audioguide import`: bring the content pack into the database."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from audioguide.cli.opening import bring_pack, bring_takes, open_guide
from audioguide.cli.recordings_told import unused
from audioguide.cli.terminal import Terminal
from audioguide.errors import message
from audioguide.services.importing import Imported
from audioguide.settings import Settings


def add_to(commands: Any) -> None:
    """Add the command."""
    parser = commands.add_parser(
        "import",
        help="bring the texts in media/ into the guide",
        description="Read and check the whole content pack, then import what changed.",
        epilog="example: audioguide import",
    )
    parser.add_argument("--json", action="store_true", help="print the report as JSON")
    parser.set_defaults(run=run)


def run(asked: argparse.Namespace, settings: Settings, terminal: Terminal) -> int:
    """Import the pack and say what changed; 1 where a text was changed on both sides."""
    opened = open_guide(settings)
    report = bring_pack(opened) or Imported()
    takes = bring_takes(opened).names
    if asked.json:
        terminal.json(asdict(report) | {"recordings": takes})
    else:
        tell(report, terminal, takes)
        terminal.findings(unused(opened))
    return 1 if report.conflicts else 0


def tell(report: Imported, terminal: Terminal, takes: Sequence[str] = ()) -> None:
    """Say what an import changed."""
    for sentence, names in (
        (message("New: {names}"), report.added),
        (message("Changed: {names}"), report.changed),
        (message("Retired: {names}"), report.retired),
    ):
        if names:
            terminal.line(sentence.sentence, names=_shortly(names))
    for name in report.conflicts:
        terminal.line(
            "{name} was changed in the file and in the guide; the guide's words stay.", name=name
        )
    texts = report.added or report.changed or report.retired
    if report.structure_changed and not texts:
        terminal.line("Changed: halls, stops, tours or the museum's facts.")
    tell_takes(takes, terminal)
    if not report.anything and not report.conflicts and not takes:
        terminal.line("Nothing has changed.")


def tell_takes(names: Sequence[str], terminal: Terminal) -> None:
    """Say which recordings were received."""
    if names:
        terminal.line("Recordings received: {names}", names=_shortly(names))


def _shortly(names: Sequence[str]) -> str:
    shown = ", ".join(names[:6])
    return f"{shown}, … ({len(names)})" if len(names) > 6 else shown
