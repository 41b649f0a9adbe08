"""Database engine, sessions and transactions: how it is opened, read and written."""

from __future__ import annotations

import os
import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import (
    ArgumentError,
    DatabaseError,
    DisconnectionError,
    SQLAlchemyError,
)
from sqlalchemy.orm import DeclarativeBase, Session

from audioguide.errors import AskedWrongly, AudioguideError

_WAIT, _WRITES = "audioguide_wait_ms", "audioguide_writes"  # options of a connection
_MOST_FOR_WAL_MS = 1000  # asked for once in a database's life, mostly
_PATIENCE_ON_POSTGRESQL = "SET LOCAL lock_timeout = '%dms'"

Identity = tuple[int, int] | None  # of a file: its device and number there


@dataclass(frozen=True)
class Patience:
    """For how long a process waits for a lock: to read, to write, and for its own other writer."""

    reading_ms: int
    writing_ms: int
    own_writer_s: float


AT_WORK = Patience(20_000, 20_000, 20.0)
# Readers never wait for a writer in WAL; a quarter of a second is for a recovery. Of two threads
# that serve pages one may wait for a writer elsewhere, and not for long: then it says so (503).
AT_THE_DOOR = Patience(250, 1500, 0.5)


class DatabaseBusy(AudioguideError):
    """Another writer of this process did not finish in time; nothing was changed."""


class Row(DeclarativeBase):
    """What every table row is."""


class Database:
    """The guide's database; made in the process that uses it, never before a fork."""

    def __init__(self, url: str, patience: Patience = AT_WORK) -> None:
        self._engine = open_engine(url, patience)
        self._reading = self._engine.execution_options(**{_WAIT: patience.reading_ms})
        writes = self._engine.execution_options(**{_WRITES: True})
        self._writing = writes.execution_options(**{_WAIT: patience.writing_ms})
        self._nudging = writes.execution_options(**{_WAIT: 0})
        self._pen = _Pen(patience.own_writer_s, many=self._engine.dialect.name != "sqlite")
        self._lookouts: list[Lookout] = []

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """Open a session that sees one state of the database and writes nothing."""
        with Session(self._reading, expire_on_commit=False) as session:
            yield session

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """Open a session that may write, and commit it at the end unless something was raised.

        Raise DatabaseBusy or OperationalError, with nothing changed, after this process's patience.
        """
        with (
            self._pen.held(),
            Session(self._writing, expire_on_commit=False) as session,
            session.begin(),
        ):
            yield session

    def nudge(self, change: Callable[[Session], object]) -> bool:
        """Change what nobody misses, if that needs no waiting at all; tell whether it was done."""
        try:
            with (
                self._pen.held(0),
                Session(self._nudging, expire_on_commit=False) as session,
                session.begin(),
            ):
                change(session)
        except (DatabaseBusy, DatabaseError):
            return False
        return True

    @contextmanager
    def alone(
        self, wait_seconds: float | None = None, *, make: bool = True
    ) -> Iterator[Connection]:
        """Open a connection whose transaction keeps every other writer out, for migrations.

        It alone makes the file of an SQLite database that is not there, unless told not to
        ``make`` it. ``wait_seconds`` is how long another writer is waited for, on SQLite. Raise
        AskedWrongly, in one line, for a database that cannot be opened.
        """
        with _opening():
            if make and (file := sqlite_file(self._engine.url)):
                file.touch()
            connection = self._writing.connect()
        if wait_seconds is not None:
            connection = connection.execution_options(**{_WAIT: round(1000 * wait_seconds)})
        with connection, connection.begin():
            yield connection

    def is_gone(self) -> bool:
        """Tell whether the file of an SQLite database is no longer there."""
        file = sqlite_file(self._engine.url)
        try:
            return file is not None and not file.stat()
        except (FileNotFoundError, NotADirectoryError):
            return True
        except OSError:  # there, but nobody may look
            return False

    def lookout(self) -> Lookout:
        """Return a place to look from, whose connection is opened at the first look."""
        self._lookouts.append(Lookout(self._engine))
        return self._lookouts[-1]

    def close(self) -> None:
        """Close every connection."""
        for lookout in self._lookouts:
            lookout.close()
        self._engine.dispose()


class _Pen:
    """One writer at a time in this process, where the database has one too: so one thread waits."""

    def __init__(self, patience_s: float, *, many: bool) -> None:
        self._patience_s = patience_s
        self._many = many
        self._lock = threading.Lock()

    @contextmanager
    def held(self, patience_s: float | None = None) -> Iterator[None]:
        """Hold it, or raise DatabaseBusy after a while."""
        if self._many:
            yield
            return
        if not self._lock.acquire(timeout=self._patience_s if patience_s is None else patience_s):
            raise DatabaseBusy("Somebody else is writing.")
        try:
            yield
        finally:
            self._lock.release()


