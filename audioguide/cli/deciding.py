"""`audioguide narrate --drop-take` and `--reviewed`: what a curator decides about a recording."""

from __future__ import annotations

import argparse
import contextlib
from collections.abc import Sequence

from audioguide.cli.opening import Opened, bring_pack, open_guide, want
from audioguide.cli.terminal import Terminal
from audioguide.errors import AskedWrongly, AudioguideError, PackBroken
from audioguide.languages import Language, parse
from audioguide.services.narration import take_decisions
from audioguide.services.staff import stop_lookup
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
    named, language = asked.drop_take[0], _language(asked.drop_take[1])
    opened, stop_id = _opened(settings, named)
    with opened.database.reading() as session:
        moved = take_decisions.put_aside(session, stop_id, language, settings.media)
    with opened.database.writing() as session:
        dropped = take_decisions.drop(session, stop_id, language)
    if dropped is None and not moved:
        raise AudioguideError("There is no recording of this text.")
    originals = () if dropped is None else dropped.originals
    for name in () if dropped is None else dropped.files:
        opened.store.let_go(name)
    want(opened)
    if asked.json:
        terminal.json({"originals": originals, "put_aside": moved})
    else:
        _tell_dropped(moved, originals, opened, terminal)
    return 0


def _tell_dropped(
    moved: Sequence[str], originals: Sequence[str], opened: Opened, terminal: Terminal
) -> None:
    terminal.line("The recording is taken back. The computer's voice is heard again.")
    for name in moved:
        terminal.line("The file beside the text is called {file} now.", file=name)
    for name in originals:
        path = opened.settings.data / "takes" / name
        terminal.line("The original is kept: {file}", file=path)


def review(asked: argparse.Namespace, settings: Settings, terminal: Terminal) -> int:
    """Note that sentences of a recording are right; their warnings go."""
    named, language, *sentences = (*asked.reviewed, "", "")[: max(len(asked.reviewed), 2)]
    numbers = [int(each) for each in sentences if each.isdecimal() and len(each) < 6]
    if not sentences or len(numbers) < len(sentences):
        raise AskedWrongly(
            "Say which sentence is right, by its number: --reviewed STOP LANGUAGE SENTENCE."
        )
    opened, stop_id = _opened(settings, named)
    with opened.database.writing() as session:
        left = take_decisions.find_right(session, stop_id, _language(language), numbers)
    if asked.json:
        terminal.json({"needs_review": left})
    elif left:
        terminal.line("Noted. Sentences that need review still: {numbers}.", numbers=_listed(left))
    else:
        terminal.line("Noted. No sentence of this recording needs review any more.")
    return 0


def _opened(settings: Settings, named: str) -> tuple[Opened, int]:
    opened = open_guide(settings)
    with contextlib.suppress(PackBroken):  # a mistake in a text holds up no decision
        bring_pack(opened)
    with opened.database.reading() as session:
        return opened, stop_lookup.stop_id(session, named)


def _language(named: str) -> Language:
    language = parse(named)
    if language is None:
        raise AskedWrongly("{language} is no language of the guide.", language=named or "–")
    return language


def _listed(numbers: Sequence[int]) -> str:
    return ", ".join(map(str, numbers))
