"""`audioguide listen`: have every voice say the same sentences, to choose among them by hearing."""

from __future__ import annotations

import argparse
from typing import Any

from audioguide.cli import asking
from audioguide.cli.museum_language import museum_language
from audioguide.cli.terminal import Terminal
from audioguide.engines import DRAFT
from audioguide.errors import AudioguideError
from audioguide.operations.opening import open_guide
from audioguide.operations.pack import bring_pack
from audioguide.settings import PREFIX, Settings


def add_to(commands: Any) -> None:
    """Add the command."""
    parser = commands.add_parser(
        "listen",
        help="hear the same sentences by every voice, to choose among them",
        description="Write a sound file of the first three sentences by each voice that can speak.",
        example="listen 9 ru",
    )
    asking.add_text(parser)
    parser.set_defaults(run=run)


def run(asked: argparse.Namespace, settings: Settings, terminal: Terminal) -> int:
    """Write the files, say where they are and what to do then; 1 where no voice spoke."""
    from audioguide.operations import voice_samples  # noqa: PLC0415  loads the voices

    opened = open_guide(settings, terminal.problem)
    bring_pack(opened)
    text = voice_samples.choose(opened, asked.stop, museum_language(opened, asked.language))
    terminal.plain(f"{text.stop} · {text.sentences.title}")
    for shown, _ in text.sentences.lines:
        terminal.plain(f"  {shown}")
    heard = []
    for sample in voice_samples.speak(opened, text):
        if sample.file is None:
            why = (
                ""
                if sample.why is None
                else terminal.said(sample.why.sentence, **sample.why.values)
            )
            terminal.plain(f"✗ {sample.voice:<31} {why}")
            continue
        heard.append(sample.voice)
        terminal.plain(f"✓ {sample.voice:<31} {sample.seconds:>3} s  {sample.file.name}")
    if not heard:
        return AudioguideError.status
    terminal.line("The files are in {folder}: listen to them in turn.", folder=text.folder)
    better = [voice for voice in heard if voice != DRAFT.name]
    if better:
        chosen = settings.voices.preferring(text.sentences.language, better, text.museum)
        terminal.line(
            "Then name the voices that you understand best, the best first, as in {setting}, and "
            "restart the guide.",
            setting=f'{PREFIX}VOICES="{chosen}"',
        )
    else:
        terminal.line(
            "There is one voice only. {page} tells how to get others.",
            page=f"docs/{terminal.language}/voices.md",
        )
    return 0
