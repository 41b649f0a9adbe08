"""A transcript: the words of a stop in one language, and every version they have had."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from audioguide.db import Row
from audioguide.languages import Language
from audioguide.models.moment import Moment
from audioguide.models.word import LANGUAGE

BY_THE_PACK = "the content pack"  # who made a version that came from a file


class Transcript(Row):
    """The present words of a stop in one language.

    ``label_title`` is a shorter title, for labels alone. ``digest`` is the SHA-256 of ``text``;
    ``words_digest`` of all the words together; ``pack_digest`` is the words' digest as the pack
    last had it, so that a change here and a change there are told apart. ``script_digest`` is the
    SHA-256 of what a voice is given to say, ``script_key`` of all that it was prepared from.
    """

    __tablename__ = "transcript"
    __table_args__ = (UniqueConstraint("stop_id", "language"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    stop_id: Mapped[int] = mapped_column(ForeignKey("stop.id"))
    language: Mapped[Language] = mapped_column(LANGUAGE)
    title: Mapped[str] = mapped_column(String(255))
    label_title: Mapped[str | None] = mapped_column(String(255))
    content_note: Mapped[str | None]
    text: Mapped[str]
    sources: Mapped[str]
    digest: Mapped[str] = mapped_column(String(64))
    words_digest: Mapped[str] = mapped_column(String(64))
    pack_digest: Mapped[str] = mapped_column(String(64))
    script_digest: Mapped[str | None] = mapped_column(String(64))
    script_key: Mapped[str | None] = mapped_column(String(64))


class Revision(Row):
    """One version of a transcript, who made it and when; rows are only ever added."""

    __tablename__ = "revision"

    id: Mapped[int] = mapped_column(primary_key=True)
    transcript_id: Mapped[int] = mapped_column(ForeignKey("transcript.id"), index=True)
    title: Mapped[str] = mapped_column(String(255))
    label_title: Mapped[str | None] = mapped_column(String(255))
    content_note: Mapped[str | None]
    text: Mapped[str]
    sources: Mapped[str]
    words_digest: Mapped[str] = mapped_column(String(64))
    made_by: Mapped[str] = mapped_column(String(255))
    made_at: Mapped[datetime] = mapped_column(Moment)
