"""Choose a language: at the welcome, or on any page; the choice is remembered for a year."""

from __future__ import annotations

from flask import redirect, request
from werkzeug.wrappers import Response

from audioguide.languages import Language
from audioguide.services.visitor import museum_page
from audioguide.services.visitor.calendar import now
from audioguide.web.guide import LANGUAGE_COOKIE, languages, likely_language, reading
from audioguide.web.local_paths import is_local
from audioguide.web.pages import page
from audioguide.web.visitor import blueprint

A_YEAR_SECONDS = 365 * 24 * 3600


@blueprint.get("/")
def welcome() -> Response:
    """Offer the museum's languages, the likely one first."""
    likely = likely_language()
    with reading() as session:
        names = museum_page.own_names(session)
        notice = museum_page.notice(session, likely)
    answer = page(
        "welcome.html",
        likely,
        None,
        names=names,
        notice=notice.at(now()) if notice else None,
        in_order=sorted(languages(), key=lambda each: each != likely),
    )
    answer.vary.update(["Accept-Language", "Cookie"])
    return answer


@blueprint.get("/language/<language:language>")
def choose(language: Language) -> Response:
    """Remember a language and go on to a page of this site."""
    there = request.args.get("to", "")
    answer = redirect(there if is_local(there) else f"/{language}/", 303)
    answer.set_cookie(
        LANGUAGE_COOKIE,
        str(language),
        max_age=A_YEAR_SECONDS,
        samesite="Lax",
        secure=request.is_secure,
    )
    answer.headers["Cache-Control"] = "no-store"
    return answer
