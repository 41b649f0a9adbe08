"""Argument parsing in the person's language: help, usage and mistakes of the command line."""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, NoReturn

from audioguide.errors import AskedWrongly
from audioguide.languages import Language
from audioguide.words import Translate, translator

PROGRAM = "python3 scripts/audioguide.py"  # as a person types it in a fresh checkout


class _Help(argparse.HelpFormatter):
    """Help whose first line names what must be given; options would make it half a page."""

    def add_usage(
        self, usage: str | None, actions: Iterable[argparse.Action], *others: Any, **more: Any
    ) -> None:
        """Add it without the options, which the list below it explains."""
        needed = [each for each in actions if each.required or not each.option_strings]
        super().add_usage(usage, needed, *others, **more)


class Parser(argparse.ArgumentParser):
    """A parser whose help ends with an example to copy, and whose mistakes are ours."""

    def __init__(self, *, example: str = "", **options: Any) -> None:
        """Take an ``example`` as it stands behind the program's name."""
        super().__init__(formatter_class=_Help, **options)
        self.example = example
        self.example_title = "example"
        self.set_defaults(parser=self)  # of a command and its action, the action's holds

    def format_help(self) -> str:
        """Return the help; the example stands in one line, however long it is."""
        return f"{super().format_help()}\n{self.example_title}:\n  {PROGRAM} {self.example}\n"

    def error(self, message: str) -> NoReturn:
        """Raise AskedWrongly with what argparse found wrong, in place of a page of usage."""
        raise AskedWrongly(
            "{wrong}\nSee: {command} --help",
            wrong=message[:1].upper() + message[1:],
            command=self.prog,
        )


class Naming(argparse._StoreAction):
    """An option whose help names what there is: ``%(names)s`` stands for a value of its own."""

    def __init__(self, *given: Any, values: Mapping[str, str], **more: Any) -> None:
        """Take the ``values`` that argparse puts into the help, after that was translated."""
        super().__init__(*given, **more)
        vars(self).update(values)


def add_text(parser: argparse.ArgumentParser) -> None:
    """Ask for the stop and the language that name one text."""
    parser.add_argument("stop", metavar="STOP", help="number, slug or code")
    parser.add_argument(
        "language",
        metavar="LANGUAGE",
        help="a language of the museum, as kk",
    )


def read(parser: Parser, arguments: Sequence[str], language: Language) -> argparse.Namespace:
    """Read a command line; raise AskedWrongly for a mistake, print help in ``language``."""
    said = translator(language)
    translate(parser, said)
    with _argparse_saying(said):
        asked, unknown = parser.parse_known_args(arguments)
    if unknown:  # by argparse's own means it would be the whole program's mistake
        asked.parser.error(said("unrecognized arguments: %s") % " ".join(unknown))
    return asked


def translate(parser: Parser, said: Translate) -> None:
    """Put every sentence of a parser and of those below it into a language; None stays None."""
    parser.description = said(parser.description)
    parser.example_title = said(parser.example_title)
    for group in parser._action_groups:
        group.title = said(group.title)
    for action in parser._actions:
        action.help = said(action.help)
        action.metavar = _placeholder(action.metavar, said)
        if isinstance(action, argparse._SubParsersAction):
            for listed in action._choices_actions:
                listed.help = said(listed.help)
            for below in action.choices.values():
                translate(below, said)


def _placeholder(named: Any, said: Translate) -> Any:
    """Translate the name of a value, or of each where an option takes several."""
    return tuple(map(said, named)) if isinstance(named, tuple) else said(named)


@contextmanager
def _argparse_saying(said: Translate) -> Iterator[None]:
    """Let argparse say its own sentences in a language.

    It has them said by two functions of gettext under names of its own, and they differ from one
    Python to the next: what is not in the catalogue, or was renamed, is said in English.
    """
    names = vars(argparse)
    ours = {"_": said, "ngettext": lambda one, many, count: said(one if count == 1 else many)}
    before = {name: names[name] for name in ours if name in names}
    names.update({name: ours[name] for name in before})
    try:
        yield
    finally:
        names.update(before)
