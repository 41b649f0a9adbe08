"""Connect the rooms: settings, database and store for the web, and the commands for people."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from audioguide import processes
from audioguide.db import Database
from audioguide.settings import Settings
from audioguide.storage import FolderStore

if TYPE_CHECKING:
    from flask import Flask


def create_app(settings: Settings | None = None) -> Flask:
    """Make the web application; any WSGI server may call it, once in each of its processes."""
    from audioguide import web  # noqa: PLC0415  a command needs no pages

    settings = settings or Settings.from_environment()
    return web.build(settings, Database(settings.database_url), FolderStore(settings.store))


def create_served_app() -> Flask:
    """Make the web application inside a worker of `audioguide serve`, which ends with it."""
    processes.end_with(processes.parent_of_fork())
    return create_app()


def main() -> None:
    """Run the command line and end with its status."""
    try:
        from audioguide import cli  # noqa: PLC0415  a web process needs no command

        sys.exit(cli.run(sys.argv[1:]))
    except KeyboardInterrupt:  # before the command had begun
        sys.exit(130)
