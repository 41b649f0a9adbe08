"""Cache invalidation: say that visitors can see something new, and know it in every process."""

from __future__ import annotations

import logging
import secrets
import threading
from collections.abc import Mapping

from sqlalchemy.orm import Session

from audioguide.db import Database
from audioguide.errors import AudioguideError
from audioguide.models import GUIDE, Edition

__all__ = ["GUIDE", "Editions", "edition_number", "raise_edition"]

log = logging.getLogger("audioguide.editions")

_EVERY_EDITION = "SELECT scope, mark FROM edition"


def raise_edition(session: Session, scope: str = GUIDE) -> int:
    """Raise the edition's number in the caller's transaction and return it.

    The row is locked where the database locks rows: two who read the same number would raise
    it once.
    """
    session.flush()
    edition = session.get(Edition, scope, with_for_update=True, populate_existing=True)
    if edition is None:
        edition = Edition(scope=scope, number=0)
        session.add(edition)
    edition.number += 1
    edition.mark = secrets.token_hex(8)
    return edition.number


def edition_number(session: Session, scope: str = GUIDE) -> int:
    """Return the present number of an edition, 0 before anything was published."""
    edition = session.get(Edition, scope)
    return edition.number if edition else 0


class Editions:
    """The mark of every edition, as one process knows it from its last look at the database."""

    def __init__(self, database: Database, every_seconds: float) -> None:
        self._lookout = database.lookout()
        self._every_seconds = every_seconds
        self._due = float("-inf")
        self._looking = threading.Lock()
        self._marks: Mapping[str, str] | None = None
        self._complained = False

    def marks(self, moment: float) -> Mapping[str, str] | None:
        """Return the mark of each scope, after a look if one is due at a moment (monotonic).

        None before the first look. While one thread looks, and while the database cannot be
        seen, what was known holds.
        """
        if moment >= self._due and self._looking.acquire(blocking=False):
            try:
                self._due = moment + self._every_seconds
                self._look()
            finally:
                self._looking.release()
        return self._marks

    @property
    def known(self) -> Mapping[str, str] | None:
        """The mark of each scope as the last look saw it, None before the first."""
        return self._marks

    def is_due(self, moment: float) -> bool:
        """Tell whether ``marks`` would look now, which may wait for the database."""
        return moment >= self._due

    def look_soon(self) -> None:
        """Let the next request look: this process has just written."""
        self._due = float("-inf")

    def _look(self) -> None:
        try:
            rows = self._lookout.look(_EVERY_EDITION)
        except AudioguideError as error:
            if not self._complained:
                log.warning("The editions cannot be seen: %s", error)
            self._complained = True
            return
        self._complained = False
        marks = None if rows is None else {str(scope): mark or "" for scope, mark in rows}
        if marks is not None and marks != self._marks:  # else the very same, quicker to compare
            self._marks = marks
