"""The doors for people at a terminal: one module per command, one line for every mistake."""

from __future__ import annotations

import io
import os
import sys
from argparse import Namespace
from collections.abc import Sequence

from sqlalchemy.exc import SQLAlchemyError

from audioguide import __version__
from audioguide.cli import (
    asking,
    check,
    draw,
    explain,
    hall,
    history,
    import_pack,
    kind,
    labels,
    listen,
    narrate,
    new,
    serve,
    staff,
    stop,
    tour,
    voices,
    words,
)
from audioguide.cli.ending import Terminated
from audioguide.cli.terminal import Terminal
from audioguide.errors import AudioguideError, PackBroken, is_no_room, message, plain_reason
from audioguide.operations import trouble
from audioguide.settings import PREFIX, Settings

INTERRUPTED = 130
COMMANDS = (
    new,
    serve,
    import_pack,
    narrate,
    voices,
    labels,
    stop,
    kind,
    hall,
    tour,
    draw,
    check,
    words,
    explain,
    listen,
    history,
    staff,
)


def run(arguments: Sequence[str]) -> int:
    """Run a command and return its status: 0 done, 1 could not be done, 2 asked wrongly, 130."""
    _write_whatever_it_is()
    terminal = Terminal.of_environment()
    try:
        asked = asking.read(parser(), arguments, terminal.language)
        return int(asked.run(asked, _settings(asked), terminal))
    except BrokenPipeError:  # its reader has read enough, as `head` does
        _close_quietly()
        return AudioguideError.status
    except (AudioguideError, SQLAlchemyError, OSError) as error:
        return _told(error, terminal)
    except KeyboardInterrupt:
        return INTERRUPTED
    except Terminated:
        return 0


def _write_whatever_it_is() -> None:
    """Put a question mark in the place of a letter that the terminal or a pipe does not have."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")


def _close_quietly() -> None:
    """Let what is still to be written go nowhere: nobody reads it."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    os.close(nowhere)


def _told(error: AudioguideError | SQLAlchemyError | OSError, terminal: Terminal) -> int:
    """Say what went wrong, in one line for each thing, and return the status for it."""
    if isinstance(error, PackBroken):
        terminal.findings(error.findings)
    elif isinstance(error, AudioguideError):
        terminal.problem(error.message)
    elif isinstance(error, SQLAlchemyError):
        terminal.problem(trouble.database_problem(error))
    elif is_no_room(error):
        terminal.problem(message("The disk is full. Make room, and try again."))
    else:
        place = message("{file}: {reason}.", file=error.filename or "—", reason=plain_reason(error))
        terminal.problem(place if error.filename else plain_reason(error))
    return error.status if isinstance(error, AudioguideError) else AudioguideError.status


def parser() -> asking.Parser:
    """Make the parser of the whole command line, in English."""
    whole = asking.Parser(
        prog=asking.PROGRAM,
        description="The audio guide of a museum: serve it, speak it, print its labels.",
        example="serve",
    )
    whole.add_argument("--version", action="version", version=f"audioguide {__version__}")
    commands = whole.add_subparsers(title="commands", required=True, metavar="COMMAND")
    for command in COMMANDS:
        command.add_to(commands)
    return whole


def _settings(asked: Namespace) -> Settings:
    """Read the settings; a draft of labels may carry an address that no wall may."""
    variables = dict(os.environ)
    if getattr(asked, "draft", False):
        asked.draft_address = variables.pop(f"{PREFIX}BASE_URL", "").strip() or None
    return Settings.from_environment(variables)
