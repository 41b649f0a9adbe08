"""Bring a database of any age to the schema of the models; only Alembic's files lie here."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from audioguide.errors import AskedWrongly

HEAD = "0008"  # written down, so that a start with nothing to migrate need not load the scripts


def migrate(connection: Connection) -> bool:
    """Bring the schema to the newest revision; return whether there was anything to do.

    The caller's transaction keeps every other process out. Raise AskedWrongly for a database
    that a newer version of the program has written.
    """
    present = MigrationContext.configure(connection).get_current_revision()
    if present == HEAD:
        return False
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


def configuration(connection: Connection) -> Config:
    """Make Alembic's configuration for an open connection."""
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config
