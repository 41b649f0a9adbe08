"""A kind of stops that the museum declares, and what it calls it in each language."""

from __future__ import annotations

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from audioguide.db import Row
from audioguide.languages import Language
from audioguide.models.word import LANGUAGE


class StopKind(Row):
    """A kind by its slug, which its stops name, in the museum's order.

    There are rows of the museum's own kinds alone: without any it has those of the program.
    """

    __tablename__ = "stop_kind"

    slug: Mapped[str] = mapped_column(String(64), primary_key=True)
    position: Mapped[int]
    is_route: Mapped[bool]
    is_person: Mapped[bool]
    texts: Mapped[list[StopKindText]] = relationship(cascade="all, delete-orphan")


class StopKindText(Row):
    """What the museum calls a kind in one language."""

    __tablename__ = "stop_kind_text"

    kind: Mapped[str] = mapped_column(ForeignKey("stop_kind.slug"), primary_key=True)
    language: Mapped[Language] = mapped_column(LANGUAGE, primary_key=True)
    name: Mapped[str] = mapped_column(String(255))
