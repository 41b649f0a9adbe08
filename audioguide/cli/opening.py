"""Open the guide for a command: folders, schema, and the pack if it has changed."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass

from audioguide import migrations
from audioguide.db import Database, sqlite_file
from audioguide.errors import PackBroken
from audioguide.services import (
    holding,
    importing,
    picturing,
    receiving,
    resting,
    scripting,
    voicing,
    wanting,
)
from audioguide.services.importing import Imported
from audioguide.settings import Settings
from audioguide.storage import FolderStore, make_folder


@dataclass(frozen=True)
class Opened:
    """The open guide of one command."""

    settings: Settings
    database: Database
    store: FolderStore


def open_guide(settings: Settings) -> Opened:
    """Open the database at the newest schema, and the store; raise AskedWrongly if it cannot."""
    make_folder(settings.data)
    if file := sqlite_file(settings.database_url):
        make_folder(file.parent)
    store = FolderStore(settings.store)
    store.prepare()
    database = Database(settings.database_url)
    with database.alone() as connection:  # one process at a time
        migrations.migrate(connection)
    return Opened(settings, database, store)


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


def _bring(opened: Opened) -> Imported | None:
    folder = opened.settings.media
    with opened.database.reading() as session:
        if importing.is_seen(session, folder):
            return None
        before = picturing.made_before(session, opened.store)
        known = holding.known_structure(session)
    checked = importing.read_what_is_whole(folder, known)
    if checked.pack is None or (checked.broken and known is None):
        raise PackBroken(checked.broken)
    made = picturing.make(opened.store, checked.pack, before)
    with opened.database.writing() as session:
        return importing.bring_in(session, checked.pack, made, checked.broken)


def want(opened: Opened) -> None:
    """Want every text spoken as it is now, by the voices that there are now."""
    settings = opened.settings
    wishes = voicing.wishes(settings.voices, settings.data)
    with opened.database.reading() as session:
        try:
            changed = scripting.prepare_changed(session, settings.media)
        except OSError:
            changed = {}  # the old words stay until it is mended, and the old scripts
    with opened.database.writing() as session:
        scripting.keep(session, changed)
        wanting.want_all(session, wishes)


def bring_takes(opened: Opened, *, settled_seconds: float = 0) -> list[str]:
    """Receive the recordings beside the texts; return the texts whose recording is new."""
    with opened.database.reading() as session:
        places = receiving.places(session)
    takes = receiving.takes_store(opened.settings.data)
    received = receiving.look(places, opened.settings.media, takes, settled_seconds=settled_seconds)
    if not received:
        return []
    with opened.database.writing() as session:
        return receiving.want(session, received)


def repair(opened: Opened) -> None:
    """Want again what has lost its files, and give every voice another chance."""
    with opened.database.writing() as session:
        resting.wake_all(session)
        wanting.repair(session, opened.store)
    repair_pictures(opened)


def repair_pictures(opened: Opened) -> None:
    """Make again the pictures that have lost their files, if the pack can be read."""
    with opened.database.reading() as session:
        if not picturing.lost(session, opened.store):
            return
        before = picturing.made_before(session, opened.store)
    with contextlib.suppress(PackBroken):  # said where it was read; the pages stay as they are
        pack = importing.read(opened.settings.media)
        made = picturing.make(opened.store, pack, before)
        with opened.database.writing() as session:
            importing.bring_in(session, pack, made)
        want(opened)  # the pack may have been edited a moment ago
