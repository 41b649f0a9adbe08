from __future__ import annotations

from enum import Enum

import pytest
from sqlalchemy import Column, MetaData, Table, insert, literal, select, text
from sqlalchemy import Enum as SqlEnum

from audioguide.languages import LANGUAGES, Language
from audioguide.models import Narration, Row, State, Transcript
from audioguide.models.word import Word
from museum import World


def test_what_stands_for_a_word_comes_back_from_the_database(world: World) -> None:
    with world.database.reading() as session:
        languages = set(session.scalars(select(Transcript.language)))
        states = set(session.scalars(select(Narration.state)))
    assert languages == set(LANGUAGES)
    assert {type(each) for each in languages} == {Language}
    assert {type(each) for each in states} == {State}


def test_a_row_that_is_read_again_says_the_same_as_one_that_was_just_made(world: World) -> None:
    with world.database.writing() as session:
        row = session.scalars(select(Narration).limit(1)).one()
        row.state, row.reason = State.FAILED, "The voice is hoarse."
        session.flush()
        session.expire(row)
        assert row.state is State.FAILED


def test_the_database_keeps_plain_strings(world: World) -> None:
    with world.database.reading() as session:
        assert set(session.scalars(text("SELECT language FROM transcript"))) == {"kk", "ru", "en"}
        assert set(session.scalars(text("SELECT state FROM narration"))) == {"wanted"}


def test_no_column_is_an_enum_of_sql() -> None:
    columns = [column for table in Row.metadata.sorted_tables for column in table.columns]
    assert not [column for column in columns if isinstance(column.type, SqlEnum)]


def test_every_column_named_language_is_typed() -> None:
    found = [
        column.type
        for table in Row.metadata.sorted_tables
        for column in table.columns
        if column.name == "language"
    ]
    assert found
    assert all(isinstance(each, Word) and each.meaning is Language for each in found)


class Named:
    """A language as facts that a museum chose: no enum, and no string."""

    def __init__(self, code: str) -> None:
        self.code = code

    def __str__(self) -> str:
        return self.code


def test_a_word_need_not_be_an_enum(world: World) -> None:
    table = Table("chosen", MetaData(), Column("language", Word(Named, 8), primary_key=True))
    with world.database.alone() as connection:
        table.create(connection)
        connection.execute(insert(table).values(language=Named("zh-Hant")))
        found = connection.scalars(select(table.c.language)).one()
        assert connection.scalar(text("SELECT language FROM chosen")) == "zh-Hant"
    assert isinstance(found, Named)
    assert found.code == "zh-Hant"


class Old(Enum):
    KEPT = "kept"


def test_a_string_that_stands_for_nothing_is_an_error_and_no_other_word(world: World) -> None:
    table = Table("old", MetaData(), Column("word", Word(Old, 8), primary_key=True))
    with world.database.alone() as connection:
        table.create(connection)
        connection.execute(text("INSERT INTO old VALUES ('lost')"))
        with pytest.raises(ValueError, match="lost"):
            connection.scalars(select(table.c.word)).all()


def test_columns_of_two_lists_are_never_taken_for_one_another(world: World) -> None:
    with world.database.reading() as session:
        for kept in (Language("kk"), State.READY, Language("ru")):
            found = session.scalar(select(literal(kept, Word(type(kept), 16))))
            assert (found, type(found)) == (kept, type(kept))
