"""Watch over the pack while the guide runs: what a curator saves is imported in seconds."""

from __future__ import annotations

import time

from sqlalchemy.exc import SQLAlchemyError

from audioguide.cli.import_pack import tell, tell_takes
from audioguide.cli.opening import Opened, bring_pack, bring_takes
from audioguide.cli.recordings_told import RecordingsTold
from audioguide.cli.terminal import Terminal
from audioguide.errors import AudioguideError, PackBroken
from audioguide.services import hearing, importing

_EVERY_SECONDS = 0.5
_SETTLE_SECONDS = 0.15  # an editor may write a file in two steps
_ARRIVED_SECONDS = 2.0  # a recording is larger, and may come over a network


class Watch:
    """Looks at the pack twice a second, and says when the last narration is ready."""

    def __init__(self, opened: Opened, terminal: Terminal) -> None:
        self._opened = opened
        self._terminal = terminal
        self._stamp = importing.pack_stamp(opened.settings.media)
        self._looked = self._began = time.monotonic()
        self._was_busy = True
        self._complained = ""
        self._recordings = RecordingsTold(opened, terminal)

    def look(self) -> None:
        """Look, if it is time to."""
        if time.monotonic() - self._looked < _EVERY_SECONDS:
            return
        self._looked = time.monotonic()
        try:
            self._look_at_pack()
            self._look_at_takes()
            self._look_at_narrations()
        except (AudioguideError, OSError, SQLAlchemyError) as error:
            self._complain(error)

    def _complain(self, error: Exception) -> None:
        """Say once what stands in the way; the pages stay, and the next look tries again."""
        said = " ".join(str(getattr(error, "orig", error)).split())
        if said != self._complained:
            self._terminal.problem_text(said)
        self._complained = said

    def _look_at_pack(self) -> None:
        folder = self._opened.settings.media
        stamp = importing.pack_stamp(folder)
        if stamp == self._stamp:
            return
        time.sleep(_SETTLE_SECONDS)
        stamp = importing.pack_stamp(folder)
        try:
            report = bring_pack(self._opened)
        except PackBroken as broken:
            self._terminal.findings(broken.findings)
            self._terminal.line("The old words stay until this is mended.")
        else:
            if report is not None:
                tell(report, self._terminal)
        self._stamp = stamp  # only now: what could not be imported is tried again
        self._complained = ""

    def _look_at_takes(self) -> None:
        """Receive new recordings, but for files that may still be on their way."""
        takes = bring_takes(self._opened, settled_seconds=_ARRIVED_SECONDS)
        tell_takes(takes, self._terminal)
        self._recordings.look()

    def _look_at_narrations(self) -> None:
        with self._opened.database.reading() as session:
            progress = hearing.progress(session)
        if self._was_busy and not progress.to_do:
            self._terminal.line(
                "Narrations: {ready} ready, {failed} failed.",
                ready=progress.ready,
                failed=progress.failed,
            )
        self._was_busy = bool(progress.to_do)
