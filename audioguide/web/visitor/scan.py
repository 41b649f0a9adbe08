"""The door that a printed label opens: /Q/<code>, for ever."""

from __future__ import annotations

from flask import redirect
from werkzeug.wrappers import Response

from audioguide.services.visitor import scanning
from audioguide.services.visitor.scanning import Outcome
from audioguide.web.guide import likely_language, reading
from audioguide.web.sorry import no_stop_here
from audioguide.web.visitor import blueprint


@blueprint.get("/Q/<code>", strict_slashes=False)
@blueprint.get("/q/<code>", strict_slashes=False)
def scan(code: str) -> Response:
    """Lead a scan to its stop in the visitor's language; never cached, so never stuck."""
    language = likely_language()
    with reading() as session:
        found = scanning.scan(session, code)
    if found.outcome == Outcome.FOUND:
        answer: Response = redirect(f"/{language}/stops/{found.slug}", 302)
        answer.headers["Cache-Control"] = "no-store"
    else:
        answer = no_stop_here(language, 410 if found.outcome == Outcome.RETIRED else 404)
    answer.vary.update(["Accept-Language", "Cookie"])
    return answer
