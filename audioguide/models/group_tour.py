"""A group tour: where its guide is and what every phone that follows should do."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from audioguide.db import Row
from audioguide.models.moment import Moment


class GroupTour(Row):
    """One group on its way; its whole state is this row.

    From ``at_ms`` on (server time, milliseconds since 1970) sentence ``sentence`` (from 0) of the
    stop is heard, or is waited at. ``version`` rises with every command, ``visit`` with every
    stop. ``sounds`` names the sound and the cues of each language as they were when the group
    came to the stop, so that a narration renewed meanwhile does not pull phones apart.
    ``join_code`` is None once the tour has ended; ``left_code`` is the one it had then. ``key`` is
    what phones ask with once they have joined: it cannot be guessed, so it needs no throttle.
    ``boot`` names the run of the machine by whose clock ``at_ms`` and ``guide_seen_at`` were
    written, and ``boot_ms`` is when that run began by the same clock; rows of old lack both.
    """

    __tablename__ = "group_tour"

    id: Mapped[int] = mapped_column(primary_key=True)
    guide_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    key: Mapped[str] = mapped_column(String(32), unique=True)
    join_code: Mapped[str | None] = mapped_column(String(5), unique=True)
    left_code: Mapped[str | None] = mapped_column(String(5), index=True)
    tour_slug: Mapped[str] = mapped_column(String(64))
    started_at: Mapped[datetime] = mapped_column(Moment)
    ended_at: Mapped[datetime | None] = mapped_column(Moment)
    guide_seen_at: Mapped[datetime] = mapped_column(Moment)
    version: Mapped[int]
    visit: Mapped[int]
    stop_id: Mapped[int] = mapped_column(ForeignKey("stop.id"), index=True)
    sentence: Mapped[int]
    playing: Mapped[bool]
    at_ms: Mapped[int] = mapped_column(BigInteger)
    boot: Mapped[str | None] = mapped_column(String(36))
    boot_ms: Mapped[int | None] = mapped_column(BigInteger)
    sounds: Mapped[dict[str, dict[str, str]]] = mapped_column(JSON)


class GroupPresence(Row):
    """How many phones one process of the server has heard from lately: numbers, never names.

    ``counts`` has by language how many follow, are in step, and have fallen behind.
    """

    __tablename__ = "group_presence"
    __table_args__ = (Index("group_presence_seen", "seen_at"),)

    group_id: Mapped[int] = mapped_column(ForeignKey("group_tour.id"), primary_key=True)
    process: Mapped[str] = mapped_column(String(64), primary_key=True)
    counts: Mapped[dict[str, Any]] = mapped_column(JSON)
    seen_at: Mapped[datetime] = mapped_column(Moment)
