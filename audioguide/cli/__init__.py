"""The doors for people at a terminal: one module per command, one line for every mistake."""

from __future__ import annotations

import argparse
import signal
from collections.abc import Sequence
from types import FrameType

from audioguide import __version__
from audioguide.cli import check, explain, import_pack, labels, narrate, serve
from audioguide.cli.terminal import Terminal
from audioguide.errors import AudioguideError, PackBroken
from audioguide.settings import Settings

INTERRUPTED = 130
COMMANDS = (serve, import_pack, narrate, labels, check, explain)


class Terminated(BaseException):
    """The process was told to end (SIGTERM)."""


def run(arguments: Sequence[str]) -> int:
    """Run a command and return its status: 0 done, 1 could not be done, 2 asked wrongly, 130."""
    terminal = Terminal.of_environment()
    try:
        asked = parser().parse_args(arguments)
        signal.signal(signal.SIGTERM, _terminate)
        return int(asked.run(asked, Settings.from_environment(), terminal))
    except PackBroken as broken:
        terminal.findings(broken.findings)
        return broken.status
    except AudioguideError as error:
        terminal.problem(error.message)
        return error.status
    except OSError as error:
        where = f"{error.filename}: " if error.filename else ""
        terminal.problem_text(f"{where}{error.strerror or error}")
        return AudioguideError.status
    except KeyboardInterrupt:
        return INTERRUPTED
    except Terminated:
        return 0


def parser() -> argparse.ArgumentParser:
    """Make the parser of the whole command line."""
    whole = argparse.ArgumentParser(
        prog="audioguide",
        description="The audio guide of a museum: serve it, speak it, print its labels.",
        epilog="example: audioguide serve",
    )
    whole.add_argument("--version", action="version", version=f"audioguide {__version__}")
    commands = whole.add_subparsers(title="commands", required=True, metavar="COMMAND")
    for command in COMMANDS:
        command.add_to(commands)
    return whole


def _terminate(number: int, frame: FrameType | None) -> None:
    raise Terminated
