"""The file watcher over the pack: what a curator saves is imported in seconds."""

from __future__ import annotations

import time

from audioguide import ownership
from audioguide.cli.beginning import Beginning
from audioguide.cli.held import Held, Names
from audioguide.cli.import_pack import tell_changes, tell_takes
from audioguide.cli.recordings_told import RecordingsTold
from audioguide.cli.room import Room
from audioguide.cli.terminal import Terminal
from audioguide.db import sqlite_file
from audioguide.errors import AskedWrongly, PackBroken
from audioguide.operations import recordings, trouble
from audioguide.operations.opened import Opened
from audioguide.operations.opening import free_to_write, open_guide
from audioguide.operations.pack import bring_what_is_whole
from audioguide.services import pack_watch
from audioguide.services.narration import take_intake, work_report

_EVERY_SECONDS = 0.5
_SETTLE_SECONDS = 0.15  # an editor may write a file in two steps
_ARRIVED_SECONDS = 2.0  # a recording is larger, and may come over a network
_GONE_SECONDS = 2.0  # a copy may be about to be put in the place of the database
_MARKED_SECONDS = 86_400.0
_TRIED_AGAIN_SECONDS = 5.0  # a disk may give back what it refused, and no file shows it


class Watch:
    """Looks at the pack twice a second, and says when the last narration is ready."""

    def __init__(self, opened: Opened, terminal: Terminal) -> None:
        self._opened = opened
        self._terminal = terminal
        self._held = Held(opened.settings.media, terminal)
        self._names = Names(opened, terminal)
        self._recordings = RecordingsTold(opened, terminal)
        self._beginning = Beginning(opened, terminal, self._held, self._recordings)
        self._room = Room(opened, terminal)
        self._stamp = pack_watch.pack_stamp(opened.settings.media)
        self._looked = self._imported = time.monotonic()
        self._arriving = take_intake.Arriving(_ARRIVED_SECONDS)
        self._was_busy = True
        self._said = ""
        self._gone_since: float | None = None
        self._marked = time.monotonic()

    def begin(self) -> None:
        """Do what a start has to write; raise where there is nothing to show without it."""
        self._beginning.begin()

    def look(self) -> None:
        """Look, if it is time to."""
        if time.monotonic() - self._looked < _EVERY_SECONDS:
            return
        self._looked = time.monotonic()
        try:
            if self._is_there():
                self._look()
        except Exception as error:  # noqa: BLE001  whatever it is, the processes are kept going
            self._complain(error)

    def _look(self) -> None:
        if not self._beginning.is_done:
            self._beginning.again()
            return
        if self._room.is_awaited and not self._room.is_there():
            return
        self._look_at_pack()
        self._names.look()
        self._look_at_takes()
        self._room.look()
        self._look_at_narrations()
        self._mark()
        self._said = ""  # should it come again, it is said again

    def _complain(self, error: Exception) -> None:
        """Say once what stands in the way; the pages stay, and the next look tries again."""
        settings = self._opened.settings
        if trouble.is_full(error, settings):
            self._room.await_it()
        words = trouble.in_words(error, settings)
        said = self._terminal.said(words.sentence, **words.values)
        if said == self._said:
            return
        self._said = said
        self._terminal.problem_text(said)
        if isinstance(error, AskedWrongly):
            self._terminal.old_words_stay()

    def _is_there(self) -> bool:
        """Tell whether there is a database; one that was taken away is made again."""
        if not self._opened.database.is_gone():
            self._gone_since = None
            return True
        moment = time.monotonic()
        self._gone_since = self._gone_since or moment
        if moment - self._gone_since >= _GONE_SECONDS:
            self._make_again()
        return False

    def _make_again(self) -> None:
        self._opened.database.close()
        self._opened = open_guide(
            self._opened.settings, self._terminal.problem, self._terminal.message
        )
        self._terminal.line(
            "The database was gone: it is made again from the texts, without its history. If you "
            "have a copy, stop the guide and put it back."
        )
        self._names = Names(self._opened, self._terminal)
        self._recordings = RecordingsTold(self._opened, self._terminal)
        self._beginning = Beginning(self._opened, self._terminal, self._held, self._recordings)
        self._room = Room(self._opened, self._terminal)
        self._beginning.again_at_once()

    def _look_at_pack(self) -> None:
        folder = self._opened.settings.media
        stamp = pack_watch.pack_stamp(folder)
        if stamp == self._stamp and not self._is_worth_another_try():
            return
        if stamp != self._stamp:
            time.sleep(_SETTLE_SECONDS)
            stamp = pack_watch.pack_stamp(folder)
        self._imported = time.monotonic()
        free_to_write(self._opened)
        changed = pack_watch.files_changed(self._stamp, stamp)
        try:
            report = bring_what_is_whole(self._opened)
        except PackBroken as broken:  # nothing of it could be read
            self._held.tell(broken.findings, changed)
        else:
            if report is not None and (changed or report.anything):
                tell_changes(report, self._terminal)
                self._held.tell_remarks(report.remarks, changed)
            self._held.tell(report.broken if report else (), changed)
        self._stamp = stamp  # only now: what could not be imported is tried again

    def _is_worth_another_try(self) -> bool:
        return self._held.is_anything and time.monotonic() - self._imported > _TRIED_AGAIN_SECONDS

    def _look_at_takes(self) -> None:
        """Receive new recordings, but for files that may still be on their way."""
        takes = recordings.bring(self._opened, self._arriving)
        tell_takes(takes.names, self._terminal)
        self._recordings.look(takes.unreadable, self._arriving)

    def _mark(self) -> None:
        """Draw a new mark once a day, so that a copy of an earlier day is told from what runs."""
        if time.monotonic() - self._marked < _MARKED_SECONDS:
            return
        self._marked = time.monotonic()
        if file := sqlite_file(self._opened.settings.database_url):
            ownership.mark(file)

    def _look_at_narrations(self) -> None:
        with self._opened.database.reading() as session:
            progress = work_report.progress(session)
        if self._was_busy and not progress.to_do:
            self._terminal.line(
                "Narrations: {ready} ready, {failed} failed.",
                ready=progress.ready,
                failed=progress.failed,
            )
        self._was_busy = bool(progress.to_do)
