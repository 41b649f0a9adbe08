"""Open the guide: folders, database, schema and store, for whoever works on it."""

from __future__ import annotations

import atexit
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias

from sqlalchemy.exc import OperationalError, SQLAlchemyError

from audioguide import files, migrations, ownership
from audioguide.db import Database, sqlite_file
from audioguide.errors import AskedWrongly, AudioguideError, Message, message
from audioguide.operations import reserve, trouble
from audioguide.operations.opened import Opened
from audioguide.services import importing
from audioguide.settings import Settings
from audioguide.storage import FolderStore, check_file, make_folder

Tell: TypeAlias = Callable[[Message], None]
"""Lets the person at the door know something while the work goes on."""


_SCHEMA_SECONDS = 60.0
_STEP_SECONDS = 1.0
_GLANCE_SECONDS = 0.2


def open_guide(settings: Settings, warn: Tell, waits: Tell = lambda _: None) -> Opened:
    """Open the database at the newest schema, and the store; raise AskedWrongly if it cannot.

    Nothing is written where there is neither a pack nor a database: that is a wrong folder.
    ``warn`` hears of a database that somebody else may be using; ``waits`` hears that the schema
    is older and another program holds the database.
    """
    refuse_a_wrong_folder(settings)
    make_folder(settings.data)
    if file := sqlite_file(settings.database_url):
        make_folder(file.parent)
        check_file(file)
        if said := ownership.check(file):
            warn(said)
    reserve.give_up_if_full(settings)
    store = FolderStore(settings.store)
    store.prepare()
    database = Database(settings.database_url)
    try:
        bring_schema(database, waits)
        reserve.put_by(settings)
    except (AskedWrongly, OSError) as error:
        if trouble.free_bytes(settings) > trouble.NO_ROOM_BYTES:
            raise
        raise AudioguideError("The disk is full. Make room, and try again.") from error
    if file:
        ownership.mark(file)
        atexit.register(_leave, database, file)
    return Opened(settings, database, store)


def refuse_a_wrong_folder(settings: Settings) -> None:
    """Raise AskedWrongly where no guide is and none can begin."""
    if not files.is_there(sqlite_file(settings.database_url) or settings.data):
        refuse_an_absent_pack(settings)


def refuse_an_absent_pack(settings: Settings) -> None:
    """Raise AskedWrongly where a guide would begin and has no pack: say how to come by one."""
    absent = importing.no_pack(settings.media)
    if absent is None:
        return
    if "found" in absent.message.values:  # a pack lies there, under another name
        raise absent
    raise AskedWrongly(
        "There is no guide here: {folder} has no {file}. Go to the folder of the guide and run "
        "this there, or set AUDIOGUIDE_MEDIA. A museum of your own begins with: python3 "
        "scripts/audioguide.py new {folder}",
        folder=settings.media,
        file="museum.toml",
    )


def _leave(database: Database, file: Path) -> None:
    """Close the database as the last thing: its log goes with the last who has it open."""
    database.close()
    ownership.forget(file)


def bring_schema(database: Database, waits: Tell = lambda _: None) -> None:
    """Bring the database to the newest schema, one process at a time; a new one asks for no lock.

    Another program that holds it is waited for, a minute at most.
    """
    if _is_newest(database):
        return
    deadline = time.monotonic() + _SCHEMA_SECONDS
    has_said = False
    while True:
        try:
            with database.alone(_STEP_SECONDS) as connection:
                migrations.migrate(connection)
            return
        except OperationalError as error:
            if not trouble.is_busy(error) or time.monotonic() > deadline:
                raise
        if not has_said:
            waits(
                message(
                    "The database must be brought to a new form, and another program holds it. It "
                    "is waited for, {seconds} seconds at most.",
                    seconds=round(_SCHEMA_SECONDS),
                )
            )
            has_said = True


def _is_newest(database: Database) -> bool:
    try:
        with database.reading() as session:
            return migrations.is_newest(session.connection())
    except SQLAlchemyError:  # not there yet, or no database at all, which is said below
        return False


def free_to_write(opened: Opened) -> None:
    """Raise OperationalError, at once, where another program holds the database; writes nothing.

    Whoever asks first does not wait for it, with all else that there is to do, for 20 seconds.
    """
    with opened.database.alone(_GLANCE_SECONDS, make=False):
        pass
