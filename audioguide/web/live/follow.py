"""The page of a phone that follows a group: joined by a code, without a name."""

from __future__ import annotations

from typing import Any

from werkzeug.exceptions import Gone, NotFound
from werkzeug.wrappers import Response

from audioguide.errors import message
from audioguide.languages import Language, facts
from audioguide.services.groups.joining import GroupState
from audioguide.services.visitor import museum_page
from audioguide.web.guide import languages, likely_language, reading, say
from audioguide.web.live import following as blueprint
from audioguide.web.live.state import joined, state_json
from audioguide.web.pages import page
from audioguide.web.sorry import no_group_here

# What the script says, in each language: a phone changes its language without a new page.
_SAYINGS = {
    "arm": message("Tap to listen with the group"),
    "armed_hint": message("Keep this page open: your phone follows the guide."),
    "waiting": message("Your guide will go on in a moment."),
    "playing": message("You are listening with the group."),
    "quiet": message("This is a place of silence. Your guide will lead on."),
    "own": message("You are listening on your own."),
    "leave": message("Listen on my own"),
    "rejoin": message("Back to the group"),
    "back": message("Back 10 seconds"),
    "ahead": message("Forward 10 seconds"),
    "silent": message("There is no audio here in this language; the text is below."),
    "closed": message("This stop is closed. Your guide will lead on."),
    "lost": message("No connection. The audio goes on; the phone will catch up."),
    "sound": message("Audio"),
    "ended": message("The tour has ended. Thank you for walking with us."),
    "on": message("Continue on my own"),
}


@blueprint.get("/<join_code>")
def follow(join_code: str) -> Response:
    """Let a phone follow the group that has this join code."""
    language = likely_language()
    try:
        state = joined(join_code)
        if state.ended:
            raise Gone
    except (NotFound, Gone) as error:
        return no_group_here(language, error.code)
    with reading() as session:
        names = museum_page.museum_names(session)
    answer = page(
        "follow.html",
        language,
        dict.fromkeys(languages(), f"/live/{state.key}"),
        private=True,
        join_code=state.join_code,
        key=state.key,
        begin=state_json(state),
        sayings={each: _sayings(each, names.get(each, ""), state) for each in languages()},
    )
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _sayings(language: Language, museum: str, state: GroupState) -> dict[str, Any]:
    """Give the script its words in one language."""
    said = {key: say(language, each.sentence) for key, each in _SAYINGS.items()}
    said["group"] = say(language, "Group {code}", code=state.join_code)
    return said | {"museum": museum, "direction": facts(language).direction}
