"""A look at a stop before visitors see it: closed to strangers, never kept."""

from __future__ import annotations

from flask import abort, redirect
from werkzeug.wrappers import Response

from audioguide.languages import Language
from audioguide.services.staff import preview
from audioguide.services.staff.preview import Unwritten
from audioguide.services.visitor.stop_pages import Moved, Retired
from audioguide.web.guide import languages, reading
from audioguide.web.pages import page
from audioguide.web.sorry import no_stop_here, no_text_here
from audioguide.web.staff import blueprint


@blueprint.get("/preview/<code>/<language:language>")
def look(code: str, language: Language) -> Response:
    """Show an unpublished stop as visitors will see it; lead to one that is published."""
    with reading() as session:
        found = preview.preview(session, code, language)
    if isinstance(found, Moved):
        return redirect(f"/{language}/stops/{found.slug}", 302)
    if isinstance(found, Retired):
        return no_stop_here(language, 410)
    if found is None:
        abort(404)
    places = {each: f"/staff/preview/{found.code}/{each}" for each in languages()}
    if isinstance(found, Unwritten):
        return no_text_here(language, places)
    return page(
        "stop.html",
        language,
        places,
        private=True,
        stop=found,
        preview=True,
        failed=False,
        picture=found.picture,
    )
