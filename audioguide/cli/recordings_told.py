"""Say in the terminal what became of the recordings beside the texts, each thing once."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

from audioguide.cli.terminal import Terminal
from audioguide.errors import Finding, Grade
from audioguide.operations import recordings
from audioguide.operations.opened import Opened
from audioguide.services.narration import review
from audioguide.services.narration.take_intake import Arriving

_STANDS_SECONDS = 2.0  # a file may be copied and named a moment later


class RecordingsTold:
    """Remembers what was said, so that it is said once, and again if it comes back."""

    def __init__(self, opened: Opened, terminal: Terminal) -> None:
        self._opened, self._terminal = opened, terminal
        self._began = datetime.now(UTC)
        self._since: dict[str, float] = {}
        self._said: set[str] = set()

    def begin(self, unreadable: Sequence[Finding]) -> None:
        """Say at once what could not be read at the start."""
        self._tell({str(each): each for each in unreadable})

    def look(self, unreadable: Sequence[Finding], arriving: Arriving) -> None:
        """Say what is new: refused, doubtful and heard recordings, and files that nobody uses.

        What could not be read is ``unreadable`` here and may be unused, too: it is said once.
        """
        with self._opened.database.reading() as session:
            news = tuple(review.news(session, self._began))
        unused = recordings.unused(self._opened, arriving)
        found = {str(each): each for each in (*unreadable, *unused, *news)}
        moment = time.monotonic()
        self._since = {key: self._since.get(key, moment) for key in found}
        self._said &= set(found)
        standing = {key for key in found if moment - self._since[key] >= _STANDS_SECONDS}
        self._tell({key: found[key] for key in found if key in standing - self._said})

    def _tell(self, findings: Mapping[str, Finding]) -> None:
        self._terminal.findings(tuple(findings.values()))
        if any(each.grade == Grade.ERROR for each in findings.values()):
            self._terminal.old_words_stay()
        self._said |= set(findings)
