"""The scripts of the pages, by the hash of what they say: kept for ever."""

from __future__ import annotations

from flask import Response, abort

from audioguide.web.editions import for_ever, for_everybody
from audioguide.web.javascript import find_script
from audioguide.web.visitor import blueprint


@blueprint.get("/script/<name>")
def script(name: str) -> Response:
    """Answer with a script; the fast lane compresses it."""
    found = find_script(name)
    if found is None:
        abort(404)
    answer = Response(found.text, content_type="text/javascript; charset=utf-8")
    answer.set_etag(name.partition(".")[0])
    return for_everybody(for_ever(answer))
