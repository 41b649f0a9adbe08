"""Say why a file cannot be played, from its first bytes (file signatures)."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from audioguide.errors import TakeRefused

_BOXES = (b"ftyp", b"moov", b"mdat", b"wide", b"free", b"skip", b"pnot")
_MOST_BOXES = 1000
_MOST_INDEX_BYTES = 16_000_000
_ASF = bytes.fromhex("3026b2758e66cf11a6d900aa0062ce6c")
# The object that says how its content is encrypted (Advanced Systems Format, 3.14 and 10.1).
_ASF_ENCRYPTED = bytes.fromhex("fbb31122 23bdd211b4b700a0c955fc6e".replace(" ", ""))
_ASF_HEAD_BYTES = 65_536
_PLACE_HOLDER = b"bplist00"


class Unplayable(TakeRefused):
    """A file is no sound at all, or nothing of it can be decoded."""


def unplayable(path: Path, file: str) -> Unplayable:
    """Give the reason why a file cannot be played; ``file`` is what people call it."""
    with path.open("rb") as content:
        top = content.read(8)
        if top == _PLACE_HOLDER:
            return Unplayable(
                "{file} only stands for a recording that is still in iCloud. Open it there, and "
                "send it again.",
                file=file,
            )
        if lacks_index(content):
            return Unplayable(
                "{file} has no index, without which it cannot be played: the recorder was stopped "
                "before it wrote it, or the file was not sent whole. Send it again; where it does "
                "not play on the telephone either, record again.",
                file=file,
            )
    return Unplayable(
        "{file} is no recording that can be played, whatever its name says; perhaps it was not "
        "sent whole.",
        file=file,
    )


def lacks_index(content: BinaryIO) -> bool:
    """Tell whether a file is an MP4 or a QuickTime film whose index is missing, or is cut."""
    content.seek(0)
    is_of_boxes = content.read(8)[4:] in _BOXES
    return is_of_boxes and not any(kind == b"moov" for kind, *_ in _boxes(content))


def check_protection(path: Path, file: str) -> None:
    """Raise TakeRefused for sound that was bought or locked, which decodes to noise."""
    with path.open("rb") as content:
        if _is_protected(content):
            raise TakeRefused(
                "{file} is protected against copying and cannot be used. Record the stop with a "
                "recorder that does not protect its files.",
                file=file,
            )


def _is_protected(content: BinaryIO) -> bool:
    top = content.read(_ASF_HEAD_BYTES)
    if top.startswith(_ASF):
        return _ASF_ENCRYPTED in top
    if top[4:8] not in _BOXES:
        return False
    for kind, start, size in _boxes(content):
        if kind == b"moov":
            content.seek(start)
            index = content.read(min(size, _MOST_INDEX_BYTES))
            return b"sinf" in index and (b"drms" in index or b"enca" in index)
    return False


def _boxes(content: BinaryIO) -> Iterator[tuple[bytes, int, int]]:
    """Give kind, start and size of each whole box of an MP4 (ISO/IEC 14496-12, 4.2)."""
    end = content.seek(0, 2)
    place = 0
    for _ in range(_MOST_BOXES):
        content.seek(place)
        head = content.read(16)
        if len(head) < 8:
            return
        size, kind = struct.unpack(">I4s", head[:8])
        if size == 1 and len(head) == 16:
            size = struct.unpack(">Q", head[8:])[0]
        size = size or end - place  # 0: to the end
        if size < 8 or place + size > end:
            return
        yield kind, place, size
        place += size
