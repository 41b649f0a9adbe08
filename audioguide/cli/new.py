"""`audioguide new`: begin a museum, with a small whole pack in a folder of its own."""

from __future__ import annotations

import argparse
import os
import shlex
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from audioguide import files
from audioguide.cli.terminal import Terminal
from audioguide.db import sqlite_file
from audioguide.errors import AskedWrongly, Message, message
from audioguide.services import interface_words, new_museum
from audioguide.services.new_museum import Begun, Wish
from audioguide.settings import Settings

_Value = TypeVar("_Value")


def add_to(commands: Any) -> None:
    """Add the command."""
    parser = commands.add_parser(
        "new",
        help="begin a museum of your own",
        description="Make a folder with a small museum that can be started at once. On a screen, "
        "what is not given is asked for.",
        example='new ../harbour --name "Harbour Museum" --languages de,en --timezone Europe/Berlin',
    )
    parser.add_argument(
        "folder", metavar="DIR", type=Path, help="the folder to be made; nothing is overwritten"
    )
    parser.add_argument("--name", metavar="NAME", help="the museum's name")
    parser.add_argument(
        "--languages",
        metavar="LIST",
        help="its languages, with commas between them, as de,en; the first is the usual one",
    )
    parser.add_argument("--timezone", metavar="ZONE", help="its time zone, as Asia/Almaty")
    parser.add_argument(
        "--halls", metavar="NAMES", help="the names of its halls, with commas between them"
    )
    parser.add_argument(
        "--stops", metavar="N", type=int, help="how many stops to begin with (2), and the welcome"
    )
    parser.add_argument(
        "--from",
        dest="sheet",
        metavar="FILE",
        type=Path,
        help="a csv file whose columns are number, title and text; with several languages "
        "“title de”, “text de” and so on",
    )
    parser.set_defaults(run=run)


def run(asked: argparse.Namespace, settings: Settings, terminal: Terminal) -> int:
    """Make the museum, and say how to go on."""
    wish = _wish(asked, terminal)
    begun = new_museum.begin(asked.folder, wish)
    terminal.line(
        "Made: {folder}. Stops: {numbers}. Languages: {languages}.",
        folder=asked.folder,
        numbers=", ".join(map(str, begun.numbers)),
        languages=", ".join(wish.languages),
    )
    _tell(begun, terminal)
    _tell_what_is_not_said(wish, terminal)
    _tell_how_to_start(asked.folder, settings, terminal)
    return 0


def _wish(asked: argparse.Namespace, terminal: Terminal) -> Wish:
    new_museum.refuse_what_is_there(asked.folder)  # before anybody answers questions in vain
    if asked.stops is not None and not 0 <= asked.stops <= new_museum.MOST_STOPS:
        raise AskedWrongly(
            "{name} must be a whole number from {least} to {most}, and it is {value}.",
            name="--stops",
            least=0,
            most=new_museum.MOST_STOPS,
            value=asked.stops,
        )
    if asked.stops is not None and asked.sheet is not None:
        raise AskedWrongly("The stops are in the csv file: leave out --stops.")
    halls = new_museum.halls_of(asked.halls) if asked.halls is not None else ()
    options = ("name", "languages", "timezone")
    absent = [f"--{each}" for each in options if getattr(asked, each) is None]
    if absent and not terminal.asks:
        raise AskedWrongly(
            "This is missing: {options}. For example: --name {name} --languages kk,ru --timezone "
            "Asia/Almaty",
            options=", ".join(absent),
            name='"Our Museum"',
        )
    return Wish(
        name=_given(
            asked.name, message("What is the museum called?"), new_museum.name_of, terminal
        ),
        languages=_given(
            asked.languages,
            message("Its languages, the usual one first (for example kk,ru,en):"),
            new_museum.languages_of,
            terminal,
        ),
        timezone=_given(
            asked.timezone,
            message("Its time zone (for example Asia/Almaty):"),
            new_museum.timezone_of,
            terminal,
        ),
        staff=terminal.language,
        halls=halls,
        stops=new_museum.USUAL_STOPS if asked.stops is None else asked.stops,
        sheet=asked.sheet,
    )


def _given(
    option: str | None, question: Message, read: Callable[[str], _Value], terminal: Terminal
) -> _Value:
    """Read an option, or ask for it until the answer can be used."""
    if option is not None:
        return read(option)
    while (answer := terminal.answer(question)) is not None:
        try:
            return read(answer)
        except AskedWrongly as wrong:
            terminal.problem(wrong.message)
    raise AskedWrongly("Nothing was made: a question has no answer.")


def _tell(begun: Begun, terminal: Terminal) -> None:
    """Say what somebody should look at before the museum is shown to anybody."""
    if begun.hidden:
        terminal.line(
            "Visitors do not see these stops yet, for their texts are to be written: {numbers}.",
            numbers=", ".join(map(str, begun.hidden)),
        )
    if begun.lent:
        terminal.line(
            "There are no sample texts in {languages}. Until you write them, the museum says what "
            "it has in this language: {stand_in}.",
            languages=", ".join(begun.lent),
            stand_in=begun.stand_in,
        )
    if begun.declared:
        terminal.line(
            "The program does not know {languages} by itself. See in museum.toml whether names "
            "and voice are right.",
            languages=", ".join(begun.declared),
        )
    if begun.mute:
        terminal.line(
            "No voice of espeak-ng speaks {languages}. Choose that of a language which sounds "
            "like it, and write it into museum.toml: espeak = ...",
            languages=", ".join(begun.mute),
        )
    if begun.unused:
        terminal.line(
            "These columns of the csv file are not used: {names}.", names=", ".join(begun.unused)
        )


def _tell_what_is_not_said(wish: Wish, terminal: Terminal) -> None:
    """Name the languages in which buttons and pages are still to get their words."""
    not_said = interface_words.not_said(wish.languages)
    if not_said:
        terminal.line(
            "Buttons and pages have no words in {languages} yet: they speak another language "
            "there. This prints what is to be translated: {command}",
            languages=", ".join(not_said),
            command=f"python3 scripts/audioguide.py words missing {not_said[0]}",
        )


def _tell_how_to_start(folder: Path, settings: Settings, terminal: Terminal) -> None:
    """Say the command that starts it; beside another museum it has a database of its own."""
    variables = []
    if folder.absolute() != settings.media:
        variables.append(("AUDIOGUIDE_MEDIA", str(folder)))
        known = sqlite_file(settings.database_url)
        if known is not None and files.is_there(known):
            variables.append(("AUDIOGUIDE_DATA", f"{folder}-data"))
    terminal.line("Now start it:")
    if os.name == "nt":
        for name, value in variables:
            terminal.plain(f"set {name}={value}")
        terminal.plain("python scripts/serve.py")
    else:
        before = [f"{name}={shlex.quote(value)}" for name, value in variables]
        terminal.plain(" ".join([*before, "python3 scripts/serve.py"]))
