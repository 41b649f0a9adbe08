"""What phones that follow ask for: the state, the stop, the time."""

from __future__ import annotations

from typing import Any

from flask import Response, abort, jsonify, render_template, request
from werkzeug.exceptions import Gone, NotFound

from audioguide.languages import Language, facts
from audioguide.services import editions
from audioguide.services.groups import following, joining
from audioguide.services.groups.following import Visit, Words
from audioguide.services.groups.joining import GroupState
from audioguide.web.editions import for_everybody
from audioguide.web.guide import guide, languages, reading, say
from audioguide.web.live import following as blueprint
from audioguide.web.pages import kept_together, lang_of, unbroken
from audioguide.web.throttle import network
from audioguide.words import translator


@blueprint.get("/time")
def server_time() -> Response:
    """Tell the server's time; an answer that was kept anywhere would be a lie."""
    answer = jsonify(now_ms=joining.server_ms())
    answer.headers["Cache-Control"] = "no-store"
    return answer


@blueprint.get("/<join_code>/state")
def state(join_code: str) -> Response:
    """Tell what every phone of a group should do.

    Phones ask with the group's key, and that answer is kept for all of them. Asking with the
    join code is as slow as keying it in, so that nobody finds one by trying.
    """
    found = joined(join_code)
    answer = jsonify(state_json(found))
    if joining.fold(join_code):
        answer.headers["Cache-Control"] = "no-store"
        return answer
    return for_everybody(answer, editions.GUIDE, found.scope)


@blueprint.get("/<key>/visit/<int:number>")
def visit(key: str, number: int) -> Response:
    """Describe the stop where a group is, in all languages."""
    with reading() as session:
        found = following.visit(session, guide().store, key, number)
    if found is None:
        abort(404)
    return for_everybody(jsonify(visit_json(found)), editions.GUIDE, found.scope)


def joined(code: str) -> GroupState:
    """Find a group by its key, or by a keyed join code; whoever has tried many has to wait.

    For a code the throttle is asked first, so that luck helps no one.
    """
    folded = joining.fold(code)
    return _by_code(folded) if folded else _by_key(code)


def _by_key(key: str) -> GroupState:
    with reading() as session:
        found = joining.state(session, key)
    if found is None:
        raise NotFound
    return found


def _by_code(code: str) -> GroupState:
    place = network(request.remote_addr)
    if guide().throttle.is_closed(place):
        abort(429)
    with reading() as session:
        group = joining.group_by_code(session, code)
        if group is not None:
            return joining.state_of(session, group)
        if joining.has_ended(session, code):
            raise Gone
    guide().throttle.note_wrong(place)
    raise NotFound


def state_json(state: GroupState) -> dict[str, Any]:
    """Write a state for a phone; the keys are what the scripts read."""
    return {
        "version": state.version,
        "ended": state.ended,
        "visit": state.visit,
        "stop": state.stop,
        "sentence": state.sentence,
        "playing": state.playing,
        "at_ms": state.at_ms,
        "seen_ms": state.seen_ms,
    }


def visit_json(visit: Visit) -> dict[str, Any]:
    """Write a stop for a phone."""
    return {
        "number": visit.number,
        "slug": visit.slug,
        "quiet": visit.quiet,
        "begins_ms": visit.begins_ms,
        "ends_ms": visit.ends_ms,
        "words": {
            language: _words_json(words, language) for language, words in visit.words.items()
        },
    }


def _words_json(words: Words, language: Language) -> dict[str, Any]:
    """Write a stop's words as its own page has them; heading and picture are HTML of ours."""
    picture = words.picture and render_template(
        "picture.html",
        stop=words,
        _=translator(language, languages()),
        lang_of=lambda told: lang_of(told, words.language),
    )
    return {
        "language": words.language,
        "direction": facts(words.language).direction,
        "instead": _instead(words, language),
        "title": words.title,
        "heading": unbroken(words.title),
        "content_note": words.content_note and kept_together(words.content_note),
        "picture": picture,
        "paragraphs": [[kept_together(each) for each in part] for part in words.paragraphs],
        "sound": f"/audio/{words.sound}" if words.sound else None,
        "cues": [[cue.start_ms, cue.end_ms] for cue in words.cues],
    }


def _instead(words: Words, language: Language) -> str | None:
    """Say that a stop is told in another language than the one that a phone asks for."""
    if words.language == language:
        return None
    return say(
        language,
        "This stop has no text in this language yet. Here it is in another one: {language}.",
        language=languages().name(words.language),
    )
