"""`audioguide words missing`: the interface words that a language lacks, to be translated."""

from __future__ import annotations

import argparse
import io
import sys
from typing import Any

from audioguide.cli.terminal import Terminal
from audioguide.languages.asked import language_of
from audioguide.services import interface_words
from audioguide.settings import Settings


def add_to(commands: Any) -> None:
    """Add the command."""
    parser = commands.add_parser(
        "words",
        help="the words of buttons and pages in a language",
        description="Words of buttons and pages, as files of gettext have them.",
        example="words missing uz-Latn",
    )
    actions = parser.add_subparsers(title="actions", required=True, metavar="ACTION")
    missing = actions.add_parser(
        "missing",
        help="print what is to be translated",
        description="Print the words that a language lacks, those of visitors first. Translate "
        "them, and put the file into words/ beside museum.toml; where one lies there already, put "
        "them at its end.",
        example="words missing uz-Latn",
    )
    missing.add_argument("language", metavar="LANGUAGE", help="a language tag, as kk or uz-Latn")
    missing.set_defaults(run=run)


def run(asked: argparse.Namespace, settings: Settings, terminal: Terminal) -> int:
    """Print the catalogue."""
    lacking = interface_words.lacking(settings.media, language_of(asked.language))
    if not terminal.is_screen and isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8")  # as the catalogue says of itself
    terminal.plain(interface_words.to_translate(lacking, terminal.language).rstrip("\n"))
    return 0
