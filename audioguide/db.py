"""One database behind the models: how it is opened, read and written; no table is known here."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, DatabaseError
from sqlalchemy.orm import DeclarativeBase, Session

from audioguide.errors import AskedWrongly

_BUSY_MS = 20_000


class Row(DeclarativeBase):
    """What every table row is."""


class Database:
    """The guide's database; made in the process that uses it, never before a fork."""

    def __init__(self, url: str) -> None:
        self._engine = open_engine(url)
        self._writing = self._engine.execution_options(audioguide_writes=True)

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """Open a session that sees one state of the database and writes nothing."""
        with Session(self._engine, expire_on_commit=False) as session:
            yield session

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """Open a session that may write, and commit it at the end unless something was raised."""
        with Session(self._writing, expire_on_commit=False) as session, session.begin():
            yield session

    @contextmanager
    def alone(self) -> Iterator[Connection]:
        """Open a connection whose transaction keeps every other writer out, for migrations.

        Raise AskedWrongly, in one line, for a database that cannot be opened.
        """
        with _opening():
            connection = self._writing.connect()
        with connection, connection.begin():
            yield connection

    def close(self) -> None:
        """Close every connection."""
        self._engine.dispose()


def open_engine(url: str) -> Engine:
    """Open an engine; on SQLite with foreign keys, WAL, a long wait and honest transactions.

    A transaction that will write begins IMMEDIATE on SQLite: a read that turns into a write
    would fail at once with "database is locked", whatever the time-out.
    """
    with _opening():
        engine = create_engine(url)
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    return engine


@contextmanager
def _opening() -> Iterator[None]:
    """Raise AskedWrongly for an address that is none, a file that is no database, no server."""
    try:
        yield
    except (ArgumentError, DatabaseError, ImportError, ValueError) as error:
        reason = " ".join(str(getattr(error, "orig", error)).split()).rstrip(".")
        raise AskedWrongly("The database cannot be opened: {reason}.", reason=reason) from error


def sqlite_file(url: str) -> Path | None:
    """Return the file of an SQLite address, or None for another database."""
    with _opening():
        parsed = make_url(url)
    return Path(parsed.database or "") if parsed.get_backend_name() == "sqlite" else None


def _prepare_sqlite(connection: sqlite3.Connection, _record: Any) -> None:
    connection.isolation_level = None  # we say BEGIN ourselves
    connection.execute(f"PRAGMA busy_timeout = {_BUSY_MS}")
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")  # a corrected word survives a loss of power
    connection.execute("PRAGMA foreign_keys = ON")


def _begin_sqlite(connection: Connection) -> None:
    writes = connection.get_execution_options().get("audioguide_writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
