"""`audioguide serve`: pages, narrations and the watch over the pack, all in one command."""

from __future__ import annotations

import argparse
import socket
import sys
import time
from dataclasses import replace
from typing import Any

from audioguide.cli import disks, reached
from audioguide.cli.children import Children
from audioguide.cli.pulse import Pulse, answers
from audioguide.cli.terminal import Terminal
from audioguide.cli.watch import Watch
from audioguide.errors import AskedWrongly, AudioguideError, PackBroken, message
from audioguide.operations.opened import Opened
from audioguide.operations.opening import open_guide
from audioguide.services import museum_languages, qr_code
from audioguide.services.narration import available_voices, work_report
from audioguide.settings import Settings

HIGHEST_PORT = 65535
_START_SECONDS = 60
_LOOK_SECONDS = 0.1


def add_to(commands: Any) -> None:
    """Add the command."""
    parser = commands.add_parser(
        "serve",
        help="start the guide",
        description="Start the guide: pages at once, narrations in the background.",
        example="serve --host 0.0.0.0 --port 8000",
    )
    parser.add_argument(
        "--host",
        metavar="ADDRESS",
        default="127.0.0.1",
        help="address to listen on; with 0.0.0.0 phones on the network reach the guide",
    )
    parser.add_argument(
        "--port", metavar="PORT", type=_port, default=8000, help="port (8000); 0 takes a free one"
    )
    parser.set_defaults(run=run)


def _port(given: str) -> int:
    if not given.isdecimal() or len(given) > 5 or int(given) > HIGHEST_PORT:
        raise AskedWrongly("The port must be a number from 0 to 65535.")
    return int(given)


def run(asked: argparse.Namespace, settings: Settings, terminal: Terminal) -> int:
    """Serve until Ctrl-C or SIGTERM."""
    port = free_port(asked.host, asked.port)
    terminal = replace(terminal, goes_on=True)
    opened = open_guide(settings, terminal.problem, terminal.message)
    watch = Watch(opened, terminal)
    try:
        watch.begin()
    except PackBroken as error:  # at a first start there is nothing to show meanwhile
        terminal.findings(error.findings)
        terminal.problem(message("The guide is not started. Correct this, then start it again."))
        return error.status
    children = Children(settings)
    try:
        children.start_web(asked.host, port)
        _wait_for_web(children, asked.host, port)
        _greet(opened, terminal, reached.address(asked.host, port), asked.host)
        children.start_workers()
        _attend(children, watch, Pulse(asked.host, port), terminal)
    finally:
        children.stop()
    return 0


def free_port(host: str, port: int) -> int:
    """Return the port if it is free, or a free one for 0; raise AskedWrongly if it is taken.

    The server itself sets SO_REUSEPORT, with which a second start on a taken port would
    succeed in silence: so it is bound here first, without.
    """
    try:
        family, kind, protocol, _, where = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        with socket.socket(family, kind, protocol) as probe:
            if sys.platform != "win32":  # there it would allow a second owner
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(where)
            return int(probe.getsockname()[1])
    except OSError as error:
        raise AskedWrongly(
            "Port {port} on {host} cannot be used: {reason}. Choose others with --port and --host.",
            port=port,
            host=host or '""',
            reason=error.strerror or str(error),
        ) from error


def _wait_for_web(children: Children, host: str, port: int) -> None:
    deadline = time.monotonic() + _START_SECONDS
    while time.monotonic() < deadline:
        if answers(host, port):
            return
        if not children.web_lives():
            break
        time.sleep(0.05)
    raise AudioguideError("The web server did not start; see its message above.")


def _greet(opened: Opened, terminal: Terminal, where: str, host: str) -> None:
    terminal.plain(f"Open {where}")
    terminal.line("The guide is running. Open this address in a browser on this computer.")
    phones = reached.address_for_phones(where, host)
    reached.keep(opened.settings, where, phones)
    if terminal.is_screen and phones is not None:
        terminal.plain(qr_code.on_terminal(phones))
    if phones is None:
        terminal.line(
            "For phones on this network: http:// and the address of this computer and {end}; the "
            "address is in its network settings.",
            end=f":{where.rpartition(':')[2]}",
        )
    elif phones != where:
        terminal.line("For phones on this network: {address}", address=phones)
    with opened.database.reading() as session:
        progress = work_report.progress(session)
        languages = museum_languages.of_museum(session)
    if progress.to_do:
        terminal.line(
            "Preparing {count} narrations; every page can be read meanwhile.", count=progress.to_do
        )
    for each in available_voices.lines(opened.settings.voices, opened.settings.data, languages):
        terminal.message(each)
    for each in disks.warnings(opened.settings):
        terminal.message(each)
    terminal.line(
        "When you edit a text in {folder}, its page and audio are updated. Ctrl-C stops.",
        folder=opened.settings.media,
    )


def _attend(children: Children, watch: Watch, pulse: Pulse, terminal: Terminal) -> None:
    """Keep everything going until a signal ends it."""
    while True:
        if children.revive():
            pulse.begin_again()
        if pulse.is_lost:
            terminal.line("The web process no longer answers. It is ended and started again.")
            children.replace_web()
            pulse.begin_again()
        watch.look()
        time.sleep(_LOOK_SECONDS)
