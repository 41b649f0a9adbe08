"""Sign in, sign out, and set a password with an invitation."""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import redirect, request
from werkzeug.wrappers import Response

from audioguide.errors import AskedWrongly, message
from audioguide.languages import LANGUAGES
from audioguide.services.staff import signing_in
from audioguide.web.bodies import KB, takes
from audioguide.web.guard import HOMES, SESSION_COOKIE, SIGN_IN, is_open_to
from audioguide.web.guide import guide, likely_language
from audioguide.web.live.throttle import network
from audioguide.web.pages import page
from audioguide.web.staff import blueprint
from audioguide.web.visitor.language import is_local
from audioguide.words import say

_LONGEST_FIELD = 300
_TOO_MANY = message("Too many tries. Wait {seconds} seconds, then try again.")


@blueprint.get("/sign-in")
def ask() -> Response:
    """Ask for name and password."""
    return _form()


@blueprint.post("/sign-in")
@takes(4 * KB, slow=True)
def sign_in() -> Response:
    """Let a person in whose password fits; never say whether the name or the password was wrong."""
    name, password = _field("name"), request.form.get("password", "")
    place = network(request.remote_addr)
    with guide().database.reading() as session:
        seconds = signing_in.wait(session, name, place)
        kept = signing_in.password_of(session, name)
    if seconds:
        return _wait(seconds)
    if signing_in.fits(password, kept):  # slow on purpose, in a thread of its own
        with guide().database.writing() as session:
            cookie = signing_in.sign_in(session, name, place, kept)
        if cookie is not None:
            return _let_in(cookie, request.form.get("to", ""))
    with guide().database.writing() as session:
        refused = signing_in.note_failure(session, name, place)
    if refused.wait_seconds:
        return _wait(refused.wait_seconds)
    return _form(403, say(likely_language(), "Name and password do not belong together."))


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
        with guide().database.writing() as session:
            cookie = signing_in.accept(session, key, request.form.get("password", ""))
    except AskedWrongly as error:
        said = say(likely_language(), error.message.sentence, **error.message.values)
        return _password_form(key, 400, said)
    return _password_form(key) if cookie is None else _let_in(cookie, "")


def _form(status: int = 200, problem: str | None = None) -> Response:
    return page(
        "sign_in.html",
        likely_language(),
        dict.fromkeys(LANGUAGES, "/staff/sign-in"),
        status=status,
        private=True,
        problem=problem,
        name=_field("name"),
        to=request.values.get("to", "")[:_LONGEST_FIELD],
    )


def _wait(seconds: int) -> Response:
    answer = _form(429, say(likely_language(), _TOO_MANY.sentence, seconds=seconds))
    answer.headers["Retry-After"] = str(seconds)
    return answer


def _password_form(key: str, status: int = 200, problem: str | None = None) -> Response:
    with guide().database.reading() as session:
        who = signing_in.invited(session, key)
    return page(
        "invited.html",
        likely_language(),
        dict.fromkeys(LANGUAGES, request.path),
        status=410 if who is None else status,
        private=True,
        problem=problem,
        who=who,
        shortest=signing_in.SHORTEST_PASSWORD,
    )


def _let_in(cookie: str, to: str) -> Response:
    answer = redirect(_way_in(cookie, to), 303)
    answer.set_cookie(
        SESSION_COOKIE,
        cookie,
        max_age=int(signing_in.SESSION_LASTS.total_seconds()),
        httponly=True,
        samesite="Lax",
        secure=request.is_secure,
    )
    return answer


def _way_in(cookie: str, to: str) -> str:
    """Return where somebody who has just signed in goes: where she wished if she may, else home."""
    with guide().database.reading() as session:
        known = signing_in.known(session, cookie)
    if known is None:
        return SIGN_IN
    home = HOMES[known.role]
    return to if is_local(to) and is_open_to(known.role, urlsplit(to).path) else home


def _field(name: str) -> str:
    typed = request.form.get(name, "")[:_LONGEST_FIELD]
    return "".join(character for character in typed if character.isprintable())
