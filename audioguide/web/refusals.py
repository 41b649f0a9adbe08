"""Error pages that no handler makes: rendered at start, in each language, sent from memory."""

from __future__ import annotations

import json
from functools import cache
from http import HTTPStatus
from typing import TYPE_CHECKING

from flask import Flask, g

from audioguide.languages import Language, Languages
from audioguide.web.guide import LANGUAGE_COOKIE, guide, languages
from audioguide.web.headers import ALWAYS
from audioguide.web.lane import sent_to
from audioguide.web.prebuilt import CODINGS, Prebuilt, Rendered, Sent
from audioguide.web.sorry import AGAIN_AFTER_SECONDS, WITHOUT_HANDLER, refuse

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIEnvironment


_LONGEST_COOKIE = 4096
_PLAIN = ALWAYS | {"Cache-Control": "no-store", "Content-Type": "application/json"}
HEALTHY = Prebuilt(Rendered("200 OK", [*_PLAIN.items()], b'{"ok":true}\n'), (), best=False)


class Refusals:
    """One page for each status and language, rendered once."""

    def __init__(self, app: Flask) -> None:
        self._app = app
        self._pages: dict[tuple[int, Language, Languages], Prebuilt] = {}

    def make_all(self) -> None:
        """Render each now: when it is asked for, there may be no memory, file or time left."""
        with self._app.test_request_context("/"):
            known = languages()  # asked of the database now, and not when there is trouble
        for status in WITHOUT_HANDLER:
            for language in known:
                self._page(status, language, known)

    def sent(self, status: int, environ: WSGIEnvironment) -> Sent:
        """Answer with a status of ``WITHOUT_HANDLER``, in the language that is likely read."""
        if environ.get("PATH_INFO", "").startswith("/api/"):
            return sent_to(_for_machines(status), environ)
        with self._app.app_context():
            known, wished = guide().last_known.languages, guide().settings.default_language
        language = _likely(environ, known, wished)
        return sent_to(self._page(status, language, known), environ)

    def _page(self, status: int, language: Language, known: Languages) -> Prebuilt:
        if (status, language, known) not in self._pages:
            rendered = _rendered(self._app, language, status, known)
            self._pages[status, language, known] = Prebuilt(rendered, CODINGS, best=False)
        return self._pages[status, language, known]


def _likely(environ: WSGIEnvironment, known: Languages, wished: Language | None) -> Language:
    path = environ.get("PATH_INFO", "")[1:].partition("/")[0]
    chosen = known.parse(path) or _cookie(environ.get("HTTP_COOKIE", ""))
    return known.choose(chosen, environ.get("HTTP_ACCEPT_LANGUAGE"), wished)


@cache
def _for_machines(status: int) -> Prebuilt:
    said = HTTPStatus(status)
    line, body = f"{status} {said.phrase.upper()}", json.dumps({"error": said.description}).encode()
    more = {"Retry-After": AGAIN_AFTER_SECONDS} if status == HTTPStatus.SERVICE_UNAVAILABLE else {}
    return Prebuilt(Rendered(line, [*(_PLAIN | more).items()], body), (), best=False)


def _cookie(header: str) -> str | None:
    for part in header[:_LONGEST_COOKIE].split(";"):
        name, _, value = part.partition("=")
        if name.strip() == LANGUAGE_COOKIE:
            return value.strip()
    return None


def _rendered(app: Flask, language: Language, status: int, known: Languages) -> Rendered:
    with app.test_request_context("/"):
        g.languages = known  # the database is not asked
        answer = app.process_response(refuse(language, status))
    return Rendered(answer.status, list(answer.headers), answer.get_data())
