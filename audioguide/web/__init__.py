"""The doors for browsers and machines: HTTP in, pages out; every rule of work is a service."""

from __future__ import annotations

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

from audioguide.db import Database
from audioguide.settings import Settings
from audioguide.storage import Store
from audioguide.web import api, headers, health, live, pages, sorry, staff, visitor
from audioguide.web.guide import EXTENSION, Guide
from audioguide.web.routing import LanguageConverter


def build(settings: Settings, database: Database, store: Store) -> Flask:
    """Build the web application over an open database and a store."""
    app = Flask(__name__, static_folder=None)
    app.extensions[EXTENSION] = Guide(settings, database, store)
    app.url_map.converters["language"] = LanguageConverter
    app.jinja_options = {"trim_blocks": True, "lstrip_blocks": True}
    app.json.sort_keys = False  # type: ignore[attr-defined]  # the contract's own order
    for room in (visitor, api, health, staff):
        app.register_blueprint(room.blueprint)
    app.register_blueprint(live.following)
    app.register_blueprint(live.leading)
    pages.prepare(app)
    sorry.prepare(app)
    headers.prepare(app)
    return app


def trust(proxies: int, app: Flask) -> None:
    """Believe so many front servers who asks, by which scheme and host."""
    if proxies:
        fix = ProxyFix(app.wsgi_app, x_for=proxies, x_proto=proxies, x_host=proxies)
        app.wsgi_app = fix  # type: ignore[method-assign]
