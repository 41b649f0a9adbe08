"""Translatable error messages: say what went wrong to the person who asked.

A message is an English sentence with {places} and the values for them, so that the door which
shows it can say it in the reader's language.
"""

from __future__ import annotations

import errno
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Message:
    """A sentence with {places} and what stands in them; as text it is English."""

    sentence: str
    values: dict[str, Any] = field(default_factory=dict)

    def __str__(self) -> str:
        return self.sentence.format(**self.values) if self.values else self.sentence

    def as_record(self) -> dict[str, Any]:
        """Return plain values that a database or JSON can keep; other values become text."""
        return {
            "sentence": self.sentence,
            "values": {name: _plain(value) for name, value in self.values.items()},
        }

    @classmethod
    def of_record(cls, record: Mapping[str, Any]) -> Message:
        """Make a message of what ``as_record`` gave."""
        values = {name: _from_plain(value) for name, value in record["values"].items()}
        return cls(str(record["sentence"]), values)


def _plain(value: object) -> object:
    if isinstance(value, Message):
        return value.as_record()
    return value if isinstance(value, int | float) else str(value)


def _from_plain(value: Any) -> Any:
    return Message.of_record(value) if isinstance(value, Mapping) else value


NOTHING_TO_SAY = Message("")


def message(sentence: str, /, **values: object) -> Message:
    """Make a message."""
    return Message(sentence, values)


class Grade(StrEnum):
    """How much a finding matters: an error stops work, a warning asks for it, a note informs."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True)
class Finding:
    """One thing that is not as it should be: where it is, what it is, what to do about it."""

    grade: Grade
    where: str
    what: Message
    do: Message = NOTHING_TO_SAY

    def __str__(self) -> str:
        return f"{self.where}: {self.what} {self.do}".strip()


class AudioguideError(Exception):
    """The work could not be done; the message is for the person who asked."""

    status = 1

    def __init__(self, sentence: str, /, **values: object) -> None:
        self.message = Message(sentence, values)
        super().__init__(str(self.message))


class AskedWrongly(AudioguideError):
    """The request itself cannot be met: an unknown stop, a wrong setting, an unwritable folder."""

    status = 2


class PackBroken(AudioguideError):
    """The content pack has mistakes; ``findings`` holds every one of them with file and line."""

    def __init__(self, findings: Sequence[Finding]) -> None:
        self.findings = tuple(findings)
        super().__init__("\n".join(str(finding) for finding in self.findings))


class VoiceFailed(AudioguideError):
    """A voice could not speak a text; the message says why."""


class VoiceWithoutSound(VoiceFailed):
    """A voice answered a text without sound that can be it.

    It may be the text; where several in a row are answered so, it is the voice.
    """


class PictureBroken(AudioguideError):
    """A picture cannot be shown; the message says why."""


class VoiceUnavailable(AudioguideError):
    """A voice can speak no text at all for now: its network is silent, its file is broken.

    ``wait_s`` is how long a service asks to be left alone, where it says so.
    """

    def __init__(self, sentence: str, /, *, wait_s: float = 0.0, **values: object) -> None:
        self.wait_s = wait_s
        super().__init__(sentence, **values)


class TakeRefused(AudioguideError):
    """A recording cannot be used; the message says what is wrong with it."""


class LabelFailed(AudioguideError):
    """A label could not be drawn, or did not read back as what it was meant to say."""


class Unreadable(OSError):
    """What lies there is no file that could be read; the message says what it is."""

    def __init__(self, path: Path, reason: Message) -> None:
        self.message = reason
        super().__init__(errno.EINVAL, str(reason), str(path))


_NO_ROOM = {errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC)}
_PLAIN = {
    errno.EACCES: message("the right to open it is missing"),
    errno.EPERM: message("the right to open it is missing"),
    errno.ENOENT: message("it is not there"),
    errno.ENOTDIR: message("a part of its path is a file, not a folder"),
    errno.EISDIR: message("it is a folder, not a file"),
    errno.ELOOP: message("it is a link that leads back to itself"),
    getattr(errno, "ESTALE", errno.EIO): message("the network drive no longer has it"),
    errno.EROFS: message("the disk is mounted read-only"),
    errno.EBUSY: message("another program has it in use"),
    errno.ENAMETOOLONG: message("its name is too long"),
    errno.ETIMEDOUT: message("the network drive does not answer"),
    getattr(errno, "EHOSTDOWN", errno.EIO): message("the network drive does not answer"),
    errno.EMFILE: message("too many files are open"),
    errno.ENFILE: message("too many files are open"),
    errno.EIO: message("the disk does not give it back"),  # last: it stands in for what is absent
}
DISK_IS_FULL = message("The disk is full.")


def is_no_room(error: OSError) -> bool:
    """Tell whether the system refused for want of room on a disk, or in what a user may fill."""
    return error.errno in _NO_ROOM


def plain_reason(error: OSError) -> Message:
    """Say in a few plain words why the system did not give a file: the end of a sentence."""
    if isinstance(error, Unreadable):
        return error.message
    known = _PLAIN.get(error.errno) if error.errno is not None else None
    return known or Message(error.strerror or str(error))


def reason_of_system(error: OSError) -> Message:
    """Say in plain words what the system refused: a full disk, a file that cannot be read."""
    if is_no_room(error):
        return DISK_IS_FULL
    return message(
        "{file}: {reason}.",
        file=Path(str(error.filename or "")).name or "—",
        reason=plain_reason(error),
    )
