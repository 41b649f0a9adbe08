from __future__ import annotations

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError, OperationalError

from audioguide.db import Database, sqlite_file
from audioguide.errors import AskedWrongly, AudioguideError
from museum import World

WRITERS, ROUNDS = 4, 15


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    made = Database(f"sqlite:///{tmp_path / 'guide.sqlite3'}")
    with made.alone() as connection:
        connection.execute(text("CREATE TABLE tally (id INTEGER PRIMARY KEY, number INTEGER)"))
        connection.execute(text("INSERT INTO tally VALUES (1, 0)"))
    yield made
    made.close()


def read_number(database: Database) -> int:
    with database.reading() as session:
        return int(session.scalar(text("SELECT number FROM tally")) or 0)


def test_writers_that_read_first_wait_for_each_other(database: Database) -> None:
    together = threading.Barrier(WRITERS)

    def count() -> None:
        together.wait()
        for _ in range(ROUNDS):
            with database.writing() as session:
                number = session.scalar(text("SELECT number FROM tally"))
                session.execute(text("UPDATE tally SET number = :n"), {"n": number + 1})

    with ThreadPoolExecutor(WRITERS) as pool:
        for each in [pool.submit(count) for _ in range(WRITERS)]:
            each.result()
    assert read_number(database) == WRITERS * ROUNDS


def test_a_reader_does_not_wait_for_a_writer_and_sees_the_old_state(database: Database) -> None:
    with database.writing() as session:
        session.execute(text("UPDATE tally SET number = 7"))
        assert read_number(database) == 0
    assert read_number(database) == 7


def test_a_reader_sees_one_state_from_beginning_to_end(database: Database) -> None:
    with database.reading() as reader:
        before = reader.scalar(text("SELECT number FROM tally"))
        with database.writing() as writer:
            writer.execute(text("UPDATE tally SET number = 7"))
        assert reader.scalar(text("SELECT number FROM tally")) == before


def test_what_raises_writes_nothing(database: Database) -> None:
    with pytest.raises(ZeroDivisionError), database.writing() as session:  # noqa: PT012
        session.execute(text("UPDATE tally SET number = 7"))
        raise ZeroDivisionError
    assert read_number(database) == 0


def test_tables_that_are_made_are_undone_with_the_transaction(database: Database) -> None:
    with pytest.raises(ZeroDivisionError), database.alone() as connection:  # noqa: PT012
        connection.exec_driver_sql("CREATE TABLE half (id INTEGER)")
        raise ZeroDivisionError
    with database.reading() as session:
        tables = session.scalars(text("SELECT name FROM sqlite_master")).all()
    assert "half" not in tables


@pytest.mark.parametrize(
    ("pragma", "value"),
    [("journal_mode", "wal"), ("foreign_keys", 1), ("synchronous", 2), ("busy_timeout", 20_000)],
)
def test_sqlite_is_set_for_many_processes_and_a_loss_of_power(
    database: Database, pragma: str, value: object
) -> None:
    with database.reading() as session:
        assert session.scalar(text(f"PRAGMA {pragma}")) == value


def test_a_row_that_refers_to_nothing_is_refused(world: World) -> None:
    with pytest.raises(IntegrityError), world.database.writing() as session:
        session.execute(text("INSERT INTO stop_slug (slug, stop_id) VALUES ('nowhere', 999)"))


def test_a_file_that_is_no_database_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "guide.sqlite3").write_text("These are somebody's notes. " * 50)
    database = Database(f"sqlite:///{tmp_path / 'guide.sqlite3'}")
    with pytest.raises(AskedWrongly) as raised, database.alone():
        pass
    assert str(raised.value) == "The database cannot be opened: file is not a database."
    database.close()


def test_a_folder_is_no_database(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path}")
    with pytest.raises(AskedWrongly, match="cannot be opened"), database.alone():
        pass
    database.close()


