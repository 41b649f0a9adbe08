"""Content-addressed storage of sound and pictures: named by their hash, whole or not at all."""

from __future__ import annotations

import contextlib
import errno
import getpass
import hashlib
import os
import re
import secrets
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Protocol

from audioguide import files
from audioguide.errors import AskedWrongly, Message, is_no_room, message, plain_reason

HASH_DIGITS = 32  # hexadecimal digits of SHA-256 that name a file
_NAME = re.compile(rf"[0-9a-f]{{{HASH_DIGITS}}}\.[a-z0-9]+")
_PART = ".part"
_PIECE_BYTES = 1 << 20
_OLD_PART_SECONDS = 600  # longer than any file takes to write, so that no writer is disturbed


class Store(Protocol):
    """Keep and give bytes by name; any number of processes may use one store."""

    def keep(self, content: bytes, kind: str) -> str:
        """Keep ``content`` and return its name, `<hash>.<kind>`."""

    def read(self, name: str, start: int = 0, end: int | None = None) -> bytes | None:
        """Return the bytes kept under ``name``, or those from start to end, or None."""

    def path(self, name: str) -> Path:
        """Return where ``name`` lies, for who sends or decodes it from there."""

    def size_bytes(self, name: str) -> int | None:
        """Return how many bytes are kept under ``name``, or None."""

    def has(self, name: str) -> bool:
        """Tell whether something is kept under ``name``."""

    def is_whole(self, name: str) -> bool:
        """Tell whether what is kept under ``name`` still has the bytes that named it."""

    def let_go(self, name: str) -> None:
        """Note that from now on no row names it; it is kept for pages that are still open."""

    def unchanged_since(self, moment: float) -> Iterator[tuple[str, int]]:
        """Give name and size of what was kept or let go before a moment, in epoch seconds."""

    def remove(self, name: str) -> None:
        """Remove what is kept under ``name``."""


