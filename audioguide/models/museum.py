"""The museum itself: what a visitor asks at the desk, and its words in each language."""

from __future__ import annotations

from typing import Any

from sqlalchemy import JSON, String
from sqlalchemy.orm import Mapped, mapped_column

from audioguide.db import Row

THE_MUSEUM = 1


class Museum(Row):
    """The one row of facts that are the same in every language."""

    __tablename__ = "museum"

    id: Mapped[int] = mapped_column(primary_key=True)
    timezone: Mapped[str] = mapped_column(String(64))
    phone: Mapped[str | None] = mapped_column(String(64))
    website: Mapped[str | None] = mapped_column(String(255))
    opening_hours: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    accounts: Mapped[list[dict[str, Any]]] = mapped_column(JSON)


class MuseumText(Row):
    """The museum's name, address and a few words about it in one language."""

    __tablename__ = "museum_text"

    language: Mapped[str] = mapped_column(String(2), primary_key=True)
    name: Mapped[str] = mapped_column(String(255))
    address: Mapped[str] = mapped_column(String(255))
    about: Mapped[str]
