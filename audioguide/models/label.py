"""A label: what was printed for the wall, in which batch and with which address, for ever."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import JSON, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from audioguide.db import Row
from audioguide.models.moment import Moment
from audioguide.models.word import Word
from audioguide.paper import Paper


class LabelState(StrEnum):
    """What has become of a label since it was printed."""

    ON_THE_WALL = "on_the_wall"
    REPLACED = "replaced"
    TAKEN_DOWN = "taken_down"


class LabelBase(Row):
    """A public address that labels were printed with; the newest row holds, older ones stay valid.

    The host of every row is on a wall somewhere and must go on leading to the guide.
    """

    __tablename__ = "label_base"

    id: Mapped[int] = mapped_column(primary_key=True)
    base_url: Mapped[str] = mapped_column(String(255))
    pinned_at: Mapped[datetime] = mapped_column(Moment)


class LabelBatch(Row):
    """One PDF that was printed for the wall.

    Cells count from 1, row by row, and ``next_free_cell`` is where the
    last sheet goes on; ``digest`` is the SHA-256 of the PDF, ``verified`` how many of its symbols
    were read back.
    """

    __tablename__ = "label_batch"

    id: Mapped[int] = mapped_column(primary_key=True)
    made_at: Mapped[datetime] = mapped_column(Moment)
    kind: Mapped[Paper] = mapped_column(Word(Paper, 16))
    stock: Mapped[str] = mapped_column(String(64), index=True)
    start_cell: Mapped[int]
    next_free_cell: Mapped[int]
    pages: Mapped[int]
    base_url: Mapped[str] = mapped_column(String(255))
    pdf: Mapped[str] = mapped_column(String(255))
    digest: Mapped[str] = mapped_column(String(64), index=True)
    verified: Mapped[int]
    symbol_side_mm: Mapped[float]

    labels: Mapped[list[LabelPrinted]] = relationship(
        back_populates="batch", order_by="LabelPrinted.id"
    )


class LabelPrinted(Row):
    """One label on paper, as it was printed; ``stop_code`` is None on the poster at the entrance.

    The code is kept as it stands in the symbol, so that the register is true whatever becomes of
    the stop. ``titles`` has the printed title of each language; ``page`` and ``cell`` count from 1.
    """

    __tablename__ = "label_printed"

    id: Mapped[int] = mapped_column(primary_key=True)
    batch_id: Mapped[int] = mapped_column(ForeignKey("label_batch.id"), index=True)
    stop_code: Mapped[str | None] = mapped_column(String(5), index=True)
    number: Mapped[int | None]
    payload: Mapped[str] = mapped_column(String(255))
    version: Mapped[int]
    level: Mapped[str] = mapped_column(String(1))
    mask: Mapped[int]
    titles: Mapped[dict[str, str]] = mapped_column(JSON)
    page: Mapped[int]
    cell: Mapped[int]
    state: Mapped[LabelState] = mapped_column(Word(LabelState, 16))

    batch: Mapped[LabelBatch] = relationship(back_populates="labels")
