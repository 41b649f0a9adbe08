"""The guide's page: start a tour, lead it with one thumb, end it; closed by the guard."""

from __future__ import annotations

from typing import Any

from flask import abort, jsonify, redirect, request
from werkzeug.wrappers import Response

from audioguide.errors import AskedWrongly
from audioguide.services import qr_code
from audioguide.services.groups import guide_page, leading
from audioguide.services.groups.guide_page import Led
from audioguide.services.groups.joining import GroupState
from audioguide.services.groups.leading import Command, Verb
from audioguide.services.visitor import stop_pages
from audioguide.web.bodies import KB, takes
from audioguide.web.guard import form_key, person, wants_json
from audioguide.web.guide import guide, languages, likely_language, public_address, reading
from audioguide.web.live import leading as blueprint
from audioguide.web.live.state import state_json
from audioguide.web.pages import kept_together, page


@blueprint.get("/")
def choose() -> Response:
    """Offer the tours, and the groups that are on their way."""
    language = likely_language()
    with reading() as session:
        tours = stop_pages.tours(session, language)
        groups = guide_page.on_the_way(session, person().person_id, language)
    return page(
        "lead.html",
        language,
        dict.fromkeys(languages(), "/lead/"),
        private=True,
        for_staff=True,
        tours=tours,
        groups=groups,
        person=person(),
        form_key=form_key(),
    )


@blueprint.post("/")
@takes(4 * KB)
def start() -> Response:
    """Start a group on a tour."""
    try:
        with guide().database.writing() as session:
            group_id = leading.start(session, person().person_id, request.form.get("tour", ""))
    except AskedWrongly:  # the tour has gone since the page was opened: it is shown anew
        return redirect("/lead/", 303)
    return redirect(f"/lead/{group_id}", 303)


@blueprint.get("/<int:group_id>")
def lead(group_id: int) -> Response:
    """Show the guide where her group is, and let her lead it."""
    language = likely_language()
    found = _led(group_id)
    if found.state.ended:
        return redirect("/lead/", 303)
    return page(
        "leading.html",
        language,
        dict.fromkeys(languages(), f"/lead/{group_id}"),
        private=True,
        for_staff=True,
        led=found,
        join_address=public_address(f"/live/{found.state.join_code}"),
        begin=state_json(found.state),
        form_key=form_key(),
    )


@blueprint.get("/<int:group_id>/join.svg")
def join_symbol(group_id: int) -> Response:
    """Draw the join code's address as a symbol for the screen."""
    state = _led(group_id).state
    drawn = qr_code.on_screen(public_address(f"/live/{state.key}"))  # scanned, it needs no code
    return Response(drawn, content_type="image/svg+xml")


@blueprint.get("/<int:group_id>/state")
def state(group_id: int) -> Response:
    """Tell the guide's page the state, the talking points, and how many follow."""
    return jsonify(_led_json(_led(group_id)))


@blueprint.post("/<int:group_id>/command")
@takes(4 * KB)
def command(group_id: int) -> Response:
    """Do what the guide wishes; a wish that came too late changes nothing."""
    wished = _command()
    with guide().database.writing() as session:
        state = leading.command(session, guide().store, group_id, person().person_id, wished)
    if state is None:
        abort(404)
    return _answer(group_id, state)


@blueprint.post("/<int:group_id>/here")
@takes(KB)
def here(group_id: int) -> Response:
    """Note that the guide's page is open, so that the phones stay awake."""
    guide_id = person().person_id
    guide().database.nudge(lambda session: leading.seen(session, group_id, guide_id))
    return Response(status=204)


@blueprint.post("/<int:group_id>/end")
@takes(4 * KB)
def end(group_id: int) -> Response:
    """End the tour for everybody."""
    with guide().database.writing() as session:
        if not leading.end(session, group_id, person().person_id):
            abort(404)
    return redirect("/lead/", 303)


def _led(group_id: int) -> Led:
    with reading() as session:
        found = guide_page.led(session, group_id, person().person_id, likely_language())
    if found is None:
        abort(404)
    return found


def _command() -> Command:
    form = request.form
    try:
        sentence = form.get("sentence")
        return Command(
            Verb(form.get("do", "")),
            int(form.get("version", "")),
            None if sentence is None else int(sentence),
            form.get("stop"),
        )
    except ValueError:
        abort(400)


def _answer(group_id: int, state: GroupState) -> Response:
    return jsonify(state_json(state)) if wants_json() else redirect(f"/lead/{group_id}", 303)


def _led_json(led: Led) -> dict[str, Any]:
    return {
        "state": state_json(led.state),
        "place": led.place,
        "points": [kept_together(each) for each in led.points],
        "present": {
            language: [each.following, each.in_step, each.behind]
            for language, each in led.present.items()
        },
    }
