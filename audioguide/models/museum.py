"""The museum itself: what a visitor asks at the desk, and its words in each language."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import JSON, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from audioguide.db import Row
from audioguide.languages import Language
from audioguide.models.word import LANGUAGE

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
    email: Mapped[str | None] = mapped_column(String(254))
    map_url: Mapped[str | None] = mapped_column(String(1000))
    closed_days: Mapped[list[dict[str, str]]] = mapped_column(JSON, server_default="[]")
    notice_until: Mapped[date | None]
    languages: Mapped[dict[str, Any]] = mapped_column(
        JSON, server_default='{"tags": ["kk", "ru", "en"]}'
    )


class MuseumText(Row):
    """The museum's name, address and a few words about it in one language.

    ``notice`` is shown up to the museum's ``notice_until``; ``help`` is for those without a phone.
    """

    __tablename__ = "museum_text"

    language: Mapped[Language] = mapped_column(LANGUAGE, primary_key=True)
    name: Mapped[str] = mapped_column(String(255))
    address: Mapped[str] = mapped_column(String(255))
    about: Mapped[str]
    notice: Mapped[str | None]
    help: Mapped[str | None]


class Price(Row):
    """What is paid; ``amount`` is written exactly, since not every database keeps decimals."""

    __tablename__ = "price"

    slug: Mapped[str] = mapped_column(String(64), primary_key=True)
    position: Mapped[int]
    amount: Mapped[str] = mapped_column(String(16))
    currency: Mapped[str] = mapped_column(String(3))
    texts: Mapped[list[PriceText]] = relationship(cascade="all, delete-orphan")


class PriceText(Row):
    """Who pays a price, and what is to be said of it, in one language."""

    __tablename__ = "price_text"

    price: Mapped[str] = mapped_column(ForeignKey("price.slug"), primary_key=True)
    language: Mapped[Language] = mapped_column(LANGUAGE, primary_key=True)
    title: Mapped[str] = mapped_column(String(255))
    text: Mapped[str]
