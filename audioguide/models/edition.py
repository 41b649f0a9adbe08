"""An edition: a number that rises with every change visitors can see."""

from __future__ import annotations

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from audioguide.db import Row

GUIDE = "guide"


class Edition(Row):
    """The number of one scope: ``guide``, or ``group:<join code>``."""

    __tablename__ = "edition"

    scope: Mapped[str] = mapped_column(String(64), primary_key=True)
    number: Mapped[int]


class PackSeen(Row):
    """The digest of the content pack that was last imported, so that nothing is done twice."""

    __tablename__ = "pack_seen"

    id: Mapped[int] = mapped_column(primary_key=True)
    digest: Mapped[str] = mapped_column(String(64))
