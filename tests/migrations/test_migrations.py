from __future__ import annotations

import os
import re
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import (
    CheckConstraint,
    String,
    TypeDecorator,
    UniqueConstraint,
    inspect,
    select,
    text,
)

import postgres
from audioguide import migrations
from audioguide.db import Database
from audioguide.errors import AskedWrongly
from audioguide.models import Museum, Narration, Row, State
from museum import World

STARTS = 4
START = """
import sys
from audioguide import migrations
from audioguide.db import Database

sys.stdin.readline()
with Database(sys.argv[1]).alone() as connection:
    print(migrations.migrate(connection))
"""


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    made = Database(f"sqlite:///{tmp_path / 'guide.sqlite3'}")
    yield made
    made.close()


def migrate(database: Database) -> bool:
    with database.alone() as connection:
        return migrations.migrate(connection)


def _differ(
    context: MigrationContext, _seen: object, _column: object, is_there: object, meant: Any
) -> bool | None:
    """Leave strings to themselves, since SQLite keeps no length; let Alembic compare the rest."""
    if context.dialect.name != "sqlite":
        return None
    stored = meant.impl_instance if isinstance(meant, TypeDecorator) else meant
    return False if isinstance(is_there, String) and isinstance(stored, String) else None


def test_an_empty_database_migrated_is_the_schema_of_the_models(database: Database) -> None:
    assert migrate(database)
    with database.alone() as connection:
        options = {"compare_type": _differ, "compare_server_default": True}
        context = MigrationContext.configure(connection, opts=options)
        assert compare_metadata(context, Row.metadata) == []


@pytest.mark.needs_postgresql
def test_strings_have_the_length_of_the_models_where_it_is_kept(postgresql: str) -> None:
    database = Database(postgres.new_database(postgresql))
    migrate(database)
    with database.alone() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Row.metadata) == []
    database.close()


def test_every_constraint_of_the_models_is_in_the_database(database: Database) -> None:
    migrate(database)
    with database.alone() as connection:
        seen = inspect(connection)
        for table in Row.metadata.sorted_tables:
            uniques = {tuple(c["column_names"]) for c in seen.get_unique_constraints(table.name)}
            indexes = {tuple(i["column_names"]) for i in seen.get_indexes(table.name)}
            keys = {key["referred_table"] for key in seen.get_foreign_keys(table.name)}
            primary = seen.get_pk_constraint(table.name)["constrained_columns"]
            wanted = {
                tuple(column.name for column in each.columns)
                for each in table.constraints
                if isinstance(each, UniqueConstraint)
            }
            assert wanted <= uniques, table.name
            assert {tuple(c.name for c in i.columns) for i in table.indexes} <= indexes
            assert {key.column.table.name for key in table.foreign_keys} == keys
            assert primary == [column.name for column in table.primary_key]
            checks = {str(each["name"]) for each in seen.get_check_constraints(table.name)}
            assert checks == {
                str(each.name) for each in table.constraints if isinstance(each, CheckConstraint)
            }


def test_migrating_again_does_nothing(database: Database) -> None:
    assert migrate(database)
    assert not migrate(database)


def test_the_revision_written_down_is_the_newest(database: Database) -> None:
    with database.alone() as connection:
        scripts = ScriptDirectory.from_config(migrations.configuration(connection))
        assert scripts.get_heads() == [migrations.HEAD]


def test_a_database_of_a_newer_version_is_refused_and_left_alone(world: World) -> None:
    with world.database.writing() as session:
        session.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(AskedWrongly, match=r"newer version of the guide \(revision 9999\)"):
        migrate(world.database)
    with world.database.reading() as session:
        assert session.scalar(text("SELECT version_num FROM alembic_version")) == "9999"
        assert session.scalar(text("SELECT count(*) FROM stop")) == 5


def test_a_migration_that_fails_leaves_nothing_behind(database: Database) -> None:
    with pytest.raises(ZeroDivisionError), database.alone() as connection:  # noqa: PT012
        migrations.migrate(connection)
        raise ZeroDivisionError
    with database.alone() as connection:
        assert inspect(connection).get_table_names() == []
    assert migrate(database)


