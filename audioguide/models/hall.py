"""A hall: a part of the house that visitors walk through, with its title in each language."""

from __future__ import annotations

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from audioguide.db import Row
from audioguide.languages import Language
from audioguide.models.word import LANGUAGE


class Hall(Row):
    """A hall by its slug, in walking order."""

    __tablename__ = "hall"

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(64), unique=True)
    position: Mapped[int]
    texts: Mapped[list[HallText]] = relationship(cascade="all, delete-orphan")


class HallText(Row):
    """A hall's title in one language."""

    __tablename__ = "hall_text"

    hall_id: Mapped[int] = mapped_column(ForeignKey("hall.id"), primary_key=True)
    language: Mapped[Language] = mapped_column(LANGUAGE, primary_key=True)
    title: Mapped[str] = mapped_column(String(255))
