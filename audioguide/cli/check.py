"""`audioguide check`: what is not as it should be, for people, for machines, for cron."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from typing import Any

from audioguide.cli.opening import bring_pack, bring_takes, open_guide
from audioguide.cli.terminal import Terminal
from audioguide.errors import Finding, Grade, PackBroken
from audioguide.settings import Settings

_MARKS = {Grade.ERROR: "✗", Grade.WARNING: "!", Grade.NOTE: "·"}
_MOST_NOTES = 12


def add_to(commands: Any) -> None:
    """Add the command."""
    parser = commands.add_parser(
        "check",
        help="look the whole guide over",
        description="Check texts, sound and settings. Status 1 if there is an error.",
        example="check --strict",
    )
    parser.add_argument("--strict", action="store_true", help="count a warning as an error")
    parser.add_argument("--json", action="store_true", help="print the findings as JSON")
    parser.set_defaults(run=run)


def run(asked: argparse.Namespace, settings: Settings, terminal: Terminal) -> int:
    """Check; 1 where there is an error, with --strict also where there is a warning."""
    findings = _findings(settings)
    bad = {Grade.ERROR, Grade.WARNING} if asked.strict else {Grade.ERROR}
    ok = not any(each.grade in bad for each in findings)
    if asked.json:
        terminal.json({"ok": ok, "findings": [_record(each) for each in findings]})
    else:
        _tell(findings, terminal)
    return 0 if ok else 1


def _findings(settings: Settings) -> Sequence[Finding]:
    from audioguide.services import checking, importing, pack_watch, proofreading  # noqa: PLC0415
    from audioguide.services.narration import available_voices, intake, review  # noqa: PLC0415

    opened = open_guide(settings)
    try:
        bring_pack(opened)
        bring_takes(opened)
        pack = importing.read(settings.media)
    except PackBroken as broken:
        return broken.findings
    with opened.database.reading() as session:
        found = checking.check(session, pack, opened.store)
        takes = intake.takes_store(settings.data)
        places = intake.places(session)
        recordings = tuple(review.check(session, takes))
        voices = available_voices.notes(session, settings.voices, settings.data)
    unread = importing.unread_files(settings.media, pack)
    stops = intake.stops_of(pack)
    wrong = intake.wrong_takes(settings.media, stops, places)
    return (
        *pack_watch.in_check(pack.remarks),
        *unread,
        *wrong,
        *intake.misnamed_takes(settings.media, stops),
        *found,
        *recordings,
        *proofreading.proofread(settings.media, pack),
        *voices,
    )


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
