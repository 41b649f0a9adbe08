"""The versions of a text: taken from its file before they are looked at, and brought back."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass
from pathlib import Path

from audioguide.errors import AudioguideError, PackBroken
from audioguide.languages import Language
from audioguide.operations.opened import Opened
from audioguide.operations.pack import bring_what_is_whole
from audioguide.services.staff import stop_lookup, text_versions
from audioguide.services.staff.text_versions import Version


@dataclass(frozen=True)
class BroughtBack:
    """The file that has an older version again, and whether visitors read it."""

    file: Path
    is_shown: bool


def versions(opened: Opened, named: str, language: Language) -> tuple[Version, ...]:
    """List the versions of a text, the oldest first; what its file says now is among them."""
    _take(opened)
    with opened.database.reading() as session:
        stop = stop_lookup.stop_id(session, named, also_closed=True)
        return text_versions.versions(session, stop, language)


def version(opened: Opened, named: str, language: Language, number: int) -> Version:
    """Find one version by its number."""
    _take(opened)
    with opened.database.reading() as session:
        stop = stop_lookup.stop_id(session, named, also_closed=True)
        return text_versions.version(session, stop, language, number)


def bring_back(opened: Opened, named: str, language: Language, number: int) -> BroughtBack:
    """Write a version into the text's file, and take the file.

    Raise AudioguideError where the file held a change that nobody had seen: it is the newest
    version now, and the numbers are not those that were looked at. Else as ``history.bring_back``.
    """
    just_taken = _take(opened)
    with opened.database.reading() as session:
        stop = stop_lookup.stop_id(session, named, also_closed=True)
        if stop_lookup.name(session, stop, language) in just_taken:
            raise AudioguideError(
                "A change of this text was found and taken just now, as its newest version. Look "
                "at it first, and ask again if the older one shall stand in its place."
            )
        file = text_versions.bring_back(session, stop, language, number, opened.settings.media)
    bring_what_is_whole(opened)
    with opened.database.reading() as session:
        return BroughtBack(file, stop_lookup.is_published(session, stop))


def _take(opened: Opened) -> tuple[str, ...]:
    """Take what the files say now; return the names of the texts that this changed."""
    with contextlib.suppress(PackBroken):  # there is nothing in the guide yet
        if report := bring_what_is_whole(opened):
            return tuple(report.changed)
    return ()
