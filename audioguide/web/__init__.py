"""The web adapters, here called doors: HTTP in, pages out; every rule of work is a service."""

from __future__ import annotations

from functools import partial

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

from audioguide.db import Database
from audioguide.settings import Settings
from audioguide.storage import FolderStore
from audioguide.web import (
    api,
    bodies,
    forwarded,
    guard,
    headers,
    health,
    lane,
    live,
    pages,
    routing,
    slashes,
    sorry,
    spooling,
    staff,
    visitor,
    warming,
)
from audioguide.web.bodies import Bounds
from audioguide.web.fastlane import FastLane
from audioguide.web.front import Front, Rooms
from audioguide.web.guide import EXTENSION, Guide
from audioguide.web.lane import Editions
from audioguide.web.refusals import Refusals
from audioguide.web.routing import BoundedInteger, LanguageConverter
from audioguide.web.spooling import Spool


def build(settings: Settings, database: Database, store: FolderStore) -> Flask:
    """Build the web application over an open database and a store."""
    app = Flask(__name__, static_folder=None)
    app.extensions[EXTENSION] = Guide(settings, database, store)
    app.url_map.converters |= {"language": LanguageConverter, "int": BoundedInteger}
    app.jinja_options = {"trim_blocks": True, "lstrip_blocks": True}
    app.json.sort_keys = False  # type: ignore[attr-defined]  # the contract's own order
    for room in (visitor, api, health, staff):
        app.register_blueprint(room.blueprint)
    app.register_blueprint(live.following)
    app.register_blueprint(live.leading)
    pages.prepare(app)
    sorry.prepare(app)
    headers.prepare(app)
    for rule in (bodies, guard, forwarded, slashes, routing):
        rule.prepare(app)
    return app


def as_wsgi(app: Flask, settings: Settings, editions: Editions, *, warmed: bool) -> None:
    """Put what keeps answers in front of an application that any WSGI server may serve."""
    kept = _lane(app, settings, editions)
    warm = partial(warming.warm, _database(app)) if warmed else None
    refusals = Refusals(app)
    if warmed:
        refusals.make_all()
    front = FastLane(kept, refusals, warm=warm)
    app.wsgi_app = front  # type: ignore[method-assign]
    if proxies := settings.trusted_proxies:
        fix = ProxyFix(front, x_for=proxies, x_proto=proxies, x_host=proxies)
        app.wsgi_app = fix  # type: ignore[method-assign]


def as_front(app: Flask, settings: Settings, editions: Editions) -> Front:
    """Put the front of `audioguide serve` before the same application."""
    kept = _lane(app, settings, editions)
    refusals = Refusals(app)
    refusals.make_all()
    asks = FastLane(kept, refusals)
    return Front(
        Rooms(
            lane=kept,
            refusals=refusals,
            bounds=Bounds(app),
            spool=Spool(settings.data / spooling.FOLDER),
            preflight=partial(guard.preflight, app),
            warm=lambda place: warming.warm(_database(app), asks, place),
            trusted_proxies=settings.trusted_proxies,
        )
    )


def _lane(app: Flask, settings: Settings, editions: Editions) -> lane.Lane:
    """Keep answers, and what the pages know of the museum, until an edition rises."""
    guide: Guide = app.extensions[EXTENSION]
    guide.last_known.editions = editions
    return lane.Lane(app.wsgi_app, editions, by_host=settings.base_url is None)


def _database(app: Flask) -> Database:
    guide: Guide = app.extensions[EXTENSION]
    return guide.database
