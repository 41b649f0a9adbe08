"""A tour: a walk along chosen stops, with a title and a sentence in each language."""

from __future__ import annotations

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from audioguide.db import Row
from audioguide.languages import Language
from audioguide.models.stop import Stop
from audioguide.models.word import LANGUAGE


class Tour(Row):
    """A tour by its slug; ``minutes`` is the time it takes with walking."""

    __tablename__ = "tour"

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(64), unique=True)
    position: Mapped[int]
    minutes: Mapped[int]
    texts: Mapped[list[TourText]] = relationship(cascade="all, delete-orphan")
    places: Mapped[list[TourStop]] = relationship(
        cascade="all, delete-orphan", order_by="TourStop.position"
    )


class TourText(Row):
    """A tour's title and description in one language."""

    __tablename__ = "tour_text"

    tour_id: Mapped[int] = mapped_column(ForeignKey("tour.id"), primary_key=True)
    language: Mapped[Language] = mapped_column(LANGUAGE, primary_key=True)
    title: Mapped[str] = mapped_column(String(255))
    description: Mapped[str]


class TourStop(Row):
    """A stop's place in a tour."""

    __tablename__ = "tour_stop"

    tour_id: Mapped[int] = mapped_column(ForeignKey("tour.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    stop_id: Mapped[int] = mapped_column(ForeignKey("stop.id"), index=True)
    stop: Mapped[Stop] = relationship()
