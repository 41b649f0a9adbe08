"""`audioguide kind new`: add a kind of stops to the pack."""

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
        "kind",
        help="add a kind of stops",
        description="Add a kind of stops to museum.toml, with its folder and its files.",
        example='kind new workshop --title "Workshop"',
    )
    actions = parser.add_subparsers(title="actions", required=True, metavar="ACTION")
    new = actions.add_parser(
        "new",
        help="add a kind of stops behind the others",
        description="Add a kind of stops, and a file in each language for its name.",
        example='kind new workshop --title "Workshop" --route',
    )
    new.add_argument("slug", metavar="SLUG", help="its name in museum.toml: a-z, 0-9, hyphens")
    new.add_argument("--title", metavar="TITLE", required=True, help="its title")
    new.add_argument(
        "--route", action="store_true", help="the route line leads through the stops of this kind"
    )
    new.add_argument("--person", action="store_true", help="each of its stops is about one person")
    new.set_defaults(run=run)


def run(asked: argparse.Namespace, settings: Settings, terminal: Terminal) -> int:
    """Add the kind, and say what is to be done next."""
    refuse_a_wrong_folder(settings)
    added = pack_parts.add_kind(
        settings.media, asked.slug, asked.title, is_route=asked.route, is_person=asked.person
    )
    terminal.line("New: {names}", names=added.slug)
    for path in added.files:
        terminal.plain(str(path))
    terminal.line(
        "Write what one stop of this kind is called into these files. A stop is of this kind with "
        "the line kind = {slug} in {file}.",
        slug=f'"{added.slug}"',
        file=settings.media / "museum.toml",
    )
    return 0
