"""A narration, a transcript spoken by one voice, and its life (a state machine): wanted to ready.

Its states change here and nowhere else; which narration is to change, services decide.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    JSON,
    CheckConstraint,
    ColumnElement,
    ForeignKey,
    Index,
    String,
    UniqueConstraint,
    and_,
    or_,
)
from sqlalchemy.orm import Mapped, foreign, mapped_column, relationship

from audioguide.db import Row
from audioguide.languages import Language
from audioguide.models.moment import Moment
from audioguide.models.stop import Stop
from audioguide.models.stored_name import StoredName
from audioguide.models.transcript import Transcript
from audioguide.models.word import LANGUAGE, Word

CLAIM_LASTS = timedelta(seconds=30)  # renewed after each sentence; a dead worker's ends by itself


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


@dataclass(frozen=True)
class Made:
    """What a narration is heard by: the names of its files in the store, and its measures."""

    sound: str
    webm: str
    cues: str
    size_bytes: int
    webm_size_bytes: int
    duration_ms: int
    loudness_lufs: float


_CHECKS = {
    "state_is_known": "state IN ('wanted', 'speaking', 'ready', 'failed')",
    "speaking_is_claimed": "(state = 'speaking') = (claimed_by IS NOT NULL)",
    "claim_ends": "(claimed_by IS NULL) = (claimed_until IS NULL)",
    "ready_is_heard": "state <> 'ready' OR sound IS NOT NULL",
    "failed_has_reason": "state <> 'failed' OR reason IS NOT NULL",
}


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
        *(CheckConstraint(rule, name=f"narration_{name}") for name, rule in _CHECKS.items()),
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

    @classmethod
    def wanted(cls, text: Transcript, voice: str, source: Source, preference: int = 0) -> Narration:
        """Make the row of a text that a voice is to speak; a recording has no script."""
        return cls(
            stop_id=text.stop_id,
            language=text.language,
            voice=voice,
            preference=preference,
            source=source,
            state=State.WANTED,
            wanted_digest=text.digest,
            wanted_script=text.script_digest if source is Source.GENERATED else None,
            attempts=0,
        )

    @property
    def files(self) -> set[str]:
        """The names in the store of the sound that it has."""
        return {name for name in (self.sound, self.webm, self.cues) if name is not None}

    def is_stale(self, text: Transcript) -> bool:
        """Tell whether another text or script is wanted than the present one."""
        other_script = None not in (self.wanted_script, text.script_digest) and (
            self.wanted_script != text.script_digest
        )
        return self.wanted_digest != text.digest or other_script

    def want_again(self, text: Transcript | None = None) -> None:
        """Want it made again; the sound that it has stays until there is a better one."""
        if text is not None:
            self.wanted_digest, self.wanted_script = text.digest, text.script_digest
        self._release(State.WANTED, reason=None)
        self.attempts = 0

    def want_present(self, text: Transcript) -> bool:
        """Want the present text; a worker in the middle of the old one may finish it.

        Its sound is heard until the new one is there, and somebody who saves every few seconds
        does not keep the stop silent. A text that was changed back has its sound already.
        """
        if not self.is_stale(text):
            if self.wanted_script is None:  # from a time before scripts had a digest
                self.wanted_script = text.script_digest
                self.script_digest = text.script_digest if self.state == State.READY else None
            return False
        if self.state == State.SPEAKING:
            self.wanted_digest, self.wanted_script = text.digest, text.script_digest
            self.attempts = 1
            return True
        self.want_again(text)
        has_sound = (self.text_digest, self.script_digest) == (text.digest, text.script_digest)
        if self.sound and has_sound:
            self.state = State.READY
        return self.state == State.WANTED

    def want_take(self, take: str) -> None:
        """Want another recording heard in place of what is heard now."""
        self.wanted_take = take
        self.want_again()

    def let_go(self) -> bool:
        """Want nothing more than the sound that there is; return False where there is none."""
        if self.sound is None:
            return False
        self._release(State.READY, reason=None)
        self.wanted_digest = self.text_digest or self.wanted_digest
        self.wanted_script = self.script_digest
        return True

    def lose_files(self, *, but_webm: bool) -> None:
        """Note that its files are gone, all or the WebM alone, and want them made again.

        A take that was accepted is made again, though a newer one was refused.
        """
        self.webm = self.webm_size_bytes = None
        if not but_webm:
            self.sound = self.cues = self.text_digest = self.script_digest = None
        was_accepted = self.state == State.FAILED and self.take is not None
        if self.state == State.READY or was_accepted:
            self.want_again()

    def is_claimed_by(self, worker: str) -> bool:
        """Tell whether the work on it is still this worker's."""
        return self.state == State.SPEAKING and self.claimed_by == worker

    def renew(self, moment: datetime) -> None:
        """Let the claim on it last for a while longer."""
        self.claimed_until = moment + CLAIM_LASTS

    def give_back(self, *, behind: bool) -> None:
        """Want it as before it was claimed, or ``behind`` the others, as one tried in vain."""
        self._release(State.WANTED, reason=self.reason)
        self.attempts = 1 if behind else self.attempts - 1

    def finish(
        self,
        made: Made,
        digest: str,
        moment: datetime,
        *,
        asked: str | None = None,
        script: str | None = None,
        reason: str | None = None,
    ) -> None:
        """Have a sound that speaks the text of a digest; if more was wanted since, that still is.

        ``script`` is the digest of what was spoken, ``asked`` the one that was wanted then.
        """
        self.sound, self.webm, self.cues = made.sound, made.webm, made.cues
        self.size_bytes, self.webm_size_bytes = made.size_bytes, made.webm_size_bytes
        self.duration_ms, self.loudness_lufs = made.duration_ms, made.loudness_lufs
        self.text_digest, self.script_digest, self.made_at = digest, script, moment
        is_text = self.wanted_take is None and self.wanted_digest == digest
        is_wanted = is_text and self.wanted_script in (asked, script)
        if is_wanted:
            self.wanted_script = script or self.wanted_script
        self._release(State.READY if is_wanted else State.WANTED, reason)
        self.attempts, self.asked_at = 0, None

    def fail(self, reason: str) -> None:
        """Note why it cannot be made; nobody tries again by himself."""
        self._release(State.FAILED, reason)

    def _release(self, state: State, reason: str | None) -> None:
        self.state, self.reason = state, reason
        self.claimed_by = self.claimed_until = None

    @classmethod
    def claimed(cls, worker: str, moment: datetime) -> dict[str, Any]:
        """Give what a claim writes, for the UPDATE that finds a row and claims it at once."""
        return {
            "state": State.SPEAKING,
            "claimed_by": worker,
            "claimed_until": moment + CLAIM_LASTS,
            "attempts": cls.attempts + 1,
        }

    @staticmethod
    def shortened(moment: datetime) -> dict[str, Any]:
        """Give what an UPDATE writes into claims that are too long."""
        return {"claimed_until": moment + CLAIM_LASTS}

    @classmethod
    def is_spoken_now(cls, moment: datetime) -> ColumnElement[bool]:
        """Tell those that a worker has claimed and is at."""
        return and_(cls.state == State.SPEAKING, cls.claimed_until >= moment)

    @classmethod
    def has_lapsed(cls, moment: datetime) -> ColumnElement[bool]:
        """Tell those whose claim anyone may take over."""
        return and_(cls.state == State.SPEAKING, cls.claimed_until < moment)

    @classmethod
    def is_to_do(cls, moment: datetime) -> ColumnElement[bool]:
        """Tell those that anyone may claim: wanted, or lapsed."""
        return or_(cls.state == State.WANTED, cls.has_lapsed(moment))

    @classmethod
    def is_claimed_too_long(cls, moment: datetime) -> ColumnElement[bool]:
        """Tell those whose claim ends later than any can: the date was set back since."""
        return and_(cls.state == State.SPEAKING, cls.claimed_until > moment + CLAIM_LASTS)


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
