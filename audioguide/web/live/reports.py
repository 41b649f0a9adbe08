"""What phones that follow say of themselves: counted here, and the sums kept for the guide's page.

No report waits for the database. What is new is kept by a thread that lives for that second, so
that the last report of several is kept as well, and nothing wakes a server that nobody asks.
"""

from __future__ import annotations

import re
import threading
from typing import Any

from flask import Response, request

from audioguide.languages import LONGEST_TAG
from audioguide.services.groups import following, joining
from audioguide.web.bodies import KB, takes
from audioguide.web.guide import Guide, guide, languages, reading
from audioguide.web.live import following as blueprint
from audioguide.web.presence import Report
from audioguide.web.throttle import network

_PHONE = re.compile(r"[a-z0-9]{8,32}")
_LONGEST_BYTES = 500  # ours have a hundred


@blueprint.post("/<key>/here")
@takes(KB)
def here(key: str) -> Response:
    """Count a phone, or let it go; whatever it says, the answer is the same."""
    said = _said()
    phone = said.get("phone")
    if isinstance(phone, str) and _PHONE.fullmatch(phone):
        wait_seconds = _note(key, phone, said)
        if wait_seconds is not None:
            _keep_soon(guide(), key, wait_seconds)
    return Response(status=204)


def _said() -> dict[str, Any]:
    if not 0 < (request.content_length or 0) <= _LONGEST_BYTES:
        return {}
    try:
        said = request.get_json(silent=True)
    except RecursionError:  # folded too deep to be read
        return {}
    return said if isinstance(said, dict) else {}


def _note(key: str, phone: str, said: dict[str, Any]) -> float | None:
    presence = guide().presence
    if said.get("left") is True:
        return presence.leave(key, phone)
    named = str(said.get("language"))[:LONGEST_TAG]
    language = guide().last_known.languages.parse(named) or languages().parse(named)
    if language is None or not (presence.knows(key) or _is_followed(key)):
        return None
    report = Report(language, said.get("in_step") is True, said.get("behind") is True)
    return presence.note(key, network(request.remote_addr), phone, report)


def _is_followed(key: str) -> bool:
    with reading() as session:
        group = joining.group_by_key(session, key)
        return group is not None and group.join_code is not None


def _keep_soon(opened: Guide, key: str, wait_seconds: float) -> None:
    keeper = threading.Timer(wait_seconds, _keep, (opened, key))
    keeper.daemon = True
    keeper.start()


def _keep(opened: Guide, key: str) -> None:
    """Keep the counts of a group; while somebody holds the database, the next report does.

    One at a time, and each asks for its counts when its turn has come.
    """
    presence = opened.presence
    with presence.keeping:
        counts = presence.due(key)
        if counts is None:
            return
        known: list[bool] = []
        process = presence.process
        if not opened.database.nudge(
            lambda session: known.append(following.note_presence(session, key, process, counts))
        ):
            presence.missed(key)
        elif not known[0]:
            presence.forget(key)
