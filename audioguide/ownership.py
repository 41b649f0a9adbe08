"""Tell whether an SQLite database is ours, and whether the log beside it is its own.

SQLite replays whatever `-wal` lies beside a database. Where a backup was copied over a database
whose guide had been killed, that log undoes the restore without a word. So each start draws a mark,
which stands in the header of the database, and in a file beside it for as long as there is a log:
a log beside a database with another mark is not its own. Where there is no file of marks, as in a
folder that was moved, the log is trusted. And SQLite deletes a log whose database is away: that
one is kept for the day on which the database is put back.
"""

from __future__ import annotations

import os
import secrets
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterable
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from audioguide.errors import AskedWrongly, Message, message
from audioguide.storage import write_whole

APPLICATION = int.from_bytes(b"AGde")  # in the header, as `file` and other programs read it
_OUR_TABLES = {"alembic_version", "edition", "transcript"}
_LOGS = ("-wal", "-journal")
_HIGHEST_MARK = 2**31 - 1
_TRIES, _TRY_SECONDS = 3, 0.3

# Renames what it is given unless another process has the database open: run as a process of its
# own, because a process that closes a file loses every lock that it has on it. SQLite's bytes of
# locks: whoever has a log open holds 128 of the `-shm`; the range in the database is for the rest.
# The `-shm` stays: whoever opens the database first and alone makes it anew.
_RENAME_ALONE = """
import sys
database, *renamed = sys.argv[1:]
held = []
try:
    import fcntl
except ImportError:  # Windows renames no file that is open
    fcntl = None
for path, start, length in ((database, 0x40000000, 512), (database + "-shm", 128, 1)):
    try:
        file = open(path, "rb+")
    except FileNotFoundError:
        continue
    held.append(file)
    if fcntl:
        fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB, length, start)
import os
for old, new in zip(renamed[::2], renamed[1::2]):
    os.rename(old, new)
"""


@dataclass(frozen=True)
class _Header:
    """What the database file itself says, whatever lies in a log beside it."""

    application: int
    mark: int


def check(file: Path) -> Message | None:
    """Put a log aside that is not the database's own, and return what to say of it.

    Call it before the database is opened. Raise AskedWrongly for another program's database, and
    for a log of another database that somebody has open: it would be replayed into this one.
    """
    said = _keep_orphans(file) or _put_aside(file)
    header = _header(file)
    if header is not None and header.application != APPLICATION and not _is_ours(file, header):
        raise AskedWrongly(
            "The file {file} is the database of another program. Name another place in "
            "AUDIOGUIDE_DATA or AUDIOGUIDE_DATABASE_URL.",
            file=file,
        )
    return said


def mark(file: Path) -> None:
    """Draw a new mark for an open database; where that cannot be now, those of before hold.

    The file beside it names a mark before the database may have it, and no longer names another
    once the database cannot have that any more.
    """
    with suppress(
        sqlite3.Error, OSError
    ):  # it is locked, or the disk is full: no start waits for it
        connection = sqlite3.connect(_address(file, "mode=rw"), uri=True, timeout=0)
        with closing(connection):
            connection.isolation_level = None
            _draw(connection, file)


def forget(file: Path) -> None:
    """Remove the file of marks once the last who had the database open took the log away.

    Else a copy of the folder would bring its own along, and vouch for a log that it never had.
    """
    if not any(path.exists() for path in _log_names(file)):
        _trust(file)


def _keep_orphans(file: Path) -> Message | None:
    """Put a log aside whose database is gone or empty; who has it open loses nothing by that."""
    logs = _logs(file)  # first: nobody makes a log before there is a database
    if not logs or (file.exists() and file.stat().st_size):
        return None
    try:
        for log, aside in _names_aside(file, logs):
            log.rename(aside)
        file.with_name(f"{file.name}-shm").unlink(missing_ok=True)  # it tells of that log alone
    except OSError as error:
        raise _not_put_aside(logs) from error
    _trust(file)
    return message(
        "{log} belongs to a database that is no longer there, and was put aside.",
        log=", ".join(path.name for path in logs),
    )


