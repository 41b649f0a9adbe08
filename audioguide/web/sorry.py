"""Say kindly what went wrong; never a traceback, for machines as JSON."""

from __future__ import annotations

from flask import Flask, Response, jsonify, request
from werkzeug.exceptions import HTTPException, InternalServerError

from audioguide import languages
from audioguide.errors import Message, message
from audioguide.languages import Language
from audioguide.web.guide import likely_language
from audioguide.web.pages import page
from audioguide.words import say

_NOT_FOUND = (message("This page is not here"), message("Perhaps the address was mistyped."))
_NO_STOP = (
    message("There is no stop with this code"),
    message("Look at the number on the label and key it in here."),
)
_SAYINGS = {
    404: _NOT_FOUND,
    405: _NOT_FOUND,
    410: (
        message("This stop is no longer part of the guide"),
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


def _answer(error: HTTPException) -> Response:
    status = error.code or InternalServerError.code
    if status < 400:
        return Response(status=status, headers=error.get_headers())
    if request.path.startswith("/api/"):
        answer = jsonify(error=error.description or error.name)
        answer.status_code = status
    else:
        language = languages.parse(request.path[1:3]) or likely_language()
        answer = _sorry(language, _SAYINGS.get(status, _NOT_FOUND), status)
    if status == 405 and isinstance(methods := dict(error.get_headers()).get("Allow"), str):
        answer.headers["Allow"] = methods
    return answer


def _sorry(language: Language, saying: tuple[Message, Message], status: int) -> Response:
    heading, sentence = (say(language, each.sentence) for each in saying)
    answer = page(
        "sorry.html",
        language,
        None,
        status=status,
        heading=heading,
        sentence=sentence,
        keypad=status in (404, 410),
    )
    answer.headers["Cache-Control"] = "no-store"
    return answer
