"""Say while the guide runs what is held back, what was mended, and which files nobody reads."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from pathlib import Path

from audioguide.cli.terminal import Terminal
from audioguide.errors import Finding
from audioguide.operations.opened import Opened
from audioguide.services import broken_parts, importing, pack_watch


class Held:
    """Remembers what is broken, so that it is said once, and again when it is mended."""

    def __init__(self, media: Path, terminal: Terminal) -> None:
        self._media = media
        self._terminal = terminal
        self._broken: frozenset[str] = frozenset()

    @property
    def is_anything(self) -> bool:
        """Whether something is broken still."""
        return bool(self._broken)

    def tell(self, broken: Sequence[Finding], changed: Collection[str] = ()) -> None:
        """Say what is broken in the files that have ``changed``, or newly; and what was mended."""
        names = frozenset(pack_watch.text_of(each.where) for each in broken)
        if mended := sorted(self._broken - names):
            self._terminal.line(
                "{time} Corrected: {names}",
                time=f"{datetime.now():%H:%M:%S}",
                names=", ".join(mended),
            )
        new = [
            each
            for each in broken
            if pack_watch.text_of(each.where) not in self._broken
            or pack_watch.path_of(self._media, each.where) in changed
        ]
        self._broken = names
        if new:
            self._terminal.findings(new)
            self._terminal.old_words_stay()

    def tell_remarks(self, remarks: Sequence[Finding], changed: Collection[str]) -> None:
        """Say what holds nothing back, of the files that have changed."""
        for each in remarks:
            if pack_watch.path_of(self._media, each.where) in changed:
                self._terminal.plain(self._terminal.finding(each))


class Names:
    """Notices files and folders whose names nobody reads."""

    def __init__(self, opened: Opened, terminal: Terminal) -> None:
        self._opened = opened
        self._terminal = terminal
        self._seen: frozenset[str] = frozenset()
        self._looked: frozenset[str] = frozenset()
        self._told: frozenset[str] = frozenset()

    def look(self) -> None:
        """Say what is new among them, once the names have stayed the same for one look."""
        media = self._opened.settings.media
        names = pack_watch.names_now(media)
        has_settled, self._seen = names == self._seen, names
        if names == self._looked or not has_settled:
            return
        self._looked = names
        with self._opened.database.reading() as session:
            known = broken_parts.known_structure(session)
        pack = importing.read_what_is_whole(media, known).pack
        unread = () if pack is None else importing.unread_files(media, pack)
        for each in unread:
            if each.where not in self._told:
                self._terminal.plain(self._terminal.finding(each))
        self._told = frozenset(each.where for each in unread)
