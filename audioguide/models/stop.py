"""A stop: a place on the walk with a number, a code for ever, and the slugs it has had."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import Date, ForeignKey, String, false
from sqlalchemy.orm import Mapped, mapped_column, relationship

from audioguide.db import Row
from audioguide.models.hall import Hall
from audioguide.models.moment import Moment
from audioguide.models.transcript import Transcript


class Stop(Row):
    """A stop; its code is its identity, everything else may change."""

    __tablename__ = "stop"

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(5), unique=True)
    number: Mapped[int | None] = mapped_column(unique=True)  # None once retired
    slug: Mapped[str] = mapped_column(String(64))
    kind: Mapped[str] = mapped_column(String(64))  # its slug; which there are, the museum says
    hall_id: Mapped[int] = mapped_column(ForeignKey("hall.id"), index=True)
    position: Mapped[int]
    published: Mapped[bool]
    quiet: Mapped[bool] = mapped_column(server_default=false())  # no sound is suggested there
    retired_at: Mapped[datetime | None] = mapped_column(Moment)
    approved_by: Mapped[str | None] = mapped_column(String(255))
    approved_on: Mapped[date | None] = mapped_column(Date)

    hall: Mapped[Hall] = relationship()
    transcripts: Mapped[list[Transcript]] = relationship()


class StopSlug(Row):
    """A slug that leads to a stop, the present one and every one before."""

    __tablename__ = "stop_slug"

    slug: Mapped[str] = mapped_column(String(64), primary_key=True)
    stop_id: Mapped[int] = mapped_column(ForeignKey("stop.id"), index=True)
