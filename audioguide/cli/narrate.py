"""`audioguide narrate`: speak everything that is wanted now, and say how it went."""

from __future__ import annotations

import argparse
import time
from dataclasses import asdict
from typing import Any

from audioguide.cli import deciding, recording
from audioguide.cli.children import Children
from audioguide.cli.museum_language import museum_language
from audioguide.cli.terminal import Bar, Terminal
from audioguide.operations import narrations, recordings, upkeep
from audioguide.operations.narrations import Outcome
from audioguide.operations.opened import Opened
from audioguide.operations.opening import open_guide
from audioguide.operations.pack import bring_pack
from audioguide.services.narration import plan, work_report
from audioguide.services.narration.scope import Scope
from audioguide.services.narration.work_report import Progress
from audioguide.services.staff import stop_lookup
from audioguide.settings import Settings

_LOOK_SECONDS = 0.25  # a look costs some milliseconds, which the speakers need


def add_to(commands: Any) -> None:
    """Add the command."""
    parser = commands.add_parser(
        "narrate",
        help="make the narrations that are missing",
        description="Speak every text that has no sound of its present words.",
        example="narrate --stop 9 --language kk --again",
    )
    parser.add_argument("--stop", metavar="STOP", help="only this stop: number, slug or code")
    parser.add_argument("--language", metavar="LANGUAGE", help="only this language")
    parser.add_argument(
        "--again", action="store_true", help="speak also what has its sound already"
    )
    recording.add_to(parser)
    deciding.add_to(parser)
    parser.add_argument(
        "--prune", action="store_true", help="only remove sound that no page has used for a month"
    )
    parser.add_argument(
        "--json", action="store_true", help="print the result, and how far it is, as JSON"
    )
    parser.set_defaults(run=run)


def run(asked: argparse.Namespace, settings: Settings, terminal: Terminal) -> int:
    """Speak; 1 where a narration failed."""
    if asked.take is not None:
        return recording.run(asked, settings, terminal)
    if asked.drop_take is not None:
        return deciding.drop(asked, settings, terminal)
    if asked.reviewed is not None:
        return deciding.review(asked, settings, terminal)
    opened = open_guide(settings, terminal.problem)
    if asked.prune:
        return _prune(opened, asked, terminal)
    upkeep.repair(opened)
    bring_pack(opened)
    recordings.bring(opened)
    scope = _want(opened, asked)
    children = Children(settings)
    try:
        to_do = _progress(opened, scope).to_do
        _work(opened, scope, children, Bar(terminal, to_do, as_records=asked.json))
    finally:
        children.stop()
    return _tell(narrations.outcome(opened, scope), asked, terminal)


def _prune(opened: Opened, asked: argparse.Namespace, terminal: Terminal) -> int:
    pruned = upkeep.prune(opened)
    if asked.json:
        terminal.json(asdict(pruned))
    else:
        terminal.line(
            "Removed: {count} files of old sound, {size} MB, and {old} MB of spoken sentences.",
            count=pruned.files,
            size=round(pruned.freed_bytes / 1e6, 1),
            old=round(pruned.sentences_bytes / 1e6, 1),
        )
    return 0


def _want(opened: Opened, asked: argparse.Namespace) -> Scope:
    language = museum_language(opened, asked.language) if asked.language else None
    with opened.database.writing() as session:
        stop = stop_lookup.stop_id(session, asked.stop) if asked.stop else None
        scope = Scope(stop, language)
        if asked.again:
            plan.want_again_all(session, scope)
        else:
            plan.want_failed_again(session, scope)
    return scope


def _work(opened: Opened, scope: Scope, children: Children, bar: Bar) -> None:
    """Work until nothing is left to do, also by the workers of a guide that runs beside."""
    if not bar.total:
        return
    children.start_workers(*_options(scope), at_most=bar.total)
    while children.workers_live():
        bar.show(max(bar.total - _progress(opened, scope).to_do, 0))
        time.sleep(_LOOK_SECONDS)
    bar.clear()


def _options(scope: Scope) -> list[str]:
    stop = [] if scope.stop_id is None else ["--stop", str(scope.stop_id)]
    language = [] if scope.language is None else ["--language", scope.language]
    return ["--until-done", *stop, *language]


def _progress(opened: Opened, scope: Scope) -> Progress:
    with opened.database.reading() as session:
        return work_report.progress(session, scope)


def _tell(outcome: Outcome, asked: argparse.Namespace, terminal: Terminal) -> int:
    progress, failures = outcome.progress, outcome.failures
    if asked.json:
        failed = [
            {"stop": each.stop, "language": each.language, "reason": str(each.reason)}
            for each in failures
        ]
        terminal.json(
            {
                "ready": progress.ready,
                "to_do": progress.to_do,
                "failed": failed,
                "waiting": progress.waiting,
            }
        )
    else:
        for each in (*failures, *outcome.noted):
            reason = terminal.said(each.reason.sentence, **each.reason.values)
            terminal.problem_text(f"{each.stop} {each.language}: {reason}")
        terminal.line(
            "Narrations: {ready} ready, {failed} failed.",
            ready=progress.ready,
            failed=progress.failed,
        )
        _tell_who_rests(outcome, terminal)
    return 1 if failures or progress.to_do else 0


def _tell_who_rests(outcome: Outcome, terminal: Terminal) -> None:
    for voice, rest in outcome.resting.items():
        terminal.line(
            "{voice} cannot speak: {reason} Other voices are heard meanwhile.",
            voice=voice,
            reason=rest.reason,
        )
