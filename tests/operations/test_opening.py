from __future__ import annotations

import sqlite3

import pytest
from sqlalchemy.exc import OperationalError

from audioguide.errors import Message
from audioguide.operations import reserve, trouble
from audioguide.operations.opening import free_to_write, open_guide
from audioguide.services import editions
from locks import held
from museum import World


def nobody(said: Message) -> None:
    raise AssertionError(f"nothing was to be said: {said}")


def test_a_schema_that_is_up_to_date_asks_for_no_lock(world: World) -> None:
    with held(world):
        guide = open_guide(world.settings, nobody)
        with guide.database.reading() as session:
            assert editions.edition_number(session) > 0
    guide.database.close()


def test_an_older_schema_says_what_it_waits_for_once(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("audioguide.operations.opening._SCHEMA_SECONDS", 1.5)
    with sqlite3.connect(world.settings.data / "guide.sqlite3") as old:
        old.execute("UPDATE alembic_version SET version_num = '0008'")
    old.close()
    heard: list[Message] = []
    with held(world), pytest.raises(OperationalError, match="locked"):
        open_guide(world.settings, nobody, heard.append)
    (said,) = map(str, heard)
    assert said.startswith("The database must be brought to a new form")


def test_a_megabyte_is_put_by_for_the_day_on_which_the_disk_is_full(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_guide(world.settings, nobody).database.close()
    put_by = reserve.beside(world.settings.data / "guide.sqlite3")
    assert put_by.stat().st_size == 1 << 20
    reserve.give_up_if_full(world.settings)
    assert put_by.exists()
    monkeypatch.setattr(trouble, "free_bytes", lambda _: 0)
    open_guide(world.settings, nobody).database.close()
    assert not put_by.exists()
    put_by.write_text("a stranger's")
    open_guide(world.settings, nobody).database.close()
    assert put_by.read_text() == "a stranger's"


def test_whoever_asks_whether_the_database_is_free_hears_at_once_and_writes_nothing(
    world: World,
) -> None:
    file = world.settings.data / "guide.sqlite3"
    free_to_write(world.opened())
    before = file.read_bytes()
    with held(world), pytest.raises(OperationalError, match="locked"):
        free_to_write(world.opened())
    assert file.read_bytes() == before


def test_the_folder_of_the_originals_is_made_at_the_first_recording(world: World) -> None:
    opened = world.opened()
    assert not (world.settings.data / "takes").exists()
    assert opened.takes is opened.takes
    assert (world.settings.data / "takes").is_dir()
