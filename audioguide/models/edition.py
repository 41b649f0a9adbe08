"""An edition: a number that rises with every change visitors can see."""

from __future__ import annotations

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from audioguide.db import Row

GUIDE = "guide"


class Edition(Row):
    """The number of one scope: ``guide``, or ``group:<join code>``.

    The mark is drawn anew with each rise. A database that was restored and changed again may
    come back to a number that it had, with other words; it never comes back to a mark.
    """

    __tablename__ = "edition"

    scope: Mapped[str] = mapped_column(String(64), primary_key=True)
    number: Mapped[int]
    mark: Mapped[str | None] = mapped_column(String(16))


class PackSeen(Row):
    """The digest of the content pack that was last imported, so that nothing is done twice."""

    __tablename__ = "pack_seen"

    id: Mapped[int] = mapped_column(primary_key=True)
    digest: Mapped[str] = mapped_column(String(64))