def test_of_several_first_starts_at_once_one_migrates(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'guide.sqlite3'}"
    starts = [
        subprocess.Popen(
            [sys.executable, "-c", START, url],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env=os.environ | {"OPENBLAS_NUM_THREADS": "1"},
        )
        for _ in range(STARTS)
    ]
    for start in starts:
        assert start.stdin is not None
        start.stdin.write("go\n")
        start.stdin.flush()
    said = sorted(start.communicate(timeout=120)[0].strip() for start in starts)
    assert said == ["False"] * (STARTS - 1) + ["True"]


def test_the_scripts_are_found_beside_the_program(tmp_path: Path, database: Database) -> None:
    migrate(database)
    with database.alone() as connection:
        config = migrations.configuration(connection)
    assert Path(config.get_main_option("script_location") or "") == Path(migrations.__file__).parent


def test_the_way_back_empties_the_database(tmp_path: Path, database: Database) -> None:
    migrate(database)
    with database.alone() as connection:
        command.downgrade(migrations.configuration(connection), "base")
    kept = sqlite3.connect(tmp_path / "guide.sqlite3")
    tables = {name for (name,) in kept.execute("SELECT name FROM sqlite_master")}
    kept.close()
    assert {each for each in tables if not re.match("alembic|sqlite", each)} == set()


def test_a_museum_of_the_version_before_has_no_facts_and_is_read_once_more(
    database: Database,
) -> None:
    with database.alone() as connection:
        command.upgrade(migrations.configuration(connection), "0011")
        connection.execute(
            text(
                "INSERT INTO museum (id, timezone, opening_hours, accounts) "
                "VALUES (1, 'Asia/Almaty', '[]', '[]')"
            )
        )
        connection.execute(text("INSERT INTO pack_seen (id, digest) VALUES (1, 'old')"))
    assert migrate(database)
    with database.reading() as session:
        museum = session.get_one(Museum, 1)
        assert (museum.closed_days, museum.email, museum.notice_until) == ([], None, None)
        assert session.scalar(text("SELECT count(*) FROM pack_seen")) == 0
    with database.alone() as connection:
        command.downgrade(migrations.configuration(connection), "0011")
        columns = {each["name"] for each in inspect(connection).get_columns("museum")}
        assert {"email", "closed_days", "notice_until"}.isdisjoint(columns)
        assert connection.scalar(text("SELECT timezone FROM museum")) == "Asia/Almaty"


# What a row of 0012 could say against itself, and what is made of it.
HEALED = [
    ("state = 'lost'", State.WANTED),
    ("state = 'speaking'", State.WANTED),
    ("state = 'speaking', claimed_by = 'gone'", State.WANTED),
    ("state = 'speaking', claimed_by = 'w', claimed_until = '2026-11-30 06:00:00'", State.SPEAKING),
    ("state = 'ready'", State.WANTED),
    ("state = 'ready', sound = 'a.mp3', cues = 'a.vtt', claimed_by = 'gone'", State.READY),
    ("state = 'failed'", State.WANTED),
    ("state = 'failed', reason = 'The voice is hoarse.'", State.FAILED),
]


@pytest.mark.parametrize(
    "on_database",
    ["sqlite", pytest.param("postgresql", marks=pytest.mark.needs_postgresql)],
    indirect=True,
)
def test_a_narration_that_contradicts_itself_is_healed_and_none_is_lost(
    on_database: World,
) -> None:
    database = on_database.database
    with database.alone() as connection:
        command.downgrade(migrations.configuration(connection), "0012")
        ids = list(connection.scalars(text("SELECT id FROM narration ORDER BY id")))
        for number, (said, _) in zip(ids, HEALED, strict=False):
            connection.execute(text(f"UPDATE narration SET {said} WHERE id = {number}"))
    assert migrate(database)
    with database.reading() as session:
        rows = session.scalars(select(Narration).order_by(Narration.id)).all()
    assert [row.id for row in rows] == ids
    assert [row.state for row in rows[: len(HEALED)]] == [state for _, state in HEALED]
    assert [row.id for row in rows if row.claimed_by or row.claimed_until] == [ids[3]]
    with database.alone() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": _differ})
        assert compare_metadata(context, Row.metadata) == []
