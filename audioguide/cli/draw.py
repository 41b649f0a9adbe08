"""`audioguide draw`: make the pictures of stops from what the pack says of maps and times."""

from __future__ import annotations

import argparse
from typing import Any

from audioguide.cli.terminal import Terminal
from audioguide.operations.opening import refuse_a_wrong_folder
from audioguide.services import drawings
from audioguide.settings import Settings


def add_to(commands: Any) -> None:
    """Add the command."""
    parser = commands.add_parser(
        "draw",
        help="draw the maps and the lines of time in media/drawings/",
        description="Write each drawing into the folder of its stop, once in each language.",
        example="draw camps",
    )
    parser.add_argument(
        "slugs", nargs="*", metavar="SLUG", help="the slug of a stop; without one, all are drawn"
    )
    parser.set_defaults(run=run)


def run(asked: argparse.Namespace, settings: Settings, terminal: Terminal) -> int:
    """Draw, and say what was written; 1 where something could not be drawn."""
    refuse_a_wrong_folder(settings)
    report = drawings.draw(settings.media, asked.slugs)
    for path in report.written:
        terminal.plain(str(path))
    if not report.written and not report.broken:
        terminal.line("Nothing has changed.")
    terminal.findings(report.broken)
    return 1 if report.broken else 0
