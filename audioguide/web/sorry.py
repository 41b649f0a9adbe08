"""Say kindly what went wrong; never a traceback, for machines as JSON."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from flask import Flask, Response, jsonify, request
from werkzeug.exceptions import HTTPException, InternalServerError

from audioguide import languages
from audioguide.errors import Message, message
from audioguide.languages import LANGUAGES, Language
from audioguide.web.guide import likely_language
from audioguide.web.pages import page
from audioguide.words import say

_NOT_FOUND = (message("This page is not here"), message("Perhaps the address was mistyped."))
_NO_STOP = (
    message("There is no stop with this code"),
    message("Look at the number on the label and key it in here."),
)
_NO_GROUP = (
    message("There is no group with this code"),
    message("Perhaps a digit was mistyped, or the tour is over."),
)
_TOUR_ENDED = (
    message("This tour has ended"),
    message("Every stop can be read and heard on your own."),
)
_DIGITS = message("Key in the five digits that your guide says.")
STAFF = "/staff/"  # leads everybody who is signed in to her own page
RETIRED = message("This stop is no longer part of the guide")
_SAYINGS = {
    403: (
        message("This part is for the museum's guides"),
        message("Ask the museum's staff, or sign in with another name."),
    ),
    429: (
        message("Too many codes that do not exist"),
        message("Wait a minute, then key in the code that your guide says."),
    ),
    404: _NOT_FOUND,
    405: _NOT_FOUND,
    410: (
        RETIRED,
        message("The label is still known to us, but its stop has been closed."),
    ),
    500: (
        message("Something went wrong on our side"),
        message("Please try once more in a moment, or ask the museum's staff."),
    ),
}


def prepare(app: Flask) -> None:
    """Handle every HTTP error of the application."""
    app.register_error_handler(HTTPException, _answer)


def no_stop_here(language: Language, status: int) -> Response:
    """Say that a code or a number leads to no stop, with the keypad below."""
    return _sorry(language, _SAYINGS[410] if status == 410 else _NO_STOP, status)


def no_group_here(language: Language, status: int) -> Response:
    """Say that a join code leads to no group, or to one whose tour is over; ask for what helps."""
    if status == 410:
        return _sorry(language, _TOUR_ENDED, status)
    return _sorry(language, _NO_GROUP, status, asked=_DIGITS)


def _answer(error: HTTPException) -> Response:
    status = error.code or InternalServerError.code
    if request.path.startswith("/api/"):
        answer = jsonify(error=error.description or error.name)
        answer.status_code = status
    else:
        language = languages.parse(_first_part()) or likely_language()
        answer = _sorry(language, _SAYINGS.get(status, _NOT_FOUND), status)
    if status == 405 and isinstance(methods := dict(error.get_headers()).get("Allow"), str):
        answer.headers["Allow"] = methods
    return answer


def _first_part() -> str:
    return request.path[1:].partition("/")[0]


def _same_place(language: Language) -> str:
    """Return this address in another language, where the same is said in that language."""
    if _first_part() not in LANGUAGES:
        return request.path
    return f"/{language}/{request.path[1:].partition('/')[2]}"


def _sorry(
    language: Language,
    saying: tuple[Message, Message],
    status: int,
    asked: Message | None = None,
) -> Response:
    heading, sentence = (say(language, each.sentence) for each in saying)
    # What failed may be the database: such a page asks it for nothing.
    without_database: dict[str, Any] = {"museum": ""} if status >= InternalServerError.code else {}
    answer = page(
        "sorry.html",
        language,
        {each: _same_place(each) for each in LANGUAGES},
        status=status,
        heading=heading,
        sentence=sentence,
        keypad=status in (404, 410),
        asked=asked and say(language, asked.sentence),
        home=STAFF if status == HTTPStatus.FORBIDDEN else None,
        **without_database,
    )
    answer.headers["Cache-Control"] = "no-store"
    return answer
