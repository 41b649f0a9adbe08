"""Connect the rooms: settings, database and store for the web, and the commands for people."""

from __future__ import annotations

import sys
from functools import partial
from typing import TYPE_CHECKING

from audioguide import processes
from audioguide.db import Database
from audioguide.services import publishing
from audioguide.settings import Settings
from audioguide.storage import FolderStore

if TYPE_CHECKING:
    from flask import Flask


LOOK_SECONDS = 0.1  # a corrected text is seen in every process after this time


def create_app(
    settings: Settings | None = None, *, look_seconds: float = LOOK_SECONDS, warmed: bool = False
) -> Flask:
    """Make the web application; any WSGI server may call it, once in each of its processes.

    It looks for changes at most every ``look_seconds``; if ``warmed``, it renders after the
    first request what visitors will ask for.
    """
    from audioguide import web  # noqa: PLC0415  a command needs no pages
    from audioguide.web import fastlane, warming  # noqa: PLC0415

    settings = settings or Settings.from_environment()
    database = Database(settings.database_url)
    app = web.build(settings, database, FolderStore(settings.store))
    lane = fastlane.FastLane(
        app.wsgi_app,
        publishing.Editions(database, look_seconds),
        by_host=settings.base_url is None,
        warm=partial(warming.warm, database) if warmed else None,
    )
    app.wsgi_app = lane  # type: ignore[method-assign]
    web.trust(settings.trusted_proxies, app)
    return app


def create_served_app() -> Flask:
    """Make the web application inside a worker of `audioguide serve`, which ends with it."""
    processes.end_with(processes.parent_of_fork())
    settings = Settings.from_environment()
    processes.forget_environment()
    return create_app(settings, warmed=True)


def main() -> None:
    """Run the command line and end with its status."""
    try:
        from audioguide import cli  # noqa: PLC0415  a web process needs no command

        sys.exit(cli.run(sys.argv[1:]))
    except KeyboardInterrupt:  # before the command had begun
        sys.exit(130)
