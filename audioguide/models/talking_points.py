"""Talking points: what a guide may say at a stop beside what is heard; no visitor sees them."""

from __future__ import annotations

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from audioguide.db import Row
from audioguide.languages import Language
from audioguide.models.word import LANGUAGE


class TalkingPoints(Row):
    """The talking points of a stop in one language; paragraphs are apart by an empty line."""

    __tablename__ = "talking_points"

    stop_id: Mapped[int] = mapped_column(ForeignKey("stop.id"), primary_key=True)
    language: Mapped[Language] = mapped_column(LANGUAGE, primary_key=True)
    text: Mapped[str]
