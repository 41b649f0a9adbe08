"""`audioguide tour new`: add a tour to the pack."""

from __future__ import annotations

import argparse
import re
from collections.abc import Sequence
from typing import Any

from audioguide.cli.terminal import Terminal
from audioguide.errors import AskedWrongly
from audioguide.operations.opening import refuse_a_wrong_folder
from audioguide.services import pack_parts
from audioguide.settings import Settings


def add_to(commands: Any) -> None:
    """Add the command with its action."""
    parser = commands.add_parser(
        "tour",
        help="add a tour",
        description="Add a tour to museum.toml, with its folder and its files.",
        example='tour new children --title "For Children" --minutes 20 --stops 0,2,1',
    )
    actions = parser.add_subparsers(title="actions", required=True, metavar="ACTION")
    new = actions.add_parser(
        "new",
        help="add a tour behind the others",
        description="Add a tour, and a file in each language for its title and its description.",
        example='tour new children --title "For Children" --minutes 20 --stops 0,2,1',
    )
    new.add_argument("slug", metavar="SLUG", help="its name in addresses: a-z, 0-9, hyphens")
    new.add_argument("--title", metavar="TITLE", required=True, help="its title")
    new.add_argument(
        "--minutes", metavar="N", type=int, required=True, help="how many minutes it takes"
    )
    new.add_argument(
        "--stops", metavar="LIST", required=True, help="the numbers of its stops, as 0,2,1"
    )
    new.set_defaults(run=run)


def run(asked: argparse.Namespace, settings: Settings, terminal: Terminal) -> int:
    """Add the tour, and say what is to be done next."""
    refuse_a_wrong_folder(settings)
    added = pack_parts.add_tour(
        settings.media, asked.slug, asked.title, asked.minutes, _numbers(asked.stops)
    )
    terminal.line("New: {names}", names=added.slug)
    for path in added.files:
        terminal.plain(str(path))
    terminal.line(
        "Write in these files, in a sentence or two, for whom the tour is. Visitors see it once "
        "every language has its text."
    )
    return 0


def _numbers(written: str) -> Sequence[int]:
    parts = re.split(r"[\s,;]+", written.strip(" ,;"))
    if not all(re.fullmatch(r"[0-9]{1,6}", part) for part in parts):
        raise AskedWrongly(
            "--stops must be numbers of stops, with commas between them, as 0,2,1, and it is "
            "{value}.",
            value=" ".join(written.split()) or "–",
        )
    return [int(part) for part in parts]
