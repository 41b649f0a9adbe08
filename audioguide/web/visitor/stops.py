"""The pages that visitors read: the list by hall, a stop, a tour, the museum."""

from __future__ import annotations

from flask import abort, redirect, request
from werkzeug.wrappers import Response

from audioguide.languages import Language
from audioguide.services.narration import audible, queue
from audioguide.services.visitor import museum_page, stop_pages
from audioguide.services.visitor.calendar import now
from audioguide.services.visitor.stop_pages import Moved, OffTour, Retired, StopPage
from audioguide.web.editions import for_everybody, to_the_minute
from audioguide.web.guide import guide, reading
from audioguide.web.pages import opening_day, page, paths_to
from audioguide.web.sorry import no_stop_here
from audioguide.web.visitor import blueprint


@blueprint.get("/<language:language>/")
def stop_list(language: Language) -> Response:
    """Show every stop by hall, and the tours."""
    with reading() as session:
        halls = stop_pages.hall_lists(session, language)
        tours = stop_pages.tours(session, language)
        notice = museum_page.notice(session, language)
    moment = now()
    answer = page(
        "list.html",
        language,
        paths_to("/"),
        halls=halls,
        tours=tours,
        notice=notice.at(moment) if notice else None,
    )
    return for_everybody(answer, seconds=to_the_minute(moment) if notice else None)


@blueprint.get("/<language:language>/stops/<slug>")
def stop(language: Language, slug: str) -> Response:
    """Show a stop; a slug of earlier days leads to the present one."""
    with reading() as session:
        found = stop_pages.stop_page(session, slug, language)
    return show(found, language, "stops")


def show(
    found: StopPage | Moved | OffTour | Retired | None, language: Language, walk: str
) -> Response:
    """Show a stop that was looked for along ``walk``, or lead to where it is, or say it is not."""
    if isinstance(found, Moved):
        return redirect(f"/{language}/{walk}/{found.slug}", 301)
    if isinstance(found, OffTour):
        return redirect(f"/{language}/stops/{found.slug}", 302)
    if isinstance(found, Retired):
        return no_stop_here(language, 410)
    if found is None:
        abort(404)
    with reading() as session:
        failed = audible.has_failed(session, found.stop_id, found.language)
    is_spoken = found.heard is not None and found.heard.is_settled
    is_done = is_spoken or failed
    if request.method == "GET" and not is_done:
        _ask_for_sound(found.stop_id, found.language)
    answer = page(
        "stop.html",
        language,
        paths_to(f"/{walk}/{found.link.slug}"),
        stop=found,
        failed=failed,
        canonical=f"/{language}/stops/{found.link.slug}",
        picture=found.picture,
    )
    return for_everybody(answer) if is_done else answer  # who waits for a sound asks for it


def _ask_for_sound(stop_id: int, language: Language) -> None:
    """Move a narration to the head of the queue, if nobody is writing just now."""
    with reading() as session:
        if not queue.may_ask(session, stop_id, language):
            return
    guide().database.nudge(lambda session: queue.ask(session, stop_id, language))


@blueprint.get("/<language:language>/tours/<slug>")
def tour(language: Language, slug: str) -> Response:
    """Show a tour and its stops in order."""
    with reading() as session:
        found = stop_pages.tour_page(session, slug, language)
    if found is None:
        abort(404)
    return for_everybody(page("tour.html", language, paths_to(f"/tours/{slug}"), tour=found))


@blueprint.get("/<language:language>/tours/<tour_slug>/<slug>")
def tour_stop(language: Language, tour_slug: str, slug: str) -> Response:
    """Show a stop as it is walked along a tour; one that is not of the tour opens on its own."""
    with reading() as session:
        found = stop_pages.tour_stop_page(session, tour_slug, slug, language)
    return show(found, language, f"tours/{tour_slug}")


@blueprint.get("/<language:language>/museum")
def museum(language: Language) -> Response:
    """Show the museum's address, hours and accounts."""
    with reading() as session:
        found = museum_page.museum_page(session, language)
    if found is None:
        abort(404)
    moment = now()
    opens = found.calendar.opens_next(moment)
    # Named `page` in the template, because every page has the museum's name as `museum`.
    answer = page(
        "museum.html",
        language,
        paths_to("/museum"),
        page=found,
        notice=found.notice.at(moment) if found.notice else None,
        closed=found.calendar.closed_to_come(moment),
        open_until=found.calendar.open_until(moment),
        opens=opens,
        opens_on=opens and opening_day(opens, language),
    )
    return for_everybody(answer, seconds=to_the_minute(moment))
