"""Insert many rows by one statement: on SQLite a session's flush inserts them one by one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import insert, inspect, select
from sqlalchemy.orm import Session, make_transient_to_detached

from audioguide.db import Row


def insert_all(session: Session, rows: Sequence[Row]) -> None:
    """Insert new rows of one table in their order; what they refer to is there already.

    The session does not know them afterwards. A column that any of them sets is written for all.
    """
    if not rows:
        return
    table = type(rows[0])
    columns = [each.key for each in inspect(table).column_attrs]
    given = [name for name in columns if any(name in inspect(row).dict for row in rows)]
    # NULL is written, too: else rows with gaps in other places are other statements.
    session.execute(
        insert(table).execution_options(render_nulls=True),
        [{name: getattr(row, name) for name in given} for row in rows],
    )


def insert_known(session: Session, rows: Sequence[Any], *key: str) -> None:
    """Insert new rows, and have them in the session with their ids as after a flush.

    ``key`` are the columns by which a row is found again.
    """
    if not rows:
        return
    insert_all(session, rows)
    table = type(rows[0])
    columns = [getattr(table, name) for name in key]
    first = {getattr(row, key[0]) for row in rows}
    found = session.execute(select(table.id, *columns).where(columns[0].in_(first)))
    ids = {tuple(values): number for number, *values in found}
    for row in rows:
        row.id = ids[tuple(getattr(row, name) for name in key)]
        make_transient_to_detached(row)
    session.add_all(rows)
