"""A word out of a known list as the database keeps it: its string, in Python what it means."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Generic, TypeVar

from sqlalchemy import String
from sqlalchemy.types import TypeDecorator

from audioguide.languages import Language

_Meaning = TypeVar("_Meaning")


class Word(TypeDecorator[_Meaning], Generic[_Meaning]):
    """A column of words: ``meaning`` makes of a stored string what it stands for, as an enum does.

    It is no ENUM of SQL: a list that grows needs no migration, and one that a museum chooses
    itself fits as well.
    """

    impl = String
    cache_ok = True

    def __init__(self, meaning: Callable[[str], _Meaning], length: int) -> None:
        super().__init__(length)
        self.meaning = meaning
        self.length = length  # what makes the type is what SQLAlchemy tells two types apart by

    def process_bind_param(self, value: _Meaning | None, dialect: Any) -> str | None:
        """Store the string."""
        return None if value is None else str(value)

    def process_result_value(self, value: str | None, dialect: Any) -> _Meaning | None:
        """Load what it stands for."""
        return None if value is None else self.meaning(value)


LANGUAGE = Word(Language, 35)  # the longest tag that BCP 47 says to make room for
