"""Schema migrations (Alembic): bring a database of any age to the schema of the models."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, inspect, text

from audioguide.errors import AskedWrongly

if TYPE_CHECKING:
    from alembic.config import Config

HEAD = "0017"  # written down, so that a start with nothing to migrate need not load Alembic


def migrate(connection: Connection) -> bool:
    """Bring the schema to the newest revision; return whether there was anything to do.

    The caller's transaction keeps every other process out. Raise AskedWrongly for a database
    that a newer version of the program has written.
    """
    present = _present(connection)
    if present == HEAD:
        return False
    from alembic import command  # noqa: PLC0415  a fifth of a second, which most starts save
    from alembic.script import ScriptDirectory  # noqa: PLC0415

    config = configuration(connection)
    known = {script.revision for script in ScriptDirectory.from_config(config).walk_revisions()}
    if present is not None and present not in known:
        raise AskedWrongly(
            "The database was written by a newer version of the guide (revision {revision}). "
            "Start that version, or restore a backup made with this one.",
            revision=present,
        )
    command.upgrade(config, "head")
    return True


def is_newest(connection: Connection) -> bool:
    """Tell, without a lock, whether there is nothing to migrate."""
    return _present(connection) == HEAD


def configuration(connection: Connection) -> Config:
    """Make Alembic's configuration for an open connection."""
    from alembic.config import Config  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config


def _present(connection: Connection) -> str | None:
    """Return the revision that the database is at, None for an empty one."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    present = connection.scalar(text("SELECT version_num FROM alembic_version"))
    return None if present is None else str(present)
