from __future__ import annotations

import os
import re
import time
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Column, Table, select
from sqlalchemy.orm import Session

from audioguide.models import Narration, Row, StoredName, now
from audioguide.services import drawings
from audioguide.services.narration import available_voices, plan, pruning
from audioguide.services.narration.pruning import KEPT_FOR, Pruned
from audioguide.services.narration.scope import EVERYTHING
from drawings import add_drawing
from museum import World, a_sound
from photographs import add_picture

LATER = KEPT_FOR + timedelta(days=1)
STORED = re.compile(r"[0-9a-f]{32}\.[a-z0-9]+")


def prune(world: World, after: timedelta = LATER) -> Pruned:
    with world.database.reading() as session:
        names = pruning.named(session)
    return pruning.prune(names, world.store, world.settings.data, now() + after)


def speak_again(world: World) -> int:
    """Make every sound anew, as after a changed text; return the bytes of the old ones."""
    old = sum(path.stat().st_size for path in world.store.folder.iterdir() if path.suffix != ".vtt")
    with world.database.writing() as session:
        plan.want_again_all(session, EVERYTHING)
    number = 0
    while (claimed := world.claim()) is not None:
        world.keep(claimed, a_sound(f"again {number}"))
        number += 1
    return old


def test_sound_that_a_row_names_is_never_removed(world: World) -> None:
    world.speak_all()
    assert prune(world) == Pruned(0, 0, 0)


def test_sound_that_no_row_has_named_for_a_month_is_removed(world: World) -> None:
    world.speak_all()
    old = speak_again(world)
    assert prune(world, KEPT_FOR - timedelta(days=1)) == Pruned(0, 0, 0)
    assert prune(world) == Pruned(24, old, 0)  # two formats each
    assert prune(world) == Pruned(0, 0, 0)
    with world.database.writing() as session:
        assert plan.repair(session, world.store) == 0


def test_a_sound_that_was_let_go_today_is_kept_however_old_it_is(world: World) -> None:
    name = world.store.keep(b"an old sound", "mp3")
    long_ago = time.time() - 300 * 24 * 3600
    os.utime(world.store.folder / name, (long_ago, long_ago))
    world.store.let_go(name)
    assert prune(world, timedelta()) == Pruned(0, 0, 0)
    assert prune(world).files == 1


def test_what_is_no_sound_of_ours_is_left_alone(world: World) -> None:
    (world.store.folder / "README.md").write_text("Not ours.", encoding="utf-8")
    assert prune(world) == Pruned(0, 0, 0)
    assert (world.store.folder / "README.md").exists()


def test_spoken_sentences_shrink_to_their_bound(world: World) -> None:
    folder = available_voices.remembered(world.settings.data).folder
    folder.mkdir(parents=True)
    for number in range(6):
        with (folder / f"{number}.flac").open("wb") as file:
            file.truncate(100_000_000)  # a file of holes: it takes no room
    assert prune(world).sentences_bytes == 100_000_000


def every_string(session: Session) -> Iterator[tuple[Column[Any], frozenset[str]]]:
    """Give the columns that hold strings, with what stands in them."""
    for table in Row.metadata.sorted_tables:
        for column in table.columns:
            values = session.scalars(select(column).where(column.is_not(None))).all()
            if strings := frozenset(str(each) for each in values if isinstance(each, str)):
                yield column, strings


def test_every_column_that_holds_names_of_files_has_their_type(world: World) -> None:
    add_picture(world.media / "stops/1-alash")
    add_drawing(world.media, "famine")
    drawings.draw(world.media)
    world.bring()
    world.speak_all()
    with world.database.writing() as session:
        row = session.scalars(select(Narration)).first()
        assert row is not None
        row.take = row.wanted_take = row.pack_take = world.store.keep(b"a take", "flac")
    with world.database.reading() as session:
        strings = list(every_string(session))
    holding = {
        column for column, values in strings if any(STORED.fullmatch(each) for each in values)
    }
    typed = {
        column
        for table in Row.metadata.sorted_tables
        for column in table.columns
        if isinstance(column.type, StoredName)
    }
    assert len(typed) == 8
    assert holding == typed


@pytest.fixture
def leaflets() -> Iterator[Table]:
    """A table that a later version may bring, with files of its own."""
    table = Table("leaflet", Row.metadata, Column("file", StoredName, primary_key=True))
    yield table
    Row.metadata.remove(table)


def test_a_new_column_of_names_protects_its_files_and_nothing_else_need_be_changed(
    world: World, leaflets: Table
) -> None:
    name = world.store.keep(b"a leaflet", "pdf")
    with world.database.alone() as connection:
        leaflets.create(connection)
        connection.execute(leaflets.insert().values(file=name))
    assert prune(world) == Pruned(0, 0, 0)
    with world.database.alone() as connection:
        connection.execute(leaflets.delete())
    assert prune(world).files == 1