@pytest.mark.parametrize("url", ["postgresql+psycopg://museum:port/guide", "nonsense"])
def test_an_address_that_is_none_is_one_line(url: str) -> None:
    for opens in (Database, sqlite_file):
        with pytest.raises(AskedWrongly) as raised:
            opens(url)
        assert len(str(raised.value).splitlines()) == 1


@pytest.fixture
def places(tmp_path: Path) -> Iterator[Database]:
    made = Database(f"sqlite:///{tmp_path / 'guide.sqlite3'}")
    with made.alone() as connection:
        connection.execute(text("CREATE TABLE place (name TEXT)"))
    yield made
    made.close()


def add(database: Database, name: str) -> None:
    with database.writing() as session:
        session.execute(text("INSERT INTO place VALUES (:name)"), {"name": name})


NAMES = "SELECT name FROM place"


def test_a_look_sees_what_was_committed_and_then_nothing_new(places: Database) -> None:
    lookout = places.lookout()
    add(places, "hall")
    assert lookout.look(NAMES) == [("hall",)]
    assert lookout.look(NAMES) is None
    add(places, "court")
    assert lookout.look(NAMES) == [("hall",), ("court",)]
    assert lookout.look(NAMES) is None
    lookout.close()


def test_a_look_holds_up_no_writer(places: Database) -> None:
    lookout = places.lookout()
    lookout.look(NAMES)
    with places.alone() as connection:
        connection.execute(text("DROP TABLE place"))
    with pytest.raises(AudioguideError, match="no such table"):
        lookout.look(NAMES)


def test_a_file_in_the_place_of_the_database_is_the_database(
    tmp_path: Path, places: Database
) -> None:
    lookout = places.lookout()
    add(places, "old")
    assert lookout.look(NAMES) == [("old",)]
    other = Database(f"sqlite:///{tmp_path / 'other'}")
    with other.alone() as connection:
        connection.execute(text("CREATE TABLE place (name TEXT)"))
        connection.execute(text("INSERT INTO place VALUES ('new')"))
    other.close()
    for beside in ("-wal", "-shm"):
        (tmp_path / f"guide.sqlite3{beside}").unlink()
    (tmp_path / "other").replace(tmp_path / "guide.sqlite3")
    assert lookout.look(NAMES) == [("new",)]
    add(places, "newer")
    with places.reading() as session:
        assert session.scalars(text(NAMES)).all() == ["new", "newer"]
    lookout.close()


def test_a_database_that_cannot_be_seen_is_seen_again_when_it_is_back(
    tmp_path: Path, places: Database
) -> None:
    lookout = places.lookout()
    add(places, "hall")
    lookout.look(NAMES)
    places.close()
    away = (tmp_path / "guide.sqlite3").rename(tmp_path / "away")
    (tmp_path / "guide.sqlite3").mkdir()
    with pytest.raises(AudioguideError):
        lookout.look(NAMES)
    (tmp_path / "guide.sqlite3").rmdir()
    away.rename(tmp_path / "guide.sqlite3")
    assert lookout.look(NAMES) == [("hall",)]
    lookout.close()


def test_a_reader_makes_no_empty_file_where_the_database_is_gone(
    tmp_path: Path, places: Database
) -> None:
    add(places, "hall")
    assert not places.is_gone()
    for path in tmp_path.glob("guide.sqlite3*"):
        path.unlink()
    assert places.is_gone()
    for door in (places.reading, places.writing):
        with pytest.raises(OperationalError, match="unable to open"), door() as session:
            session.execute(text(NAMES))
    assert not list(tmp_path.glob("guide.sqlite3*"))


def test_another_writer_is_waited_for_as_long_as_was_asked(places: Database) -> None:
    with places.alone(), pytest.raises(OperationalError, match="locked"), places.alone(0):
        pass
    with places.reading() as session:
        assert session.scalar(text("PRAGMA busy_timeout")) == 20_000
