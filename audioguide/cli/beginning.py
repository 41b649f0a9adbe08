"""The writes of a start, done at once or as soon as what stands in their way is gone."""

from __future__ import annotations

import errno
import os
import time

from sqlalchemy.exc import SQLAlchemyError

from audioguide.cli.held import Held
from audioguide.cli.recordings_told import RecordingsTold
from audioguide.cli.terminal import Terminal
from audioguide.errors import AudioguideError, PackBroken
from audioguide.operations import recordings, trouble, upkeep
from audioguide.operations.narrations import want
from audioguide.operations.opened import Opened
from audioguide.operations.opening import free_to_write
from audioguide.operations.pack import WrongDefault, bring_what_is_whole
from audioguide.services import editions

_EVERY_SECONDS = 5.0


class Beginning:
    """Repairs, imports, wants and receives once; the pages that there are need none of it."""

    def __init__(
        self, opened: Opened, terminal: Terminal, held: Held, recordings: RecordingsTold
    ) -> None:
        self._opened = opened
        self._terminal = terminal
        self._held = held
        self._recordings = recordings
        self._said = ""
        self._tried = time.monotonic()
        self._is_busy = self._is_full = False
        self.is_done = False

    def begin(self) -> None:
        """Do it, or say what is waited for; raise where there is nothing to show meanwhile."""
        try:
            self._do()
        except (AudioguideError, OSError, SQLAlchemyError) as error:
            asked_wrongly = isinstance(error, WrongDefault)
            if asked_wrongly or self._is_damage(error) or not self._has_words():
                raise
            self._wait_for(error)

    def _is_damage(self, error: Exception) -> bool:
        """Tell whether the database itself is broken: no waiting mends that."""
        passes = trouble.is_busy(error) or trouble.is_full(error, self._opened.settings)
        return isinstance(error, SQLAlchemyError) and not passes

    def again(self) -> None:
        """Do what could not be done before, if it can be by now."""
        if self._may_try():
            self.again_at_once()

    def again_at_once(self) -> None:
        """Do it now if it can be; say once what is waited for."""
        self._tried = time.monotonic()
        try:
            self._do()
        except (AudioguideError, OSError, SQLAlchemyError) as error:
            self._wait_for(error)

    def _may_try(self) -> bool:
        if not self._is_busy and time.monotonic() - self._tried < _EVERY_SECONDS:
            return False  # whether a lock is held is seen at a glance
        return not self._is_full or trouble.free_bytes(self._opened.settings) > trouble.ROOM_BYTES

    def _do(self) -> None:
        opened = self._opened
        if trouble.free_bytes(opened.settings) < trouble.LITTLE_BYTES:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        free_to_write(opened)
        upkeep.repair(opened)
        self._import()
        self._recordings.begin(recordings.bring(opened).unreadable)
        self.is_done = True

    def _import(self) -> None:
        """Import what is whole; a pack that is broken or away stops the first start alone."""
        try:
            report = bring_what_is_whole(self._opened)
        except WrongDefault:
            raise
        except AudioguideError as error:
            if not self._has_words():
                raise
            want(self._opened)
            if isinstance(error, PackBroken):
                self._held.tell(error.findings)
            else:
                self._terminal.problem(error.message)
                self._terminal.old_words_stay()
        else:
            self._held.tell(report.broken if report else ())

    def _has_words(self) -> bool:
        with self._opened.database.reading() as session:
            return editions.edition_number(session) > 0

    def _wait_for(self, error: Exception) -> None:
        """Say once what is waited for."""
        settings = self._opened.settings
        self._is_busy = trouble.is_busy(error)
        self._is_full = trouble.is_full(error, settings)
        if isinstance(error, PackBroken):
            said = "\n".join(map(self._terminal.finding, error.findings))
        else:
            words = trouble.in_words(error, settings)
            said = self._terminal.said(words.sentence, **words.values)
        if said != self._said:
            self._terminal.problem_text(said)
        self._said = said
