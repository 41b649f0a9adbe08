"""Error pages: say kindly what went wrong, for machines as JSON; never a traceback."""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from flask import Flask, Response, current_app, jsonify, request
from sqlalchemy.exc import DatabaseError, OperationalError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from werkzeug.exceptions import HTTPException, ServiceUnavailable

from audioguide.db import DatabaseBusy
from audioguide.errors import Message, message
from audioguide.languages import Language
from audioguide.services.visitor import museum_page
from audioguide.web.guide import languages, likely_language, reading, say
from audioguide.web.pages import page

_NOT_FOUND = (message("This page is not here"), message("Perhaps the address was mistyped."))
_NO_STOP = (
    message("There is no stop with this code"),
    message("Look at the number on the label and enter it here."),
)
_NO_GROUP = (
    message("There is no group with this code"),
    message("Perhaps a digit was mistyped, or the tour is over."),
)
_TOUR_ENDED = (
    message("This tour has ended"),
    message("You can read or hear every stop on your own."),
)
_NO_TEXT = (
    message("There is no text in this language yet"),
    message("The text is written in another language already; look at the top of the page."),
)
_DIGITS = message("Enter the five digits that your guide says.")
STAFF = "/staff/"  # leads everybody who is signed in to her own page
RETIRED = message("This stop is no longer part of the guide")
_UNCLEAR = (
    message("This request could not be understood"),
    message("Please open the address once more, or ask the museum's staff."),
)
_SAYINGS = {
    400: _UNCLEAR,
    403: (
        message("This part is for the museum's guides"),
        message("Ask the museum's staff, or sign in with another name."),
    ),
    429: (
        message("Too many wrong codes"),
        message("Wait a minute, then enter the code that your guide says."),
    ),
    404: _NOT_FOUND,
    405: _NOT_FOUND,
    408: (
        message("The message did not arrive in time"),
        message("The connection is slow: please try once more."),
    ),
    410: (
        RETIRED,
        message("We know this label, but its stop has been closed."),
    ),
    411: _UNCLEAR,
    413: (
        message("That is too large"),
        message("Send less, or ask the museum's staff."),
    ),
    500: (
        message("Something went wrong on our side"),
        message("Please try once more in a moment, or ask the museum's staff."),
    ),
    503: (
        message("The audio guide is busy just now"),
        message("Please try once more in a few seconds."),
    ),
}
WITHOUT_HANDLER = (400, 408, 411, 413, 500, 503)  # what is answered before a handler is asked
_BY_HANDLERS = (403, 404, 405, 410, 429)  # these pages name the museum: the database is asked
AGAIN_AFTER_SECONDS = "2"


def prepare(app: Flask) -> None:
    """Handle every HTTP error of the application."""
    app.log_exception = _log  # type: ignore[method-assign,assignment]
    app.register_error_handler(HTTPException, _answer)
    for trouble in (DatabaseBusy, DatabaseError, PoolTimeout):
        app.register_error_handler(trouble, _wait)


def no_stop_here(language: Language, status: int) -> Response:
    """Say that a code or a number leads to no stop, with the keypad below."""
    return _sorry(language, _SAYINGS[410] if status == 410 else _NO_STOP, status)


def no_group_here(language: Language, status: int) -> Response:
    """Say that a join code leads to no group, or to one whose tour is over; ask for what helps."""
    if status == 410:
        return _sorry(language, _TOUR_ENDED, status)
    return _sorry(language, _NO_GROUP, status, asked=_DIGITS)


def no_text_here(language: Language, places: Mapping[Language, str]) -> Response:
    """Say to staff that a text is not written yet; ``places`` are those of the other languages."""
    return _sorry(language, _NO_TEXT, 404, places, home=STAFF)


def refuse(language: Language, status: int) -> Response:
    """Say why no handler was asked; the database is not asked either."""
    places = {each: f"/{each}/" for each in languages()}
    answer = _sorry(language, _SAYINGS[status], status, places)
    return _with_patience(answer)


def _log(trouble: Any) -> None:
    """Log what failed by its route: an address may hold the key of an invitation."""
    current_app.logger.error("%s of %s failed", request.method, request.url_rule, exc_info=trouble)


def _wait(error: Exception) -> Response:
    """Ask for patience while the database is locked, gone, full or broken: nothing was changed."""
    mistake_of_ours = isinstance(error, DatabaseError) and not isinstance(error, OperationalError)
    current_app.logger.warning(
        "%s of %s: the database: %s",
        request.method,
        request.url_rule,
        " ".join(str(getattr(error, "orig", error)).split()),
        exc_info=error if mistake_of_ours else None,
    )
    return _answer(ServiceUnavailable())


def _answer(error: HTTPException) -> Response:
    status = error.code or int(HTTPStatus.INTERNAL_SERVER_ERROR)
    if request.path.startswith("/api/"):
        answer = jsonify(error=error.description or error.name)
        answer.status_code = status
    else:
        language = languages().parse(_first_part()) or likely_language()
        answer = _sorry(language, _SAYINGS.get(status, _NOT_FOUND), status)
    if status == 405 and isinstance(methods := dict(error.get_headers()).get("Allow"), str):
        answer.headers["Allow"] = methods
    return _with_patience(answer)


def _with_patience(answer: Response) -> Response:
    """Say after how many seconds to try again, where that helps."""
    if answer.status_code == HTTPStatus.SERVICE_UNAVAILABLE:
        answer.headers["Retry-After"] = AGAIN_AFTER_SECONDS
    return answer


def _first_part() -> str:
    return request.path[1:].partition("/")[0]


def _same_place(language: Language) -> str:
    """Return this address in another language, where the same is said in that language."""
    if _first_part() not in languages():
        return request.path
    return f"/{language}/{request.path[1:].partition('/')[2]}"


def _sorry(
    language: Language,
    saying: tuple[Message, Message],
    status: int,
    places: Mapping[Language, str] | None = None,
    asked: Message | None = None,
    home: str | None = None,
) -> Response:
    heading, sentence = (say(language, each.sentence) for each in saying)
    answer = page(
        "sorry.html",
        language,
        places or {each: _same_place(each) for each in languages()},
        status=status,
        heading=heading,
        sentence=sentence,
        keypad=status in (404, 410) and home is None,
        museum=_museum(language) if status in _BY_HANDLERS else "",
        asked=asked and say(language, asked.sentence),
        home=STAFF if status == HTTPStatus.FORBIDDEN else home,
    )
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _museum(language: Language) -> str:
    """Return the museum's name, or "" where the database cannot be asked."""
    try:
        with reading() as session:
            return museum_page.museum_name(session, language)
    except (DatabaseBusy, SQLAlchemyError):
        return ""
