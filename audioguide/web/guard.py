"""Authentication, authorization and CSRF tokens: close a room of the web to those outside."""

from __future__ import annotations

import hmac
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, cast
from urllib.parse import quote

from flask import Blueprint, Flask, abort, current_app, g, redirect, request
from flask.sansio.app import App
from werkzeug.wrappers import Response

from audioguide.roles import Role
from audioguide.services.staff import signing_in
from audioguide.services.staff.signing_in import Known
from audioguide.web.guide import guide, reading
from audioguide.web.prebuilt import Sent

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIEnvironment

SESSION_COOKIE = "session"
FORM_KEY = "form_key"
FORM_KEY_HEADER = "Audioguide-Form-Key"
SIGN_IN = "/staff/sign-in"
HOMES = {Role.GUIDE: "/lead/", Role.EDITOR: "/staff/"}
_CLOSED = "audioguide.closed_rooms"  # of each app: who gets in below which path


def close(
    blueprint: Blueprint,
    *,
    roles: Sequence[Role] = tuple(Role),
    open_to_all: Sequence[str] = (),
) -> None:
    """Let nobody into a room's blueprint who is not signed in with one of ``roles``.

    ``open_to_all`` names the few handlers by which one gets in. Every request that changes
    something must bring the session's form key along. Answers are never stored.
    """
    blueprint.record(lambda setup: _closed(setup.app).update({f"{blueprint.url_prefix}/": roles}))
    names = {f"{blueprint.name}.{handler}" for handler in open_to_all}

    @blueprint.before_request
    def let_in() -> Response | None:
        return None if request.endpoint in names else _let_in(roles)

    @blueprint.after_request
    def keep_private(response: Any) -> Any:
        response.headers["Cache-Control"] = "no-store"
        return response


def prepare(app: Flask) -> None:
    """Refuse what a page of another site sends: a form, a script, a link that signs somebody in."""
    app.before_request(_refuse_other_sites)


def preflight(app: Flask, environ: WSGIEnvironment) -> Sent | None:
    """Let the guard look at a request whose body has not come yet; return its refusal."""
    with app.request_context(environ):
        try:
            refusal = app.preprocess_request()
        except Exception as error:  # noqa: BLE001  as Flask does: an abort is an answer, too
            refusal = app.handle_user_exception(error)
        if refusal is None:
            return None
        answer = app.process_response(app.make_response(refusal))
        return answer.status, list(answer.headers), answer.get_data()


def person() -> Known:
    """Return who is signed in; only for handlers behind the guard."""
    return cast(Known, g.person)


def is_open_to(role: Role, path: str) -> bool:
    """Tell whether somebody with this role gets in at a path."""
    return all(
        role in roles for room, roles in _closed(current_app).items() if f"{path}/".startswith(room)
    )


def _closed(app: App) -> dict[str, Sequence[Role]]:
    rooms: dict[str, Sequence[Role]] = app.extensions.setdefault(_CLOSED, {})
    return rooms


def form_key() -> str:
    """Return what a form of this session must bring along."""
    return signing_in.form_key(request.cookies.get(SESSION_COOKIE, ""))


def wants_json() -> bool:
    """Tell whether a script asks rather than a person."""
    return request.headers.get("Accept", "").startswith("application/json")


def _refuse_other_sites() -> None:
    """Refuse a change that another site's page asks for.

    New browsers say so over https (Sec-Fetch-Site); all others name the page's site (Origin). A
    program that is no browser says neither, and nobody can make it send what it does not want.
    """
    if request.method in ("GET", "HEAD", "OPTIONS"):
        return
    relation = request.headers.get("Sec-Fetch-Site")
    if relation is not None:
        is_ours = relation in ("same-origin", "none")
    else:
        origin = request.headers.get("Origin")
        is_ours = origin is None or origin in _own_origins()
    if not is_ours:
        abort(403)


def _own_origins() -> set[str]:
    """Return this site as a page names it; its scheme may be hidden behind a front server."""
    own = {f"{scheme}://{request.host}" for scheme in ("http", "https")}
    base = guide().settings.base_url
    return own | {base} if base else own


def _let_in(roles: Sequence[Role]) -> Response | None:
    cookie = request.cookies.get(SESSION_COOKIE)
    with reading() as session:
        known = signing_in.known(session, cookie)
        stale = known is not None and signing_in.is_worth_noting(session, cookie or "")
    if known is None or cookie is None:
        return _to_sign_in()
    if known.role not in roles:
        abort(403)
    if request.method not in ("GET", "HEAD", "OPTIONS"):
        _demand_form_key(cookie)
    if stale:
        guide().database.nudge(lambda session: signing_in.note_seen(session, cookie))
    g.person = known
    return None


def _to_sign_in() -> Response:
    if wants_json():
        abort(401)
    there = request.path if request.method == "GET" else "/lead/"
    return redirect(f"{SIGN_IN}?to={quote(there)}", 303)


def _demand_form_key(cookie: str) -> None:
    given = request.headers.get(FORM_KEY_HEADER) or request.form.get(FORM_KEY, "")
    if not hmac.compare_digest(given.encode(), signing_in.form_key(cookie).encode()):
        abort(403)
