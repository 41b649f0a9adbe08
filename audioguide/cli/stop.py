"""`audioguide stop new`: add a stop to the pack."""

from __future__ import annotations

import argparse
from typing import Any

from audioguide.cli.asking import Naming
from audioguide.cli.terminal import Terminal
from audioguide.kinds import THE_SEVEN
from audioguide.operations.opening import open_guide
from audioguide.services import pack_parts
from audioguide.settings import Settings


def add_to(commands: Any) -> None:
    """Add the command with its action."""
    parser = commands.add_parser(
        "stop",
        help="add a stop",
        description="Add a stop to museum.toml, with its code, its folder and its files.",
        example='stop new 18 --kind section --title "The Lamp"',
    )
    actions = parser.add_subparsers(title="actions", required=True, metavar="ACTION")
    new = actions.add_parser(
        "new",
        help="add a stop, which visitors do not see yet",
        description="Add a stop behind the one with the next lower number, and a file in each "
        "language for its text.",
        example='stop new 18 --kind section --title "The Lamp"',
    )
    new.add_argument("number", metavar="NUMBER", type=int, help="its number, on label and keypad")
    new.add_argument("--title", metavar="TITLE", required=True, help="its title")
    new.add_argument(
        "--kind",
        action=Naming,
        values={"names": ", ".join(THE_SEVEN.slugs)},
        metavar="KIND",
        help="its kind: one of the museum's own, else %(names)s",
    )
    new.add_argument("--hall", metavar="SLUG", help="its hall; usually that of the stop before it")
    new.add_argument("--slug", metavar="SLUG", help="its name in addresses; usually of its title")
    new.set_defaults(run=run)


def run(asked: argparse.Namespace, settings: Settings, terminal: Terminal) -> int:
    """Add the stop, and say what is to be done next."""
    opened = open_guide(settings, terminal.problem)
    with opened.database.reading() as session:
        taken = pack_parts.codes_given(session)
    added = pack_parts.add_stop(
        settings.media,
        asked.number,
        asked.kind,
        asked.title,
        taken,
        hall=asked.hall,
        slug=asked.slug,
    )
    terminal.line("New: {names}", names=f"{asked.number} {added.slug} {added.code}")
    if added.after is not None:
        terminal.line("In the walk it follows stop {number}.", number=added.after)
    for path in added.files:
        terminal.plain(str(path))
    terminal.line(
        "Write its text and its title into these files. Then delete the line published = false "
        "of this stop in {file}: visitors see it, and its label can be printed.",
        file=settings.media / "museum.toml",
    )
    return 0
