"""What has changed in the pack's folder, and how findings about it are named and graded."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TypeAlias

from audioguide.content import pack_files, unread
from audioguide.errors import Finding, Grade
from audioguide.labels import logo_names
from audioguide.languages import Language

Stamp: TypeAlias = tuple[tuple[object, ...], ...]
"""Of each file of a pack its path, and what of it changes with it."""


def pack_stamp(folder: Path) -> Stamp:
    """Look at the pack's files without reading them: path, times, size and kind of each.

    The time of a change of rights counts, too: with it a file that nobody could read is mended.
    """
    stamps: list[tuple[object, ...]] = []
    for path in pack_files.pack_files(folder):
        try:
            stat = path.stat()
        except OSError as error:
            stamps.append((str(path), error.errno))
        else:
            times = (stat.st_mtime_ns, stat.st_ctime_ns)
            stamps.append((str(path), *times, stat.st_size, stat.st_mode))
    return tuple(stamps)


def files_changed(before: Stamp, after: Stamp) -> frozenset[str]:
    """Return the paths of the files that are new, gone or changed between two stamps."""
    return frozenset(str(path) for path, *_ in set(before) ^ set(after))


def text_of(where: str) -> str:
    """Name what a finding is about as reports do, "9 alzhir kk"; another file by its path."""
    file = where.rpartition(":")[0] if where.rpartition(":")[2].isdigit() else where
    parts = file.split("/")
    if len(parts) == 4 and parts[1] == "stops" and parts[3].endswith(".md"):
        stem = parts[3].removesuffix(".md")
        if Language.read(stem) == stem:
            return f"{parts[2].replace('-', ' ', 1)} {stem}"
    return file


def path_of(media: Path, where: str) -> str:
    """Return the path of the file that a finding is about."""
    file = where.rpartition(":")[0] if where.rpartition(":")[2].isdigit() else where
    return str(media / file.partition("/")[2])


def names_now(folder: Path) -> frozenset[str]:
    """Look at the names of all files among the texts: cheap, and changes with any of them."""
    return unread.all_names(folder) | logo_names.names(folder)


def in_check(remarks: Sequence[Finding]) -> tuple[Finding, ...]:
    """Grade remarks as a check does: what an import only warns of is an error there."""
    return tuple(
        replace(each, grade=Grade.ERROR) if each.grade is Grade.WARNING else each
        for each in remarks
    )
