"""Write finished files into a folder atomically: all at once or not at all."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterable, Mapping
from pathlib import Path

from audioguide.errors import AskedWrongly, LabelFailed
from audioguide.storage import write_whole


def check_folder(folder: Path) -> None:
    """Raise AskedWrongly when ``folder`` cannot hold files, before any work is done for it."""
    nearest = next(path for path in (folder, *folder.absolute().parents) if path.exists())
    if not nearest.is_dir():
        raise AskedWrongly(
            "{folder} cannot be a folder: {file} is a file. Choose another folder with --out.",
            folder=folder,
            file=nearest,
        )
    if not os.access(nearest, os.W_OK | os.X_OK):
        raise AskedWrongly(
            "The folder {folder} cannot be written; choose another folder with --out.",
            folder=folder,
        )


def keep(folder: Path, files: Mapping[str, bytes]) -> dict[Path, bytes]:
    """Write all files under temporary names, then give them their names, in the order given.

    Return what had those names before, so that it can be put back.

    Raise AskedWrongly for a folder that cannot be written, LabelFailed when writing fails, as on
    a full disk; then no file of these is left behind, and those that were there are untouched.
    """
    _make(folder)
    waiting: dict[Path, Path] = {}
    before: dict[Path, bytes] = {}
    given: list[Path] = []
    try:
        _refuse_folders(folder / name for name in files)
        for name, content in files.items():
            temporary = folder / f".{secrets.token_hex(8)}.part"
            waiting[temporary] = folder / name
            _write(temporary, content)
        before = _contents(waiting.values())
        for temporary, final in waiting.items():
            temporary.replace(final)
            given.append(final)
        _settle(folder)
    except PermissionError as error:
        put_back(given, before)
        raise AskedWrongly(
            "The folder {folder} cannot be written: {reason}.",
            folder=folder,
            reason=error.strerror,
        ) from error
    except OSError as error:
        put_back(given, before)
        raise LabelFailed(
            "The files could not be written into {folder}: {reason}.",
            folder=folder,
            reason=error.strerror,
        ) from error
    finally:
        for temporary in waiting:
            temporary.unlink(missing_ok=True)
    return before


def put_back(paths: Iterable[Path], before: Mapping[Path, bytes]) -> None:
    """Leave ``paths`` as they were before: with their former content, or away."""
    for path in paths:
        path.unlink(missing_ok=True)  # first: a full disk then has room for what was there
        if path in before:
            write_whole(path, before[path])


def _contents(paths: Iterable[Path]) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in paths if path.is_file()}


def _make(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise AskedWrongly(
            "The folder {folder} cannot be made: {reason}.", folder=folder, reason=error.strerror
        ) from error


def _refuse_folders(paths: Iterable[Path]) -> None:
    """Find now what would stop a file from getting its name, when others had theirs already."""
    for path in paths:
        if path.is_dir():
            raise AskedWrongly("{path} is a folder; move it away, a file goes there.", path=path)


def _write(path: Path, content: bytes) -> None:
    with path.open("xb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _settle(folder: Path) -> None:
    """Make the new names survive a power cut; Windows opens no folders and needs no such thing."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
