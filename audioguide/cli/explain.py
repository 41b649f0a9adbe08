"""`audioguide explain`: show what a stop says, what the voice makes of it, and when."""

from __future__ import annotations

import argparse
from typing import Any

from audioguide.cli import asking
from audioguide.cli.museum_language import museum_language
from audioguide.cli.terminal import Terminal
from audioguide.operations.opening import open_guide
from audioguide.operations.pack import bring_pack
from audioguide.services.staff import stop_lookup
from audioguide.settings import Settings


def add_to(commands: Any) -> None:
    """Add the command."""
    parser = commands.add_parser(
        "explain",
        help="show how a stop is spoken, sentence by sentence",
        description="Show each sentence as it is read, as it is spoken, and when it is heard.",
        example="explain 9 kk",
    )
    asking.add_text(parser)
    parser.set_defaults(run=run)


def run(asked: argparse.Namespace, settings: Settings, terminal: Terminal) -> int:
    """Explain a stop."""
    from audioguide.services.staff import spoken_sentences  # noqa: PLC0415  loads the voice

    opened = open_guide(settings, terminal.problem)
    bring_pack(opened)
    language = museum_language(opened, asked.language)
    with opened.database.reading() as session:
        stop = stop_lookup.stop_id(session, asked.stop)
        told = spoken_sentences.explain(session, stop, language, settings.media, opened.store)
    terminal.plain(f"{told.stop} · {told.title}")
    terminal.line(told.state.sentence, **told.state.values)
    for sentence in told.sentences:
        when = "" if sentence.start_ms is None else f"{sentence.start_ms / 1000:6.1f} s  "
        terminal.plain(f"\n{when}{sentence.shown}")
        if sentence.spoken != sentence.shown:
            terminal.plain(f"{' ' * len(when)}{sentence.spoken}")
    return 0