class Lookout:
    """A connection kept for looking alone: has anything changed, and one small SELECT.

    SQLite tells one connection what the others committed (PRAGMA data_version), in a few
    microseconds; another database is asked the SELECT itself. One thread at a time may look.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._is_sqlite = engine.dialect.name == "sqlite"
        self._connection: Any = None
        self._file: Identity = None
        self._version: int | None = None

    def look(self, query: str) -> list[Any] | None:
        """Return the rows of a query, or None where nothing was committed since the last look.

        Raise AudioguideError where the database cannot be seen; the next look tries again.
        """
        trouble = (SQLAlchemyError, OSError, self._engine.dialect.loaded_dbapi.Error)
        try:
            return self._look(query)
        except trouble as error:
            self.close()
            raise AudioguideError(str(error)) from error

    def _look(self, query: str) -> list[Any] | None:
        if self._is_sqlite and _identity(self._engine) != self._file:
            self.close()  # the file has been replaced: what is open is no longer the database
        if self._connection is None:
            self._open()
        cursor = self._connection.cursor()
        if self._is_sqlite:  # the version first: what is committed in between is seen next time
            (version,) = cursor.execute("PRAGMA data_version").fetchone()
            if version == self._version:
                return None
        rows: list[Any] = cursor.execute(query).fetchall()
        if self._is_sqlite:
            self._version = version
        return rows

    def _open(self) -> None:
        self._file = _identity(self._engine)
        pooled = self._engine.raw_connection()
        if not self._is_sqlite:  # each look sees what is there now, and holds nothing
            pooled.driver_connection.autocommit = True  # type: ignore[union-attr]
        pooled.detach()
        self._connection = pooled

    def close(self) -> None:
        """Close the connection; the next look opens another."""
        connection, self._connection, self._version = self._connection, None, None
        if connection is not None:
            connection.close()


def open_engine(url: str, patience: Patience = AT_WORK) -> Engine:
    """Open an engine; on SQLite with foreign keys, WAL and honest transactions.

    A transaction that will write begins IMMEDIATE on SQLite: a read that turns into a write
    would fail at once with "database is locked", whatever the time-out.
    """
    with _opening():
        # What a statement was given may be a password's hash or a visitor's word: never in a log.
        engine = create_engine(url, hide_parameters=True)
    if engine.dialect.name == "sqlite":
        event.listen(engine, "do_connect", partial(_note_file, engine))
        event.listen(engine, "connect", partial(_prepare_sqlite, patience.reading_ms))
        event.listen(engine, "checkout", partial(_refuse_replaced, engine))
        event.listen(engine, "begin", _begin_sqlite)
    else:
        event.listen(engine, "begin", _begin_postgresql)
    return engine


@contextmanager
def _opening() -> Iterator[None]:
    """Raise AskedWrongly for an address that is none, a file that is no database, no server."""
    try:
        yield
    except (ArgumentError, DatabaseError, ImportError, OSError, ValueError) as error:
        reason = " ".join(str(getattr(error, "orig", error)).split()).rstrip(".")
        raise AskedWrongly("The database cannot be opened: {reason}.", reason=reason) from error


def sqlite_file(url: str | URL) -> Path | None:
    """Return the file of an SQLite address, or None for another database."""
    with _opening():
        parsed = make_url(url)
    return Path(parsed.database or "") if parsed.get_backend_name() == "sqlite" else None


def _identity(engine: Engine) -> Identity:
    """Tell the file of an SQLite database from another of the same name; None if it is absent."""
    try:
        stat = os.stat(engine.url.database or "")  # noqa: PTH116  in every look: a fifth of the time
    except OSError:  # absent, or in a folder that nobody may look into
        return None
    return stat.st_dev, stat.st_ino


def _note_file(engine: Engine, _dialect: Any, record: Any, given: list[Any], named: Any) -> None:
    """Remember which file a connection opens: before it does, so that a doubt means a new one.

    Where it is gone no empty one is made in its place, which would look like an empty guide.
    """
    record.info["file"] = _identity(engine)
    if engine.url.database not in (None, "", ":memory:") and not named.get("uri"):
        given[0] = f"{Path(given[0]).absolute().as_uri()}?mode=rw"
        named["uri"] = True


def _refuse_replaced(engine: Engine, _connection: Any, record: Any, _proxy: Any) -> None:
    """Let the pool open another connection where the file was replaced, as by a restore."""
    if record.info["file"] != _identity(engine):
        raise DisconnectionError("The database file was replaced.")


def _prepare_sqlite(wait_ms: int, connection: sqlite3.Connection, _record: Any) -> None:
    connection.isolation_level = None  # we say BEGIN ourselves
    connection.execute(f"PRAGMA busy_timeout = {min(wait_ms, _MOST_FOR_WAL_MS)}")
    try:
        connection.execute("PRAGMA journal_mode = WAL")
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode != sqlite3.SQLITE_BUSY:
            raise  # else it can be read as it is, and a later connection brings it to WAL
    connection.execute(f"PRAGMA busy_timeout = {wait_ms}")
    connection.execute("PRAGMA synchronous = FULL")  # a corrected word survives a loss of power
    connection.execute("PRAGMA foreign_keys = ON")


def _begin_sqlite(connection: Connection) -> None:
    options = connection.get_execution_options()
    writes = options.get(_WRITES, False)
    cursor = connection.connection.cursor()
    cursor.execute(f"PRAGMA busy_timeout = {options.get(_WAIT, 0)}")
    cursor.execute(f"PRAGMA query_only = {0 if writes else 1}")  # a read that writes is a mistake
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _begin_postgresql(connection: Connection) -> None:
    wait_ms = connection.get_execution_options().get(_WAIT, 0)
    connection.exec_driver_sql(_PATIENCE_ON_POSTGRESQL % max(wait_ms, 1))  # 0 would be for ever
