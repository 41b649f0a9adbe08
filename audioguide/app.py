"""Connect the rooms: settings, database and store for the web, and the commands for people."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from audioguide import processes
from audioguide.db import AT_THE_DOOR, Database
from audioguide.services import editions
from audioguide.settings import Settings
from audioguide.storage import FolderStore

if TYPE_CHECKING:
    from flask import Flask

    from audioguide.web.front import Front

# A thread that renders gives way to the event loop after this time: kept pages wait for no more.
SWITCH_SECONDS = 0.0005
LOOK_SECONDS = 0.1  # a corrected text is seen in every process after this time


def create_app(
    settings: Settings | None = None, *, look_seconds: float = LOOK_SECONDS, warmed: bool = False
) -> Flask:
    """Make the web application; any WSGI server may call it, once in each of its processes.

    It looks for changes at most every ``look_seconds``; if ``warmed``, it renders after the
    first request what visitors will ask for.
    """
    from audioguide import web  # noqa: PLC0415  a command needs no pages

    settings = settings or Settings.from_environment()
    app, database = _pages(settings)
    web.as_wsgi(app, settings, editions.Editions(database, look_seconds), warmed=warmed)
    return app


def create_front(settings: Settings, *, look_seconds: float = LOOK_SECONDS) -> Front:
    """Make the same application for granian, which it answers from its event loop (RSGI)."""
    from audioguide import web  # noqa: PLC0415

    app, database = _pages(settings)
    return web.as_front(app, settings, editions.Editions(database, look_seconds))


def create_served_front() -> Front:
    """Make the front inside a worker of `audioguide serve`, which ends with it."""
    processes.end_with(processes.parent_of_fork())
    settings = Settings.from_environment()
    processes.forget_environment()
    sys.setswitchinterval(SWITCH_SECONDS)
    return create_front(settings)


def _pages(settings: Settings) -> tuple[Flask, Database]:
    from audioguide import web  # noqa: PLC0415

    database = Database(settings.database_url, AT_THE_DOOR)
    return web.build(settings, database, FolderStore(settings.store)), database


def main() -> None:
    """Run the command line and end with its status."""
    from audioguide.cli import ending  # noqa: PLC0415  a web process needs no command

    try:
        ending.be_ended()
        from audioguide import cli  # noqa: PLC0415

        sys.exit(cli.run(sys.argv[1:]))
    except KeyboardInterrupt:  # before the command had begun
        sys.exit(130)
    except ending.Terminated:
        sys.exit(0)
