"""`audioguide hall new`: add a hall to the pack."""

from __future__ import annotations

import argparse
from typing import Any

from audioguide.cli.terminal import Terminal
from audioguide.operations.opening import refuse_a_wrong_folder
from audioguide.services import pack_parts
from audioguide.settings import Settings


def add_to(commands: Any) -> None:
    """Add the command with its action."""
    parser = commands.add_parser(
        "hall",
        help="add a hall",
        description="Add a hall to museum.toml, with its folder and its files.",
        example='hall new yard --title "The Yard"',
    )
    actions = parser.add_subparsers(title="actions", required=True, metavar="ACTION")
    new = actions.add_parser(
        "new",
        help="add a hall behind the others",
        description="Add a hall, and a file in each language for its name.",
        example='hall new yard --title "The Yard"',
    )
    new.add_argument("slug", metavar="SLUG", help="its name in museum.toml: a-z, 0-9, hyphens")
    new.add_argument("--title", metavar="TITLE", required=True, help="its title")
    new.set_defaults(run=run)


def run(asked: argparse.Namespace, settings: Settings, terminal: Terminal) -> int:
    """Add the hall, and say what is to be done next."""
    refuse_a_wrong_folder(settings)
    added = pack_parts.add_hall(settings.media, asked.slug, asked.title)
    terminal.line("New: {names}", names=added.slug)
    for path in added.files:
        terminal.plain(str(path))
    terminal.line(
        "Write its name in each language into these files. For a stop in it, write its hall into "
        "{file}: hall = {slug}",
        file=settings.media / "museum.toml",
        slug=f'"{added.slug}"',
    )
    return 0
