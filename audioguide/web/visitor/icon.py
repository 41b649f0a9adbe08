"""The small sign in a browser's tab: the route line, and here on it."""

from __future__ import annotations

from pathlib import Path

from flask import Response

from audioguide.web.editions import for_everybody
from audioguide.web.visitor import blueprint

A_WEEK_SECONDS = 7 * 24 * 3600
_ICON = Path(__file__).parent.parent / "static" / "icon.svg"


@blueprint.get("/icon.svg")
@blueprint.get("/favicon.ico")  # browsers ask for this name whatever the page says
def icon() -> Response:
    """Show the sign."""
    answer = Response(_ICON.read_bytes(), content_type="image/svg+xml")
    answer.headers["Cache-Control"] = f"public, max-age={A_WEEK_SECONDS}"
    return for_everybody(answer)