def _put_aside(file: Path) -> Message | None:
    for _ in range(_TRIES):
        marks, header = _marks(file), _header(file)
        if marks is None or header is None or header.mark in marks:
            return None
        logs = _logs(file)
        if not logs:
            _trust(file)  # the database was replaced, and what is logged from now on is its own
            return None
        if _rename_alone(file, logs):
            _trust(file)
            return message(
                "{log} belonged to another database than the one that lies there now, "
                "and was put aside.",
                log=", ".join(path.name for path in logs),
            )
        time.sleep(_TRY_SECONDS)  # another start may be doing the same
    raise _not_put_aside(logs)


def _not_put_aside(logs: Iterable[Path]) -> AskedWrongly:
    return AskedWrongly(
        "{log} belongs to another database than the one that lies there now, and cannot be put "
        "aside. Close the program that has it open, or move the file away, and try again.",
        log=", ".join(path.name for path in logs),
    )


def _rename_alone(file: Path, logs: Iterable[Path]) -> bool:
    names = [str(name) for pair in _names_aside(file, logs) for name in pair]
    done = subprocess.run(
        [sys.executable, "-c", _RENAME_ALONE, str(file), *names], capture_output=True, check=False
    )
    return done.returncode == 0


def _names_aside(file: Path, logs: Iterable[Path]) -> list[tuple[Path, Path]]:
    date = datetime.now().astimezone().strftime("%Y-%m-%d-%H%M%S")
    return [(log, file.with_name(f"{log.name}.foreign-{date}")) for log in logs]


def _draw(connection: sqlite3.Connection, file: Path) -> None:
    connection.execute("BEGIN IMMEDIATE")  # one start at a time
    drawn = secrets.randbelow(_HIGHEST_MARK) + 1
    marks, header = _marks(file), _header(file)
    if marks is not None and header is not None:
        _write_marks(file, marks | {header.mark, _version(connection), drawn})
    connection.execute(f"PRAGMA user_version = {drawn}")
    connection.execute(f"PRAGMA application_id = {APPLICATION}")
    connection.execute("COMMIT")
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    connection.execute("BEGIN IMMEDIATE")
    header = _header(file)
    if header is not None and header.mark == _version(connection) == drawn:
        _write_marks(file, {drawn})
    connection.execute("ROLLBACK")


def _version(connection: sqlite3.Connection) -> int:
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    return int(version)


def _header(file: Path) -> _Header | None:
    """Read the header of the file alone; None where there is no database.

    SQLite reads it, because closing a file would give up the locks that this process has on it.
    """
    try:
        address = _address(file, "mode=ro&immutable=1")
        with closing(sqlite3.connect(address, uri=True)) as connection:
            (application,) = connection.execute("PRAGMA application_id").fetchone()
            return _Header(int(application), _version(connection))
    except sqlite3.Error:
        return None  # whoever opens it says what is wrong


def _is_ours(file: Path, header: _Header) -> bool:
    """Tell our databases of old, and empty ones, from those of other programs."""
    if header.application:
        return False
    try:
        with closing(sqlite3.connect(_address(file, "mode=ro"), uri=True)) as connection:
            rows = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
            tables = {name for (name,) in rows}
    except sqlite3.Error:
        return True
    return not tables or tables >= _OUR_TABLES


def _log_names(file: Path) -> list[Path]:
    return [file.with_name(file.name + ending) for ending in _LOGS]


def _logs(file: Path) -> list[Path]:
    return [path for path in _log_names(file) if path.is_file() and path.stat().st_size]


def _trust(file: Path) -> None:
    with suppress(OSError):
        _beside(file).unlink(missing_ok=True)


def _beside(file: Path) -> Path:
    return file.with_name(f"{file.name}-marks")


def _marks(file: Path) -> set[int] | None:
    try:
        return {int(word) for word in _beside(file).read_text(encoding="ascii").split()} or None
    except (OSError, ValueError):
        return None


def _write_marks(file: Path, marks: set[int]) -> None:
    write_whole(_beside(file), " ".join(map(str, sorted(marks))).encode())
    if hasattr(os, "O_DIRECTORY"):  # the name must be on the disk before what it vouches for
        folder = os.open(file.parent, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


def _address(file: Path, options: str) -> str:
    return f"{file.absolute().as_uri()}?{options}"
