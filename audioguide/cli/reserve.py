"""A megabyte put by beside the database, given up when the disk is full.

Without it a guide could not even be read there: SQLite makes two small files beside a database
that it opens.
"""

from __future__ import annotations

import os

from audioguide.cli import trouble
from audioguide.db import sqlite_file
from audioguide.settings import Settings
from audioguide.storage import write_whole

NAME = "reserve"
_SIZE_BYTES = 1 << 20


def give_up_if_full(settings: Settings) -> None:
    """Give up the reserve where the disk has no room left."""
    file = sqlite_file(settings.database_url)
    if file and trouble.free_bytes(settings) < trouble.NO_ROOM_BYTES:
        file.with_name(NAME).unlink(missing_ok=True)


def put_by(settings: Settings) -> None:
    """Put the reserve by where there is none, if there is room for more than that."""
    file = sqlite_file(settings.database_url)
    if file is None or trouble.free_bytes(settings) < trouble.ROOM_BYTES + _SIZE_BYTES:
        return
    reserve = file.with_name(NAME)
    if not reserve.exists():
        write_whole(reserve, os.urandom(_SIZE_BYTES))  # nothing that a disk could make smaller
