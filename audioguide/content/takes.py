"""Find the recordings that lie beside the texts, by their names alone; it opens none."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from audioguide import files
from audioguide.content.pack import Pack
from audioguide.errors import Finding, Grade, message
from audioguide.languages import LANGUAGES, Language

STOPS = "stops"
MARK = ".take."
_ON_ITS_WAY = frozenset({".part", ".crdownload", ".tmp"})  # what browsers and copiers call it


def is_take(path: Path) -> bool:
    """Tell whether a file in a stop's folder has the name of a recording: `kk.take.m4a`."""
    language, mark, ending = path.name.partition(MARK)
    is_whole = bool(mark and ending) and path.suffix.lower() not in _ON_ITS_WAY
    return is_whole and language in tuple(LANGUAGES)


def take_beside(folder: Path, stop: str, language: Language) -> Path | None:
    """Return the recording of a stop, given as "9 alzhir", or None; of two, neither."""
    found = _takes(folder / STOPS / stop.replace(" ", "-", 1), language)
    return found[0] if len(found) == 1 else None


def wrong_takes(folder: Path, pack: Pack) -> Iterator[Finding]:
    """Warn of texts that have more than one recording."""
    for stop in pack.stops:
        where = f"{stop.number}-{stop.slug}"
        for language in LANGUAGES:
            found = _takes(folder / STOPS / where, language)
            if len(found) > 1:
                yield Finding(
                    Grade.WARNING,
                    f"{folder.name}/{STOPS}/{where}",
                    message(
                        "There are several recordings of one text: {files}. None of them is used.",
                        files=", ".join(path.name for path in found),
                    ),
                    message("Leave the one that should be heard."),
                )


def _takes(folder: Path, language: Language) -> list[Path]:
    """Give all that has the name of a recording, also what is no file: it is named."""
    try:
        there = [folder / name for name in os.listdir(folder)]  # noqa: PTH208  in every look
    except OSError:
        return []
    mine = f"{language}{MARK}"
    return sorted(
        path
        for path in there
        if path.name.startswith(mine) and is_take(path) and files.is_there(path)
    )
