"""A megabyte put by beside the database, given up when the disk is full.

Without it a guide could not even be read there: SQLite makes two small files beside a database
that it opens.
"""

from __future__ import annotations

import os
from pathlib import Path

from audioguide.db import sqlite_file
from audioguide.operations import trouble
from audioguide.settings import Settings
from audioguide.storage import write_whole

_SIZE_BYTES = 1 << 20


def give_up_if_full(settings: Settings) -> None:
    """Give up the reserve where the disk has no room left."""
    file = sqlite_file(settings.database_url)
    if file and trouble.free_bytes(settings) < trouble.NO_ROOM_BYTES and _is_put_by(beside(file)):
        beside(file).unlink(missing_ok=True)


def put_by(settings: Settings) -> None:
    """Put the reserve by where there is none, if there is room for more than that."""
    file = sqlite_file(settings.database_url)
    if file is None or trouble.free_bytes(settings) < trouble.ROOM_BYTES + _SIZE_BYTES:
        return
    if not beside(file).exists():
        write_whole(beside(file), os.urandom(_SIZE_BYTES))  # nothing that a disk could make smaller


def beside(file: Path) -> Path:
    """Return where the reserve of a database lies."""
    return file.with_name(f"{file.name}-reserve")


def _is_put_by(reserve: Path) -> bool:
    """Tell it from what somebody else keeps under that name."""
    return reserve.is_file() and reserve.stat().st_size == _SIZE_BYTES
