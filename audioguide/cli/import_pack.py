"""`audioguide import`: bring the content pack into the database."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from audioguide.cli.terminal import Terminal
from audioguide.errors import Finding, message
from audioguide.operations import recordings
from audioguide.operations.opening import open_guide
from audioguide.operations.pack import bring_what_is_whole
from audioguide.services.importing import Imported
from audioguide.settings import Settings

_PARTS = {
    "hours": message("opening hours"),
    "closed": message("closed days"),
    "price": message("prices"),
    "notice": message("the notice"),
    "help": message("the words for those without a phone"),
    "contact": message("telephone, addresses, accounts"),
    "words": message("the text about it"),
    "languages": message("its languages"),
}


def add_to(commands: Any) -> None:
    """Add the command."""
    parser = commands.add_parser(
        "import",
        help="bring the texts in media/ into the guide",
        description="Read and check the whole content pack, then import what changed.",
        example="import",
    )
    parser.add_argument("--json", action="store_true", help="print the report as JSON")
    parser.set_defaults(run=run)


def run(asked: argparse.Namespace, settings: Settings, terminal: Terminal) -> int:
    """Import the pack and say what changed; 1 where a text was changed on both sides."""
    opened = open_guide(settings, terminal.problem)
    report = bring_what_is_whole(opened) or Imported()
    takes = recordings.bring(opened).names
    if asked.json:
        findings = {"broken": _records(report.broken), "remarks": _records(report.remarks)}
        terminal.json(asdict(report) | findings | {"recordings": takes})
    else:
        tell(report, terminal, takes)
        terminal.findings(recordings.unused(opened))
    return 1 if report.conflicts or report.broken else 0


def _records(findings: Sequence[Finding]) -> list[dict[str, str]]:
    return [{"where": each.where, "what": str(each.what), "do": str(each.do)} for each in findings]


def tell(report: Imported, terminal: Terminal, takes: Sequence[str] = ()) -> None:
    """Say what an import changed, and what it could not take."""
    tell_changes(report, terminal, takes)
    for each in report.remarks:
        terminal.plain(terminal.finding(each))
    if report.broken:
        terminal.findings(report.broken)
        terminal.old_words_stay()


def tell_changes(report: Imported, terminal: Terminal, takes: Sequence[str] = ()) -> None:
    """Say what an import changed."""
    for sentence, names in (
        (message("New: {names}"), report.added),
        (message("Changed: {names}"), report.changed),
        (message("Retired: {names}"), report.retired),
        (message("Changed pictures: {names}"), report.pictures),
        (message("Changed talking points: {names}"), report.points),
    ):
        if names:
            terminal.line(sentence.sentence, names=_shortly(names))
    if report.museum:
        parts = ", ".join(terminal.said(_PARTS[part].sentence) for part in report.museum)
        terminal.line("Changed at the museum: {parts}", parts=parts)
    for name in report.conflicts:
        terminal.line(
            "{name} was changed in the file and in the guide; the guide's words stay.", name=name
        )
    named = report.added or report.changed or report.retired or report.pictures or report.museum
    if report.structure_changed and not named:
        terminal.line("Changed: halls, stops, tours or the museum's facts.")
    tell_takes(takes, terminal)
    if not (report.anything or report.conflicts or report.points or report.broken or takes):
        terminal.line("Nothing has changed.")


def tell_takes(names: Sequence[str], terminal: Terminal) -> None:
    """Say which recordings were received."""
    if names:
        terminal.line("Recordings received: {names}", names=_shortly(names))


def _shortly(names: Sequence[str]) -> str:
    shown = ", ".join(names[:6])
    return f"{shown}, … ({len(names)})" if len(names) > 6 else shown
