"""Say in the terminal what became of the recordings beside the texts, each thing once."""

from __future__ import annotations

import time
from collections.abc import Sequence
from datetime import UTC, datetime

from audioguide.cli.opening import Opened
from audioguide.cli.terminal import Terminal
from audioguide.errors import Finding
from audioguide.services import receiving, reviewing

_STANDS_SECONDS = 2.0  # a file may be copied and named a moment later


class RecordingsTold:
    """Remembers what was said, so that it is said once, and again if it comes back."""

    def __init__(self, opened: Opened, terminal: Terminal) -> None:
        self._opened, self._terminal = opened, terminal
        self._began = datetime.now(UTC)
        self._since: dict[str, float] = {}
        self._said: set[str] = set()

    def look(self) -> None:
        """Say what is new: refused, doubtful and heard recordings, and files that nobody uses."""
        with self._opened.database.reading() as session:
            news = tuple(reviewing.news(session, self._began))
        self._say((*unused(self._opened), *news))

    def _say(self, findings: Sequence[Finding]) -> None:
        moment = time.monotonic()
        found = {str(each): each for each in findings}
        self._since = {key: self._since.get(key, moment) for key in found}
        self._said &= set(found)
        for key, finding in found.items():
            if key not in self._said and moment - self._since[key] >= _STANDS_SECONDS:
                self._terminal.findings([finding])
                self._said.add(key)


def unused(opened: Opened) -> tuple[Finding, ...]:
    """Find the files beside the texts that are not used as recordings, and why."""
    media = opened.settings.media
    with opened.database.reading() as session:
        stops = tuple(dict.fromkeys(place.stop for place in receiving.places(session)))
    return (*receiving.wrong_takes(media, stops), *receiving.misnamed_takes(media, stops))
