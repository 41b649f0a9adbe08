"""`audioguide narrate`: speak everything that is wanted now, and say how it went."""

from __future__ import annotations

import argparse
import time
from typing import Any

from audioguide.cli.children import Children
from audioguide.cli.opening import Opened, bring_pack, open_guide, repair
from audioguide.cli.terminal import Bar, Terminal
from audioguide.languages import LANGUAGES, parse
from audioguide.services import hearing, identifying, narrating
from audioguide.settings import Settings

_LOOK_SECONDS = 0.25


def add_to(commands: Any) -> None:
    """Add the command."""
    parser = commands.add_parser(
        "narrate",
        help="make the narrations that are missing",
        description="Speak every text that has no sound of its present words.",
        epilog="example: audioguide narrate --stop 9 --language kk --again",
    )
    parser.add_argument("--stop", metavar="STOP", help="only this stop: number, slug or code")
    parser.add_argument("--language", choices=LANGUAGES, help="only this language")
    parser.add_argument("--again", action="store_true", help="also what has its sound already")
    parser.add_argument("--json", action="store_true", help="print the result as JSON")
    parser.set_defaults(run=run)


def run(asked: argparse.Namespace, settings: Settings, terminal: Terminal) -> int:
    """Speak; 1 where a narration failed."""
    opened = open_guide(settings)
    bring_pack(opened)
    repair(opened)
    _want(opened, asked)
    children = Children(settings)
    try:
        _work(opened, children, terminal)
    finally:
        children.stop()
    return _tell(opened, asked, terminal)


def _want(opened: Opened, asked: argparse.Namespace) -> None:
    language = parse(asked.language)
    with opened.database.writing() as session:
        stop = identifying.stop_id(session, asked.stop) if asked.stop else None
        if asked.again:
            narrating.want_again_all(session, stop, language)
        else:
            narrating.want_failed_again(session, stop, language)


def _work(opened: Opened, children: Children, terminal: Terminal) -> None:
    with opened.database.reading() as session:
        total = hearing.progress(session).to_do
    if not total:
        return
    children.start_workers("--until-done", at_most=total)
    bar = Bar(terminal, total)
    while children.workers_live():
        with opened.database.reading() as session:
            bar.show(total - hearing.progress(session).to_do)
        time.sleep(_LOOK_SECONDS)
    bar.clear()


def _tell(opened: Opened, asked: argparse.Namespace, terminal: Terminal) -> int:
    with opened.database.reading() as session:
        progress = hearing.progress(session)
        failures = hearing.failures(session)
    if asked.json:
        terminal.json(
            {
                "ready": progress.ready,
                "to_do": progress.to_do,
                "failed": [
                    {"stop": each.stop, "language": each.language, "reason": each.reason}
                    for each in failures
                ],
            }
        )
    else:
        for each in failures:
            terminal.problem_text(f"{each.stop} {each.language}: {each.reason}")
        terminal.line(
            "Narrations: {ready} ready, {failed} failed.",
            ready=progress.ready,
            failed=progress.failed,
        )
    return 1 if failures or progress.to_do else 0
