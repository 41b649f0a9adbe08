"""Read the duration that a sound file declares, where it does.

FFmpeg believes the size of a file more than its head, so that half a WAV looks whole, and where
a file says nothing it guesses from the first packets.
"""

from __future__ import annotations

from pathlib import Path

import av
from av.audio.stream import AudioStream
from av.container import InputContainer

from audioguide.speech.headers import Head

_SAYING_NOTHING = ("aac", "amr", "avi", "mpegts")
_SAID_BY_ITS_HEAD = ("wav", "w64")
_TAG_HEAD = 10  # bytes of an ID3v2 tag's own head (id3.org, ID3v2.4.0, 3.1)
_FRAME = 2048  # holds the first frame of an MP3
_COUNTS = (b"Xing", b"Info", b"VBRI")  # the frame that tells how many frames follow


def declared_seconds(
    path: Path, head: Head, container: InputContainer, stream: AudioStream
) -> float | None:
    """Return the duration that the file itself declares, or None."""
    name = container.format.name
    if head.seconds or head.mended or name in _SAID_BY_ITS_HEAD:
        return head.seconds
    if name in _SAYING_NOTHING or (name == "mp3" and not _mp3_counts(path)):
        return None
    if stream.duration and stream.time_base:
        return float(stream.duration * stream.time_base)
    return container.duration / av.time_base if container.duration else None


def _mp3_counts(path: Path) -> bool:
    """Tell whether the first frame counts the others; else the duration is a guess."""
    with path.open("rb") as file:
        head = file.read(_TAG_HEAD)
        tag = 0
        if head[:3] == b"ID3":
            for byte in head[6:10]:
                tag = tag << 7 | byte & 0x7F
            tag += _TAG_HEAD
        file.seek(tag)
        first = file.read(_FRAME)
    return any(word in first for word in _COUNTS)
