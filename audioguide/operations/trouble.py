"""What stands in the way of the guide's writes, in one plain line: a lock, a full disk, a right."""

from __future__ import annotations

import math
import os
import shutil
import sqlite3
from pathlib import Path

from sqlalchemy.exc import SQLAlchemyError

from audioguide.db import sqlite_file
from audioguide.errors import AudioguideError, Message, is_no_room, message, reason_of_system
from audioguide.settings import Settings

ROOM_BYTES = 5_000_000  # a narration and its sentences need two megabytes
LITTLE_BYTES = 2_000_000  # what the reserve leaves: enough to read, too little to write
NO_ROOM_BYTES = 1_000_000  # with less SQLite cannot even make the files beside the database
_PRIMARY = 0xFF  # of SQLite's codes; what is above says more closely what it was
_FOR_WANT_OF_A_FILE = (sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CANTOPEN)


def is_busy(error: Exception) -> bool:
    """Tell whether another program holds the lock of an SQLite database."""
    return _code(error) == sqlite3.SQLITE_BUSY


def is_full(error: Exception, settings: Settings) -> bool:
    """Tell whether a disk is full; SQLite calls that by several names."""
    if isinstance(error, OSError):
        return is_no_room(error)
    code = _code(error)
    if code in _FOR_WANT_OF_A_FILE:
        return free_bytes(settings) < NO_ROOM_BYTES
    return code == sqlite3.SQLITE_FULL


def free_bytes(settings: Settings) -> float:
    """Return how much room there is where there is least: of data, database, sound."""
    return min(_free(folder) for folder in _folders(settings))


def fullest(settings: Settings) -> Path:
    """Return which folder that is."""
    return min(_folders(settings), key=_free)


def in_words(error: Exception, settings: Settings) -> Message:
    """Say what stands in the way, and what to do about it."""
    if is_busy(error):
        return message(
            "Another program holds the database ({reason}). The guide shows what it has, and goes "
            "on by itself as soon as the database is free.",
            reason=_reason(error),
        )
    if is_full(error, settings):
        return message(
            "The disk is full. The guide shows what it has; changed texts and new sound wait. Make "
            "room where {folder} lies, and it goes on by itself.",
            folder=fullest(settings),
        )
    if isinstance(error, AudioguideError):
        return error.message
    if isinstance(error, OSError):
        return reason_of_system(error)
    if isinstance(error, SQLAlchemyError):
        return message(
            "The database cannot be used now: {reason}. It is tried again.", reason=_reason(error)
        )
    return Message(f"{type(error).__name__}: {error}")


def database_problem(error: SQLAlchemyError) -> Message:
    """Say why a command could not use the database; the folder that holds it stays where it is."""
    if is_busy(error):
        return message(
            "Another program holds the database ({reason}). Try again when it has ended.",
            reason=_reason(error),
        )
    if _code(error) == sqlite3.SQLITE_FULL:
        return message("The disk is full. Make room, and try again.")
    return message(
        "The database cannot be used: {reason}. If this stays, look whether its folder can be "
        "written and its disk has room, or put a copy of it back. Keep what lies there: it holds "
        "the history and the recordings.",
        reason=_reason(error),
    )


def _folders(settings: Settings) -> tuple[Path, ...]:
    file = sqlite_file(settings.database_url)
    return (settings.data, settings.store, *([file.parent] if file else []))


def _free(folder: Path) -> float:
    """Return how much room a folder has; one that is not there, which is said elsewhere, has any.

    So has a drive that says nothing of its size. On a disk that can take no more files there is no
    room, however many bytes are free.
    """
    try:
        usage = shutil.disk_usage(folder)
        if hasattr(os, "statvfs"):
            disk = os.statvfs(folder)
            if disk.f_files and not disk.f_favail:
                return 0
    except OSError:
        return math.inf
    return usage.free if usage.total else math.inf


def _code(error: Exception) -> int:
    code = getattr(getattr(error, "orig", None), "sqlite_errorcode", None)
    return code & _PRIMARY if isinstance(code, int) else 0


def _reason(error: Exception) -> Message | str:
    if is_busy(error):
        return message("database is locked")
    return " ".join(str(getattr(error, "orig", None) or error).split()).rstrip(".")
