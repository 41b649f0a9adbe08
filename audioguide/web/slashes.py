"""Redirect an address with a slash at its end to the one without: hands and programs add it."""

from __future__ import annotations

from urllib.parse import quote

from flask import Flask, redirect, request
from werkzeug.exceptions import HTTPException, NotFound
from werkzeug.wrappers import Response

from audioguide.web.guide import languages
from audioguide.web.routing import spelt


def prepare(app: Flask) -> None:
    """Lead whoever reads with a slash too much; each page keeps one address, and one kept answer.

    Only where that address has a page: so nobody is led twice, and what is nowhere stays a 404.
    """
    routes = app.url_map.bind("localhost")

    @app.before_request
    def without_slash() -> Response | None:
        is_read = request.method in ("GET", "HEAD") and request.path.endswith("/")
        if not is_read or not isinstance(request.routing_exception, NotFound):
            return None
        path = "/" + request.path.strip("/")  # one slash in front: two would lead to another site
        try:
            _, values = routes.match(path, "GET")
        except HTTPException:  # a redirect of werkzeug's is one, too
            return None
        if (language := values.get("language")) is not None:
            if language not in languages():
                return None
            path = spelt(path, language)
        query = request.query_string.decode("latin-1")
        return redirect(quote(path) + (f"?{query}" if query else ""), 301)
