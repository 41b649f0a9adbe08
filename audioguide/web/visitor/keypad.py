"""Enter a number instead of scanning."""

from __future__ import annotations

from flask import redirect, request
from werkzeug.wrappers import Response

from audioguide.languages import Language
from audioguide.services.groups import joining
from audioguide.services.visitor import scanning, stop_pages
from audioguide.services.visitor.scanning import Outcome
from audioguide.web.editions import for_everybody
from audioguide.web.guide import reading, say
from audioguide.web.pages import page, paths_to
from audioguide.web.sorry import RETIRED
from audioguide.web.visitor import blueprint

LONGEST_SHOWN = 12
MOST_TO_CHOOSE_FROM = 120  # more numbers than are found faster by looking than by typing


@blueprint.get("/<language:language>/number")
def number(language: Language) -> Response:
    """Show the keypad, or lead a keyed number to its stop."""
    typed = _printable(request.args.get("number", "")).strip()
    if not typed:
        return for_everybody(_keypad(language, 200, None))
    with reading() as session:
        found = scanning.key_in(session, typed)
    if found.outcome == Outcome.FOUND:
        return redirect(f"/{language}/stops/{found.slug}", 303)
    if joined := joining.fold(typed):
        return redirect(f"/live/{joined}", 303)
    if found.outcome == Outcome.RETIRED:
        problem = say(language, RETIRED.sentence)
    else:
        problem = say(
            language,
            "There is no stop {number}. Look at the number on the label once more.",
            number=typed[:LONGEST_SHOWN],
        )
    return _keypad(language, 404, problem)


def _keypad(language: Language, status: int, problem: str | None) -> Response:
    """Show the keypad; a kiosk has no keys, so that numbers can be tapped as well."""
    with reading() as session:
        halls = stop_pages.hall_lists(session, language)
    stops = sorted((stop for hall in halls for stop in hall.stops), key=lambda stop: stop.number)
    return page(
        "number.html",
        language,
        paths_to("/number"),
        status=status,
        problem=problem,
        stops=stops if len(stops) <= MOST_TO_CHOOSE_FROM else (),
    )


def _printable(typed: str) -> str:
    """Drop what nobody sees: control characters, and the marks that copied text brings along."""
    return "".join(character for character in typed if character.isprintable())
