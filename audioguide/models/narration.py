"""A narration: a transcript spoken by one voice, and how far the work on it has come."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import JSON, ForeignKey, Index, String, UniqueConstraint, and_
from sqlalchemy.orm import Mapped, foreign, mapped_column, relationship

from audioguide.db import Row
from audioguide.languages import Language
from audioguide.models.moment import Moment
from audioguide.models.stop import Stop
from audioguide.models.stored_name import StoredName
from audioguide.models.transcript import Transcript
from audioguide.models.word import LANGUAGE, Word


class State(StrEnum):
    """How far a narration has come."""

    WANTED = "wanted"
    SPEAKING = "speaking"
    READY = "ready"
    FAILED = "failed"


class Source(StrEnum):
    """Who speaks: a person who was recorded, or a computer."""

    RECORDED = "recorded"
    GENERATED = "generated"


class Narration(Row):
    """One row per stop, language and voice.

    ``wanted_digest`` is the text that is to be spoken, ``text_digest`` the text that the
    sound in this row speaks: a row that is being made again keeps the sound it has.
    ``wanted_script`` and ``script_digest`` are the same for the script, which changes with the
    lexicon and the rules, too. ``preference`` says how much the voice is preferred to others:
    a draft has 0. ``reason`` is a message as JSON: why it failed, or what is to be known of a
    recording that is heard.
    A claim is good until ``claimed_until``; after that anyone may take the work over.

    A recording is one row, too. ``take`` is the kept original of the sound that is heard,
    ``wanted_take`` one that is to replace it, ``read_text`` the words it was aligned with, and
    ``doubtful`` the numbers, from 0, of the sentences that need review. ``pack_take`` is the
    last one that lay beside the text, and ``pack_stamp`` the size and time of that file.
    """

    __tablename__ = "narration"
    __table_args__ = (
        UniqueConstraint("stop_id", "language", "voice"),
        Index("narration_to_do", "state", "asked_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    stop_id: Mapped[int] = mapped_column(ForeignKey("stop.id"))
    language: Mapped[Language] = mapped_column(LANGUAGE)
    voice: Mapped[str] = mapped_column(String(64))
    preference: Mapped[int] = mapped_column(default=0, server_default="0")
    source: Mapped[Source] = mapped_column(Word(Source, 16))
    state: Mapped[State] = mapped_column(Word(State, 16))
    wanted_digest: Mapped[str] = mapped_column(String(64))
    wanted_script: Mapped[str | None] = mapped_column(String(64))
    asked_at: Mapped[datetime | None] = mapped_column(Moment)  # when somebody last waited for it
    claimed_by: Mapped[str | None] = mapped_column(String(64))
    claimed_until: Mapped[datetime | None] = mapped_column(Moment)
    attempts: Mapped[int]
    reason: Mapped[str | None]

    text_digest: Mapped[str | None] = mapped_column(String(64))
    script_digest: Mapped[str | None] = mapped_column(String(64))
    sound: Mapped[str | None] = mapped_column(StoredName)  # the MP3
    webm: Mapped[str | None] = mapped_column(StoredName)  # the same as Opus; rows of old lack it
    cues: Mapped[str | None] = mapped_column(StoredName)  # the WebVTT
    size_bytes: Mapped[int | None]
    webm_size_bytes: Mapped[int | None]
    duration_ms: Mapped[int | None]
    loudness_lufs: Mapped[float | None]
    made_at: Mapped[datetime | None] = mapped_column(Moment)

    take: Mapped[str | None] = mapped_column(StoredName)
    wanted_take: Mapped[str | None] = mapped_column(StoredName)
    pack_take: Mapped[str | None] = mapped_column(StoredName)
    pack_stamp: Mapped[str | None] = mapped_column(String(64))
    read_text: Mapped[str | None]
    doubtful: Mapped[list[int] | None] = mapped_column(JSON)

    stop: Mapped[Stop] = relationship()
    transcript: Mapped[Transcript] = relationship(
        primaryjoin=lambda: and_(
            foreign(Narration.stop_id) == Transcript.stop_id,
            foreign(Narration.language) == Transcript.language,
        ),
        viewonly=True,
    )


class VoiceRest(Row):
    """A voice that can speak nothing for now is left alone until a moment; ``reason`` is JSON.

    ``voice`` is its name, or its name and the language in which it answers without sound. Until
    there are several such answers in a row they are counted here, and it does not rest yet.
    """

    __tablename__ = "voice_rest"

    voice: Mapped[str] = mapped_column(String(64), primary_key=True)
    until: Mapped[datetime] = mapped_column(Moment)
    failures: Mapped[int]
    reason: Mapped[str]
