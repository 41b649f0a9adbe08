"""`audioguide import`: bring the content pack into the database."""

from __future__ import annotations

import argparse
from dataclasses import asdict
from typing import Any

from audioguide.cli.opening import bring_pack, open_guide
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
    report = bring_pack(open_guide(settings)) or Imported()
    if asked.json:
        terminal.json(asdict(report))
    else:
        tell(report, terminal)
    return 1 if report.conflicts else 0


def tell(report: Imported, terminal: Terminal) -> None:
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
    if not report.anything and not report.conflicts:
        terminal.line("Nothing has changed.")


def _shortly(names: list[str]) -> str:
    shown = ", ".join(names[:6])
    return f"{shown}, … ({len(names)})" if len(names) > 6 else shown
