"""Sign in, sign out, and set a password with an invitation."""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import redirect, request
from werkzeug.wrappers import Response

from audioguide.errors import AskedWrongly, message
from audioguide.operations import sessions
from audioguide.operations.sessions import Entered
from audioguide.roles import Role
from audioguide.services.staff import signing_in
from audioguide.web.bodies import KB, takes
from audioguide.web.guard import HOMES, SESSION_COOKIE, is_open_to
from audioguide.web.guide import guide, languages, likely_language, reading, say
from audioguide.web.local_paths import is_local
from audioguide.web.pages import page
from audioguide.web.staff import blueprint
from audioguide.web.throttle import network

_LONGEST_FIELD = 300
_TOO_MANY = message("Too many attempts. Wait {seconds} seconds, then try again.")


@blueprint.get("/sign-in")
def ask() -> Response:
    """Ask for name and password."""
    return _form()


@blueprint.post("/sign-in")
@takes(4 * KB, slow=True)
def sign_in() -> Response:
    """Let a person in; never say whether the name or the password was wrong."""
    name, password = _field("name"), request.form.get("password", "")
    found = sessions.sign_in(guide(), name, network(request.remote_addr), password)
    if isinstance(found, Entered):
        return _let_in(found, request.form.get("to", ""))
    if found.wait_seconds:
        return _wait(found.wait_seconds)
    return _form(403, say(likely_language(), "The name or the password is wrong."))


@blueprint.post("/sign-out")
@takes(4 * KB)
def sign_out() -> Response:
    """End the session, here and for whoever has a copy of its cookie."""
    with guide().database.writing() as session:
        signing_in.sign_out(session, request.cookies.get(SESSION_COOKIE, ""))
    answer = redirect("/staff/sign-in", 303)
    answer.delete_cookie(SESSION_COOKIE)
    return answer


@blueprint.get("/invited/<key>")
def invited(key: str) -> Response:
    """Ask whoever was invited for a password of her own."""
    return _password_form(key)


@blueprint.post("/invited/<key>")
@takes(4 * KB, slow=True)
def accept(key: str) -> Response:
    """Set the password, once, and let her in."""
    try:
        entered = sessions.accept(guide(), key, request.form.get("password", ""))
    except AskedWrongly as error:
        said = say(likely_language(), error.message.sentence, **error.message.values)
        return _password_form(key, 400, said)
    return _password_form(key) if entered is None else _let_in(entered, "")


def _form(status: int = 200, problem: str | None = None) -> Response:
    return page(
        "sign_in.html",
        likely_language(),
        dict.fromkeys(languages(), "/staff/sign-in"),
        status=status,
        private=True,
        for_staff=True,
        problem=problem,
        name=_field("name"),
        to=request.values.get("to", "")[:_LONGEST_FIELD],
    )


def _wait(seconds: int) -> Response:
    answer = _form(429, say(likely_language(), _TOO_MANY.sentence, seconds=seconds))
    answer.headers["Retry-After"] = str(seconds)
    return answer


def _password_form(key: str, status: int = 200, problem: str | None = None) -> Response:
    with reading() as session:
        who = signing_in.invited(session, key)
    return page(
        "invited.html",
        likely_language(),
        dict.fromkeys(languages(), request.path),
        status=410 if who is None else status,
        private=True,
        for_staff=True,
        problem=problem,
        who=who,
        shortest=signing_in.SHORTEST_PASSWORD,
    )


def _let_in(entered: Entered, to: str) -> Response:
    answer = redirect(_way_in(entered.role, to), 303)
    answer.set_cookie(
        SESSION_COOKIE,
        entered.cookie,
        max_age=int(signing_in.SESSION_LASTS.total_seconds()),
        httponly=True,
        samesite="Lax",
        secure=request.is_secure,
    )
    return answer


def _way_in(role: Role, to: str) -> str:
    """Return where somebody who has just signed in goes: where she wished if she may, else home."""
    return to if is_local(to) and is_open_to(role, urlsplit(to).path) else HOMES[role]


def _field(name: str) -> str:
    typed = request.form.get(name, "")[:_LONGEST_FIELD]
    return "".join(character for character in typed if character.isprintable())
