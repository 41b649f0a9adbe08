"""Another program that holds the small museum's database for writing."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from museum import World


@contextmanager
def held(world: World) -> Iterator[None]:
    """Hold the lock of the database as a copy tool does that somebody left open."""
    other = sqlite3.connect(world.settings.data / "guide.sqlite3", isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    yield
    other.execute("ROLLBACK")
    other.close()
