"""Open the guide for a command: folders, schema, and the pack if it has changed."""

from __future__ import annotations

import atexit
import contextlib
import time
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from sqlalchemy.exc import OperationalError, SQLAlchemyError

from audioguide import files, migrations, ownership
from audioguide.cli import reserve, trouble
from audioguide.cli.terminal import Terminal
from audioguide.db import Database, sqlite_file
from audioguide.errors import AskedWrongly, AudioguideError, Finding, PackBroken
from audioguide.services import importing, partial_pack
from audioguide.services.groups import leading
from audioguide.services.importing import Imported
from audioguide.services.narration import available_voices, backoff, intake, plan, scripts
from audioguide.services.visitor import stop_pictures
from audioguide.settings import Settings
from audioguide.storage import FolderStore, check_file, make_folder


@dataclass(frozen=True)
class Opened:
    """The open guide of one command."""

    settings: Settings
    database: Database
    store: FolderStore


@dataclass(frozen=True)
class BroughtTakes:
    """Which texts have a new recording, and the recordings that cannot be read."""

    names: list[str]
    unreadable: tuple[Finding, ...] = ()


_SCHEMA_SECONDS = 60.0
_STEP_SECONDS = 1.0
_GLANCE_SECONDS = 0.2


def open_guide(settings: Settings, terminal: Terminal | None = None) -> Opened:
    """Open the database at the newest schema, and the store; raise AskedWrongly if it cannot.

    Nothing is written where there is neither a pack nor a database: that is a wrong folder.
    Where the schema is older and another program holds the database, ``terminal`` says so.
    """
    _refuse_a_wrong_folder(settings)
    make_folder(settings.data)
    if file := sqlite_file(settings.database_url):
        make_folder(file.parent)
        check_file(file)
        if said := ownership.check(file):
            (terminal or Terminal.of_environment()).problem(said)
    reserve.give_up_if_full(settings)
    store = FolderStore(settings.store)
    store.prepare()
    database = Database(settings.database_url)
    try:
        bring_schema(database, terminal)
        reserve.put_by(settings)
    except (AskedWrongly, OSError) as error:
        if trouble.free_bytes(settings) > trouble.NO_ROOM_BYTES:
            raise
        raise AudioguideError("The disk is full. Make room, and try again.") from error
    if file:
        ownership.mark(file)
        atexit.register(_leave, database, file)
    return Opened(settings, database, store)


def _refuse_a_wrong_folder(settings: Settings) -> None:
    """Raise AskedWrongly where no guide is and none can begin."""
    absent = importing.no_pack(settings.media)
    database = sqlite_file(settings.database_url) or settings.data
    if absent is None or files.is_there(database):
        return
    if "found" in absent.message.values:  # a pack lies there, under another name
        raise absent
    raise AskedWrongly(
        "There is no guide here: {folder} has no {file}. Go to the folder of the guide and run "
        "this there, or set AUDIOGUIDE_MEDIA.",
        folder=settings.media,
        file="museum.toml",
    )


def _leave(database: Database, file: Path) -> None:
    """Close the database as the last thing: its log goes with the last who has it open."""
    database.close()
    ownership.forget(file)


def bring_schema(database: Database, terminal: Terminal | None = None) -> None:
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
        if terminal and not has_said:
            terminal.line(
                "The database must be brought to a new form, and another program holds it. It is "
                "waited for, {seconds} seconds at most.",
                seconds=round(_SCHEMA_SECONDS),
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


def bring_pack(opened: Opened) -> Imported | None:
    """Import the pack if it has changed since the last import, and want spoken what has changed.

    Raise PackBroken where something is broken; what is whole has been brought in by then.
    """
    report = bring_what_is_whole(opened)
    if report is not None and report.broken:
        raise PackBroken(report.broken)
    return report


def bring_what_is_whole(opened: Opened) -> Imported | None:
    """Import what is whole in the pack, if it has changed, and want spoken what has changed.

    Raise PackBroken, with nothing written, where the guide is empty yet and anything is broken.
    """
    report = _bring(opened)
    want(opened)
    return report


def _bring(opened: Opened, *, anew: bool = False) -> Imported | None:
    folder = opened.settings.media
    with opened.database.reading() as session:
        if not anew and importing.is_seen(session, folder):
            return None
        before = stop_pictures.made_before(session, opened.store)
        known = partial_pack.known_structure(session)
    checked = importing.read_what_is_whole(folder, known)
    if checked.pack is None or (checked.broken and known is None):
        raise PackBroken(checked.broken)
    made = stop_pictures.make(opened.store, checked.pack, before)
    with opened.database.writing() as session:
        return importing.bring_in(session, checked.pack, made, checked.broken)


def want(opened: Opened) -> None:
    """Want every text spoken as it is now, by the voices that there are now."""
    settings = opened.settings
    wishes = available_voices.wishes(settings.voices, settings.data)
    with opened.database.reading() as session:
        try:
            changed = scripts.prepare_changed(session, settings.media)
        except OSError:
            changed = {}  # the old words stay until it is mended, and the old scripts
    with opened.database.writing() as session:
        scripts.keep(session, changed)
        plan.want_all(session, wishes)


def bring_takes(opened: Opened, arriving: intake.Arriving | None = None) -> BroughtTakes:
    """Receive the recordings beside the texts; what is still ``arriving`` is for a later look."""
    with opened.database.reading() as session:
        places = intake.places(session)
    takes = intake.takes_store(opened.settings.data)
    to_keep = partial(free_to_write, opened)  # no copy of what could not be written down
    seen = intake.look(places, opened.settings.media, takes, arriving, before_keeping=to_keep)
    if not seen.received:
        return BroughtTakes([], seen.unreadable)
    with opened.database.writing() as session:
        return BroughtTakes(intake.want(session, seen.received), seen.unreadable)


def repair(opened: Opened) -> None:
    """Want again what has lost its files, give every voice another chance, end forgotten groups."""
    with opened.database.writing() as session:
        leading.end_forgotten(session)
        backoff.wake_all(session)
        plan.repair(session, opened.store)
    repair_pictures(opened)


def repair_pictures(opened: Opened) -> None:
    """Make again the pictures that have lost their files, if the pack can be read."""
    with opened.database.reading() as session:
        if not stop_pictures.lost(session, opened.store):
            return
    # What is broken is said where the pack is read; the pages stay as they are.
    with contextlib.suppress(PackBroken, AskedWrongly):
        _bring(opened, anew=True)
        want(opened)  # the pack may have been edited a moment ago
