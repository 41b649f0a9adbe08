"""The first page of whoever has signed in: what she can do, and the way out."""

from __future__ import annotations

from flask import redirect
from werkzeug.wrappers import Response

from audioguide.services.staff import preview
from audioguide.web.guard import HOMES, form_key, person
from audioguide.web.guide import languages, likely_language, reading
from audioguide.web.pages import page
from audioguide.web.staff import blueprint

HERE = "/staff/"


@blueprint.get("/")
def home() -> Response:
    """Lead a guide to her tours; tell an editor how texts are corrected."""
    there = HOMES[person().role]
    if there != HERE:
        return redirect(there, 303)
    with reading() as session:
        waiting = preview.unpublished(session)
    return page(
        "staff.html",
        likely_language(),
        dict.fromkeys(languages(), HERE),
        private=True,
        for_staff=True,
        person=person(),
        unpublished=waiting,
        form_key=form_key(),
    )
