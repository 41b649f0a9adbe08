"""`audioguide history`: the versions that a text has had, and a way back to one of them."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from typing import Any

from audioguide.cli import asking
from audioguide.cli.museum_language import museum_language
from audioguide.cli.terminal import Terminal
from audioguide.errors import AudioguideError
from audioguide.operations import versions
from audioguide.operations.opening import open_guide
from audioguide.operations.versions import BroughtBack
from audioguide.services.staff.text_versions import Version
from audioguide.settings import Settings

_MOST_SHOWN = 60


def add_to(commands: Any) -> None:
    """Add the command."""
    parser = commands.add_parser(
        "history",
        help="show the versions of a text, and bring one back",
        description="List the versions that a text has had, the newest first; show one of them, "
        "or bring it back into the text's file.",
        example="history 9 kk --bring-back 2",
    )
    asking.add_text(parser)
    what = parser.add_mutually_exclusive_group()
    what.add_argument("--show", type=int, metavar="N", help="print version N whole")
    what.add_argument(
        "--bring-back", type=int, metavar="N", help="write version N into the text's file"
    )
    parser.add_argument("--json", action="store_true", help="print the result as JSON")
    parser.set_defaults(run=run)


def run(asked: argparse.Namespace, settings: Settings, terminal: Terminal) -> int:
    """List the versions, or show one, or bring one back."""
    opened = open_guide(settings, terminal.problem)
    language = museum_language(opened, asked.language)
    if asked.bring_back is not None:
        brought = versions.bring_back(opened, asked.stop, language, asked.bring_back)
        _tell_brought_back(brought, asked.bring_back, terminal, as_json=asked.json)
    elif asked.show is not None:
        found = versions.version(opened, asked.stop, language, asked.show)
        _show(found, terminal, as_json=asked.json)
    else:
        _list(versions.versions(opened, asked.stop, language), terminal, as_json=asked.json)
    return 0


def _tell_brought_back(
    brought: BroughtBack, number: int, terminal: Terminal, *, as_json: bool
) -> None:
    if as_json:
        terminal.json({"brought_back": number, "file": str(brought.file)})
        return
    terminal.line("Version {number} stands in {file} again.", number=number, file=brought.file)
    if brought.is_shown:
        terminal.line("Visitors read it now, and its sound follows.")


def _show(found: Version, terminal: Terminal, *, as_json: bool) -> None:
    if as_json:
        terminal.json(_record(found) | {"text": found.file})
    elif not terminal.has_letters_of(found.file):  # what is piped into a file must be whole
        raise AudioguideError(
            "This terminal lacks letters of the text. Set PYTHONIOENCODING=utf-8, and ask again."
        )
    else:
        terminal.plain(found.file.removesuffix("\n"))


def _list(found: Sequence[Version], terminal: Terminal, *, as_json: bool) -> None:
    if as_json:
        terminal.json({"versions": [_record(each) for each in found]})
        return
    for each in reversed(found):
        moment = each.made_at.astimezone()
        said = _quoted(each.first_change)
        if each.only_less:
            said = terminal.said("taken out: {words}", words=said)
        here = terminal.said("read now") if each.is_present else ""
        who = terminal.said("the content pack") if each.is_of_the_pack else each.made_by
        shown = (f"{each.number:>3}", f"{moment:%Y-%m-%d %H:%M}", who, said, here)
        terminal.plain("  ".join(part for part in shown if part))


def _quoted(words: str) -> str:
    if len(words) > _MOST_SHOWN:
        words = words[: _MOST_SHOWN - 1].rstrip() + "…"
    return f"“{words}”"


def _record(found: Version) -> dict[str, Any]:
    return {
        "number": found.number,
        "made_at": found.made_at.isoformat(),
        "made_by": found.made_by,
        "title": found.words.title,
        "first_change": found.first_change,
        "is_present": found.is_present,
    }
