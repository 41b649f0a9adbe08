from __future__ import annotations

import logging
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import text

import postgres
from audioguide.db import Database
from audioguide.models import Row
from audioguide.services import editions
from audioguide.services.editions import Editions
from museum import World

KINDS = ["sqlite", pytest.param("postgresql", marks=pytest.mark.needs_postgresql)]


@pytest.fixture(scope="module", params=KINDS)
def address(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path_factory.mktemp('editions') / 'guide.sqlite3'}"
        return
    with postgres.server() as made:
        yield made


@pytest.fixture
def database(address: str) -> Iterator[Database]:
    made = Database(address)
    with made.alone() as connection:
        Row.metadata.drop_all(connection)
        Row.metadata.create_all(connection)
    yield made
    made.close()


def rise(database: Database, scope: str = "guide") -> None:
    with database.writing() as session:
        editions.raise_edition(session, scope)


def test_the_first_edition_is_number_one(tmp_path: Path) -> None:
    world = World(tmp_path)
    with world.database.writing() as session:
        assert editions.edition_number(session) == 0
        assert editions.raise_edition(session) == 1
    world.close()


def test_each_scope_has_a_number_of_its_own(world: World) -> None:
    with world.database.writing() as session:
        before = editions.edition_number(session)
        assert editions.raise_edition(session, "group:12345") == 1
        assert editions.raise_edition(session, "group:12345") == 2
        assert editions.edition_number(session) == before


def test_every_process_sees_a_risen_edition_at_its_next_look(database: Database) -> None:
    processes = [Editions(database, every_seconds=0.1) for _ in range(2)]
    assert [each.marks(0) for each in processes] == [{}, {}]
    rise(database)
    assert [each.marks(0.09) for each in processes] == [{}, {}]
    seen = [each.marks(0.1) for each in processes]
    assert seen[0] == seen[1]
    assert list(seen[0] or ()) == ["guide"]


def test_a_mark_never_comes_again(database: Database) -> None:
    seen_editions = Editions(database, every_seconds=0)
    seen = []
    for moment in range(20):
        rise(database)
        seen.append((seen_editions.marks(moment) or {})["guide"])
    assert len(set(seen)) == 20


def test_a_change_that_is_taken_back_was_none(database: Database) -> None:
    seen_editions = Editions(database, every_seconds=0)
    rise(database)
    before = seen_editions.marks(0)
    with pytest.raises(ZeroDivisionError), database.writing() as session:  # noqa: PT012
        editions.raise_edition(session)
        session.flush()
        assert seen_editions.marks(1) == before
        raise ZeroDivisionError
    assert seen_editions.marks(2) == before


def test_what_no_visitor_sees_leaves_the_very_same_marks(database: Database) -> None:
    seen_editions = Editions(database, every_seconds=0)
    rise(database)
    before = seen_editions.marks(0)
    with database.writing() as session:
        session.execute(text("UPDATE edition SET number = number"))
    assert seen_editions.marks(1) is before


def test_the_other_editions_stay_as_they_are(database: Database) -> None:
    seen_editions = Editions(database, every_seconds=0)
    rise(database)
    before = seen_editions.marks(0) or {}
    rise(database, "group:12345")
    after = seen_editions.marks(1) or {}
    assert after["guide"] == before["guide"]
    assert set(after) == {"guide", "group:12345"}


def test_who_has_written_looks_at_once(database: Database) -> None:
    seen_editions = Editions(database, every_seconds=1000)
    seen_editions.marks(0)
    rise(database)
    assert seen_editions.marks(1) == {}
    seen_editions.look_soon()
    assert seen_editions.marks(1) != {}


def test_what_was_known_holds_while_the_editions_cannot_be_seen(
    database: Database, caplog: pytest.LogCaptureFixture
) -> None:
    seen_editions = Editions(database, every_seconds=0)
    rise(database)
    before = seen_editions.marks(0)
    with database.writing() as session:
        session.execute(text("ALTER TABLE edition RENAME TO away"))
    with caplog.at_level(logging.WARNING):
        assert [seen_editions.marks(moment) for moment in (1, 2, 3)] == [before] * 3
    assert caplog.text.count("The editions cannot be seen") == 1
    with database.writing() as session:
        session.execute(text("ALTER TABLE away RENAME TO edition"))
    rise(database)
    assert (seen_editions.marks(4) or {})["guide"] != (before or {})["guide"]


@pytest.mark.needs_postgresql
def test_a_connection_that_the_server_closed_is_opened_again() -> None:
    with postgres.server() as address:
        database = Database(address)
        with database.alone() as connection:
            Row.metadata.create_all(connection)
        seen_editions = Editions(database, every_seconds=0)
        assert seen_editions.marks(0) == {}
        with database.writing() as session:
            editions.raise_edition(session)
            session.execute(
                text(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                    "WHERE pid <> pg_backend_pid() AND usename = current_user"
                )
            )
        assert seen_editions.marks(1) == {}
        assert list(seen_editions.marks(2) or ()) == ["guide"]
        database.close()
