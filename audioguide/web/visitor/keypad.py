"""Key in a number instead of scanning."""

from __future__ import annotations

from flask import redirect, request
from werkzeug.wrappers import Response

from audioguide.languages import Language
from audioguide.services import scanning
from audioguide.services.scanning import Outcome
from audioguide.web.editions import for_everybody
from audioguide.web.guide import guide
from audioguide.web.pages import page, paths_to
from audioguide.web.sorry import RETIRED
from audioguide.web.visitor import blueprint
from audioguide.words import say

LONGEST_SHOWN = 12


@blueprint.get("/<language:language>/number")
def number(language: Language) -> Response:
    """Show the keypad, or lead a keyed number to its stop."""
    typed = _printable(request.args.get("number", "")).strip()
    if not typed:
        return for_everybody(page("number.html", language, paths_to("/number")))
    with guide().database.reading() as session:
        found = scanning.key_in(session, typed)
    if found.outcome == Outcome.FOUND:
        return redirect(f"/{language}/stops/{found.slug}", 303)
    if found.outcome == Outcome.RETIRED:
        problem = say(language, RETIRED.sentence)
    else:
        problem = say(
            language,
            "There is no stop {number}. Look at the number on the label once more.",
            number=typed[:LONGEST_SHOWN],
        )
    return page("number.html", language, paths_to("/number"), status=404, problem=problem)


def _printable(typed: str) -> str:
    """Drop what nobody sees: control characters, and the marks that copied text brings along."""
    return "".join(character for character in typed if character.isprintable())
