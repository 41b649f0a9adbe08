"""A stop's picture: the files that phones show, what is to be seen, and whose it is."""

from __future__ import annotations

from typing import Any

from sqlalchemy import JSON, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from audioguide.db import Row
from audioguide.languages import Language
from audioguide.models.stored_name import StoredName
from audioguide.models.word import LANGUAGE


class Picture(Row):
    """The one picture of a stop: a photograph in two widths, or a drawing in each language.

    ``digest`` is the SHA-256 of the file or files that the pack has.
    """

    __tablename__ = "picture"

    stop_id: Mapped[int] = mapped_column(ForeignKey("stop.id"), primary_key=True)
    digest: Mapped[str] = mapped_column(String(64), index=True)
    files: Mapped[list[PictureFile]] = relationship(
        cascade="all, delete-orphan", order_by="PictureFile.width_px"
    )
    drawings: Mapped[list[PictureDrawing]] = relationship(
        cascade="all, delete-orphan", order_by="PictureDrawing.language"
    )
    texts: Mapped[list[PictureText]] = relationship(cascade="all, delete-orphan")


class PictureFile(Row):
    """The picture in one width, as it lies in the store."""

    __tablename__ = "picture_file"

    stop_id: Mapped[int] = mapped_column(ForeignKey("picture.stop_id"), primary_key=True)
    width_px: Mapped[int] = mapped_column(primary_key=True)
    height_px: Mapped[int]
    name: Mapped[str] = mapped_column(StoredName)  # the WebP


class PictureDrawing(Row):
    """The picture as we drew it in one language; ``legend`` has pairs of a number and its words."""

    __tablename__ = "picture_drawing"

    stop_id: Mapped[int] = mapped_column(ForeignKey("picture.stop_id"), primary_key=True)
    language: Mapped[Language] = mapped_column(LANGUAGE, primary_key=True)
    width_px: Mapped[int]
    height_px: Mapped[int]
    name: Mapped[str] = mapped_column(StoredName)  # the SVG
    legend: Mapped[list[list[Any]]] = mapped_column(JSON)


class PictureText(Row):
    """What a picture shows, for those who do not see it, and whose it is, in one language."""

    __tablename__ = "picture_text"

    stop_id: Mapped[int] = mapped_column(ForeignKey("picture.stop_id"), primary_key=True)
    language: Mapped[Language] = mapped_column(LANGUAGE, primary_key=True)
    alternative: Mapped[str]
    credit: Mapped[str] = mapped_column(String(255))
