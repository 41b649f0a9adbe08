"""A database of any earlier version keeps its rows when it is brought to the newest."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from alembic.script import ScriptDirectory
from sqlalchemy import (
    JSON,
    CheckConstraint,
    Connection,
    ForeignKeyConstraint,
    MetaData,
    PrimaryKeyConstraint,
    RowMapping,
    Table,
    UniqueConstraint,
    select,
    text,
)
from sqlalchemy.exc import IntegrityError

import postgres
from audioguide import migrations
from audioguide.db import Database
from migrations.rows import REVISIONS, becomes_of, held_at, refusals

pytestmark = pytest.mark.thorough

NEWEST = list(REVISIONS)[-1]
CALLED_SO_IS_NOTHING: dict[type, Any] = {int: 987_654, str: "nobody"}
ON = ["sqlite", pytest.param("postgresql", marks=pytest.mark.needs_postgresql)]


@pytest.fixture(params=ON)
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    url = f"sqlite:///{tmp_path / 'guide.sqlite3'}"
    if request.param != "sqlite":
        url = postgres.new_database(request.getfixturevalue("postgresql"))
    made = Database(url)
    yield made
    made.close()


def tables_of(connection: Connection) -> dict[str, Table]:
    """Read which tables there are from the database itself, each after those it refers to."""
    seen = MetaData()
    seen.reflect(connection)
    for table in seen.sorted_tables:
        for column in table.columns:
            if isinstance(column.type, JSON):
                column.type.none_as_null = True
    return {each.name: each for each in seen.sorted_tables if each.name != "alembic_version"}


def filled(database: Database, revision: str) -> None:
    """Make a database of that version with rows in every table and every column."""
    with database.alone() as connection:
        command.upgrade(migrations.configuration(connection), revision)
        rows = held_at(revision)
        tables = tables_of(connection)
        assert set(rows) == set(tables), "each table has rows in tests/migrations/rows.py"
        for name, table in tables.items():
            for row in rows[name]:
                assert set(row) == set(table.columns.keys()), (name, "a value for each column")
            connection.execute(table.insert(), rows[name])


def migrated(database: Database) -> dict[str, list[dict[str, Any]]]:
    with database.alone() as connection:
        migrations.migrate(connection)
        return {
            name: [dict(row) for row in connection.execute(select(table)).mappings()]
            for name, table in tables_of(connection).items()
        }


def is_kept(row: dict[str, Any], expected: dict[str, Any]) -> bool:
    def is_same(name: str) -> bool:
        wanted = expected.get(name)
        if isinstance(wanted, re.Pattern):
            return wanted.fullmatch(row[name]) is not None
        return bool(row[name] == wanted)

    return all(is_same(name) for name in row)


def test_every_revision_says_what_becomes_of_rows(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path / 'guide.sqlite3'}")
    with database.alone() as connection:
        scripts = ScriptDirectory.from_config(migrations.configuration(connection))
    database.close()
    assert sorted(each.revision for each in scripts.walk_revisions()) == list(REVISIONS)


@pytest.mark.parametrize("revision", REVISIONS)
def test_rows_of_every_earlier_version_are_kept(database: Database, revision: str) -> None:
    filled(database, revision)
    found = migrated(database)
    expected = becomes_of(held_at(revision), revision)
    for table, rows in found.items():
        wanted = expected.get(table, [])
        assert len(rows) == len(wanted), table
        lost = [each for each in wanted if not any(is_kept(row, each) for row in rows)]
        assert lost == [], (table, rows)
    with database.alone() as connection:
        if connection.dialect.name == "sqlite":
            assert connection.execute(text("PRAGMA foreign_key_check")).all() == []
            assert connection.scalar(text("PRAGMA integrity_check")) == "ok"


def test_every_constraint_binds_rows_of_the_newest_version(database: Database) -> None:
    filled(database, NEWEST)
    with database.alone() as connection:
        for table in tables_of(connection).values():
            first, *others = connection.execute(select(table)).mappings()
            is_first = [column == first[column.name] for column in table.primary_key]
            for change in wrong_changes(table, others):
                changing = table.update().where(*is_first).values(change)
                with pytest.raises(IntegrityError), connection.begin_nested():
                    connection.execute(changing)


def wrong_changes(table: Table, others: Sequence[RowMapping]) -> Iterator[dict[str, Any]]:
    """Give what breaks each constraint of a table, if a row were changed so beside the others."""
    yield from ({column.name: None} for column in table.columns if not column.nullable)
    for constraint in table.constraints:
        if isinstance(constraint, ForeignKeyConstraint):
            yield {
                column.name: CALLED_SO_IS_NOTHING[column.type.python_type]
                for column in constraint.columns
            }
        elif isinstance(constraint, (UniqueConstraint, PrimaryKeyConstraint)):
            names = [column.name for column in constraint.columns]
            taken = [{name: row[name] for name in names} for row in others]
            yield next(each for each in taken if None not in each.values())


def test_a_check_refuses_what_contradicts_it(database: Database) -> None:
    filled(database, NEWEST)
    with database.alone() as connection:
        tables = tables_of(connection)
        checks = {
            each.name
            for table in tables.values()
            for each in table.constraints
            if isinstance(each, CheckConstraint)
        }
        assert checks == set(refusals()), "each CHECK has a row that it refuses"
        for name, (of, row) in refusals().items():
            with pytest.raises(IntegrityError, match=name), connection.begin_nested():
                connection.execute(tables[of].insert(), dict(row))


def test_columns_that_may_be_empty_are_so_in_one_row_and_not_in_another() -> None:
    held = held_at(NEWEST)
    for table, rows in held.items():
        assert len(rows) > 1, table
        for name in rows[0]:
            values = [row[name] for row in rows]
            assert any(value is not None for value in values), (table, name)
