"""`audioguide check`: what is not as it should be, for people, for machines, for cron."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from typing import Any

from audioguide.cli.terminal import Terminal
from audioguide.errors import Finding, Grade
from audioguide.operations.opening import open_guide
from audioguide.settings import Settings

_MARKS = {Grade.ERROR: "✗", Grade.WARNING: "!", Grade.NOTE: "·"}
_MOST_NOTES = 12


def add_to(commands: Any) -> None:
    """Add the command."""
    parser = commands.add_parser(
        "check",
        help="check the whole guide",
        description="Check texts, sound and settings. Status 1 if there is an error.",
        example="check --strict",
    )
    parser.add_argument("--strict", action="store_true", help="count a warning as an error")
    parser.add_argument("--json", action="store_true", help="print the findings as JSON")
    parser.set_defaults(run=run)


def run(asked: argparse.Namespace, settings: Settings, terminal: Terminal) -> int:
    """Check; 1 where there is an error, with --strict also where there is a warning."""
    from audioguide.operations import inspection  # noqa: PLC0415  loads the proofreader

    findings = inspection.inspect(open_guide(settings, terminal.problem))
    bad = {Grade.ERROR, Grade.WARNING} if asked.strict else {Grade.ERROR}
    ok = not any(each.grade in bad for each in findings)
    if asked.json:
        terminal.json({"ok": ok, "findings": [_record(each) for each in findings]})
    else:
        _tell(findings, terminal)
    return 0 if ok else 1


def _tell(findings: Sequence[Finding], terminal: Terminal) -> None:
    for grade in Grade:
        chosen = [each for each in findings if each.grade == grade]
        shown = chosen if grade != Grade.NOTE else chosen[:_MOST_NOTES]
        for each in shown:
            terminal.plain(f"{_MARKS[grade]} {terminal.finding(each)}")
        if len(chosen) > len(shown):
            terminal.line("· … and {count} more notes", count=len(chosen) - len(shown))
    counts = {grade: sum(each.grade == grade for each in findings) for grade in Grade}
    terminal.line(
        "Errors: {errors}. Warnings: {warnings}. Notes: {notes}.",
        errors=counts[Grade.ERROR],
        warnings=counts[Grade.WARNING],
        notes=counts[Grade.NOTE],
    )


def _record(each: Finding) -> dict[str, str]:
    return {
        "grade": each.grade,
        "where": each.where,
        "what": str(each.what),
        "do": str(each.do),
    }