class FolderStore:
    """A store in a local folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def prepare(self) -> None:
        """Make the folder and clear what a killed writer left; raise AskedWrongly if it cannot."""
        make_folder(self.folder)
        for part in self.folder.glob(f"*{_PART}"):
            _remove_if_old(part)

    def keep(self, content: bytes, kind: str) -> str:
        """Keep ``content`` under the hash of its bytes; writing the same twice is no harm."""
        name = f"{_hash(content)}.{kind}"
        if not self.is_whole(name):
            write_whole(self.folder / name, content)
        return name

    def keep_file(self, path: Path, kind: str) -> str:
        """Keep a copy of a file, byte for byte, without reading it into the memory at once."""
        part = self.folder / f"{secrets.token_hex(8)}{_PART}"
        digest = hashlib.sha256()
        try:
            with files.open_file(path) as given, part.open("wb") as file:
                while piece := given.read(_PIECE_BYTES):
                    digest.update(piece)
                    file.write(piece)
                file.flush()
                os.fsync(file.fileno())
            name = f"{digest.hexdigest()[:HASH_DIGITS]}.{kind}"
            part.replace(self.folder / name)
        finally:
            part.unlink(missing_ok=True)
        return name

    def path(self, name: str) -> Path:
        """Return where ``name`` lies, for who sends or decodes it from there."""
        return self.folder / name

    def read(self, name: str, start: int = 0, end: int | None = None) -> bytes | None:
        """Return the bytes kept under ``name``, or those from start to end, or None."""
        try:
            with (self.folder / name).open("rb") as file:
                file.seek(start)
                return file.read(-1 if end is None else end - start)
        except (FileNotFoundError, IsADirectoryError):
            return None

    def size_bytes(self, name: str) -> int | None:
        """Return how many bytes are kept under ``name``, or None."""
        try:
            return (self.folder / name).stat().st_size
        except FileNotFoundError:
            return None

    def has(self, name: str) -> bool:
        """Tell whether something is kept under ``name``."""
        return (self.folder / name).is_file()

    def is_whole(self, name: str) -> bool:
        """Tell whether what is kept under ``name`` still has the bytes that named it."""
        content = self.read(name)
        return content is not None and _hash(content) == name.partition(".")[0]

    def let_go(self, name: str) -> None:
        """Note that from now on no row names it; it is kept for pages that are still open."""
        with contextlib.suppress(FileNotFoundError):
            os.utime(self.folder / name)

    def unchanged_since(self, moment: float) -> Iterator[tuple[str, int]]:
        """Give name and size of what was kept or let go before a moment, in epoch seconds.

        What bears a date that is still to come counts as kept now, and ages from now on.
        """
        for path in self.folder.iterdir():
            if _NAME.fullmatch(path.name) and _kept_at(path) < moment:
                yield path.name, path.stat().st_size

    def remove(self, name: str) -> None:
        """Remove what is kept under ``name``."""
        (self.folder / name).unlink(missing_ok=True)


def _hash(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:HASH_DIGITS]


def write_whole(path: Path, content: bytes) -> None:
    """Write a file so that it is seen whole or not at all, also after a loss of power."""
    part = path.with_name(f"{path.name}.{secrets.token_hex(4)}{_PART}")
    try:
        with part.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


def make_folder(folder: Path) -> None:
    """Make a folder that can be written; raise AskedWrongly, in one line, if that cannot be.

    On a full disk a folder that is there will do: what it holds can be shown.
    """
    probe = folder / f".{secrets.token_hex(4)}{_PART}"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        probe.touch()
        probe.unlink()
    except OSError as error:
        if is_no_room(error) and folder.is_dir():
            return
        raise AskedWrongly(
            "The folder {folder} cannot be written: {reason}.",
            folder=folder,
            reason=_missing_right(folder, error),
        ) from error


def check_file(file: Path) -> None:
    """Raise AskedWrongly, in one line, for a file that is there and may not be read and written."""
    if file.is_file() and not os.access(file, os.R_OK | os.W_OK):
        raise AskedWrongly(
            "The file {file} cannot be written: {reason}.", file=file, reason=_lacks_right(file)
        )


def _missing_right(folder: Path, error: OSError) -> Message:
    """Say what is missing, and on which of the folders above, as whoever must give it needs it."""
    if error.errno == errno.EROFS:
        return message("the disk is mounted read-only")
    if error.errno in (errno.ENOTDIR, errno.EEXIST):
        return message("{file} is a file, not a folder", file=_nearest(folder, os.path.lexists))
    if error.errno not in (errno.EACCES, errno.EPERM):
        return plain_reason(error)
    nearest = _nearest(folder, os.path.isdir)
    if nearest != folder and os.access(nearest, os.W_OK | os.X_OK):
        return plain_reason(error)
    return _lacks_right(nearest)


def _lacks_right(nearest: Path) -> Message:
    return message(
        "{user} lacks the right to write in {nearest}, which belongs to {owner}",
        user=_user(os.geteuid() if hasattr(os, "geteuid") else None),
        nearest=nearest,
        owner=_user(nearest.stat().st_uid),
    )


def _nearest(folder: Path, is_it: Callable[[Path], bool]) -> Path:
    """Return the folder or the nearest one above it of which something holds."""
    whole = folder.absolute()
    return next((each for each in (whole, *whole.parents) if is_it(each)), whole)


def _user(number: int | None) -> str:
    """Return the name of a user of this machine, or its number where it has none."""
    try:
        import pwd  # noqa: PLC0415  not on Windows

        return getpass.getuser() if number is None else pwd.getpwuid(number).pw_name
    except (ImportError, KeyError):
        return str(number) if number is not None else getpass.getuser()


def _remove_if_old(part: Path) -> None:
    try:
        if time.time() - _kept_at(part) > _OLD_PART_SECONDS:
            part.unlink()
    except OSError:
        return  # another process cleared it first, or another user's it is: it does no harm


def _kept_at(path: Path) -> float:
    """Return when a file was kept, in epoch seconds; one from days to come gets today's date.

    Else it would be kept until then, for as long as the date was wrong that it was written by.
    """
    kept, moment = path.stat().st_mtime, time.time()
    if kept <= moment + _OLD_PART_SECONDS:
        return kept
    with contextlib.suppress(OSError):  # it is another user's
        os.utime(path, (moment, moment))
    return moment
