"""`audioguide narrate --drop-take` and `--reviewed`: what a curator decides about a recording."""

from __future__ import annotations

import argparse
import contextlib
from collections.abc import Sequence

from audioguide.cli.museum_language import museum_language
from audioguide.cli.terminal import Terminal
from audioguide.errors import AskedWrongly, PackBroken
from audioguide.operations import recordings
from audioguide.operations.opened import Opened
from audioguide.operations.opening import open_guide
from audioguide.operations.pack import bring_pack
from audioguide.operations.recordings import TakenBack
from audioguide.settings import Settings


def add_to(parser: argparse.ArgumentParser) -> None:
    """Add the options to `audioguide narrate`."""
    parser.add_argument(
        "--drop-take",
        nargs=2,
        metavar=("STOP", "LANGUAGE"),
        help="take a recording back: the computer's voice is heard again",
    )
    parser.add_argument(
        "--reviewed",
        nargs="+",
        metavar=("STOP LANGUAGE SENTENCE", "SENTENCE"),
        help="sentences that need review were heard, and are right",
    )


def drop(asked: argparse.Namespace, settings: Settings, terminal: Terminal) -> int:
    """Take a recording back; the original stays, and its file beside the text is put aside."""
    opened = _opened(settings, terminal)
    named, language = asked.drop_take[0], museum_language(opened, asked.drop_take[1])
    taken_back = recordings.take_back(opened, named, language)
    if asked.json:
        originals, moved = taken_back.originals, taken_back.put_aside
        terminal.json({"originals": originals, "put_aside": moved})
    else:
        _tell_taken_back(taken_back, opened, terminal)
    return 0


def _tell_taken_back(taken_back: TakenBack, opened: Opened, terminal: Terminal) -> None:
    terminal.line("The recording is taken back. The computer's voice is heard again.")
    for name in taken_back.put_aside:
        terminal.line("The file beside the text is called {file} now.", file=name)
    for name in taken_back.originals:
        terminal.line("The original is kept: {file}", file=opened.takes.path(name))


def review(asked: argparse.Namespace, settings: Settings, terminal: Terminal) -> int:
    """Note that sentences of a recording are right; their warnings go."""
    named, language, *sentences = (*asked.reviewed, "", "")[: max(len(asked.reviewed), 2)]
    numbers = [int(each) for each in sentences if each.isdecimal() and len(each) < 6]
    if not sentences or len(numbers) < len(sentences):
        raise AskedWrongly(
            "Say which sentence is right, by its number: --reviewed STOP LANGUAGE SENTENCE."
        )
    opened = _opened(settings, terminal)
    left = recordings.find_right(opened, named, museum_language(opened, language), numbers)
    if asked.json:
        terminal.json({"needs_review": left})
    elif left:
        terminal.line("Noted. Sentences that need review still: {numbers}.", numbers=_listed(left))
    else:
        terminal.line("Noted. No sentence of this recording needs review any more.")
    return 0


def _opened(settings: Settings, terminal: Terminal) -> Opened:
    opened = open_guide(settings, terminal.problem)
    with contextlib.suppress(PackBroken):  # a mistake in a text holds up no decision
        bring_pack(opened)
    return opened


def _listed(numbers: Sequence[int]) -> str:
    return ", ".join(map(str, numbers))
