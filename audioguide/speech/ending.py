"""Detect a truncated sound file by its end.

A file that tells how long it lasts needs no such look. Others are made of pieces whose lengths
stand before them: where the last piece is not whole, the rest was lost.
"""

from __future__ import annotations

import mmap
from collections.abc import Callable, Iterator
from enum import Enum, auto
from pathlib import Path
from typing import TypeAlias

_Content: TypeAlias = "mmap.mmap"

_MOST_PIECES = 200_000  # half an hour of ADTS has 90,000 frames
_LEAST_ZEROS = 1 << 16  # of a file whose second is not known
_LEAST_SILENCE = 40  # a part of a second: what a program makes silent is silent elsewhere, too
_OF_A_CUT = 10  # a tenth of the file: a second or two of silence an editor adds by hand
_OGG_HEAD, _OGG_IS_LAST = 27, 0x04
_AMR = {
    b"#!AMR\n": (13, 14, 16, 18, 20, 21, 27, 32, 6),
    b"#!AMR-WB\n": (18, 24, 33, 37, 41, 47, 51, 59, 61, 6),
}
_ADTS_HEAD, _ID3_HEAD = 7, 10
_TS_PACKETS = {0: 188, 4: 192}  # where the first packet begins, and how long each is
_TS_SYNC = 0x47
_EBML, _SEGMENT, _CLUSTER = b"\x1a\x45\xdf\xa3", 0x18538067, 0x1F43B675


class Ending(Enum):
    """How a file ends: whole as far as can be told, without a mark of its end, or cut."""

    WHOLE = auto()
    UNMARKED = auto()
    CUT = auto()


def read_ending(path: Path, bytes_per_second: float = 0.0) -> Ending:
    """Tell from its last pieces, and from zeros that fill it up, whether a file was cut."""
    with (
        path.open("rb") as file,
        mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content,
    ):
        if _is_filled_up(content, int(bytes_per_second)):
            return Ending.CUT
        ends = next((ends for begins, ends in _KINDS if begins(content)), None)
        return Ending.WHOLE if ends is None else ends(content)


def _is_filled_up(content: _Content, second: int) -> bool:
    """Tell an end of zeros, which a broken download leaves for which room was made before.

    Of plain samples that is more than a second and a tenth of the file, where no pause before is
    made of zeros: a room is never so silent, and whoever takes out its noise does so in each pause.
    """
    if not second:
        may_end_so = content[4:8] == b"ftyp" or content[:4] == b".snd"
        return not may_end_so and _is_empty(content, len(content) - _LEAST_ZEROS)
    if not _is_empty(content, len(content) - max(second, len(content) // _OF_A_CUT)):
        return False
    end = content.find(bytes(second), second)
    if end < 0 or not _is_empty(content, end):
        return False
    return content.find(bytes(max(second // _LEAST_SILENCE, 1)), second, end) < 0


def _is_empty(content: _Content, begin: int) -> bool:
    return begin >= 0 and not content[begin:].strip(b"\0")


def _of_ogg(content: _Content) -> Ending:
    """Follow the pages (RFC 3533, 6); what is no page behind the last one is passed over."""
    last, place = 0, 0
    for _ in range(_MOST_PIECES):
        if content[place : place + 4] != b"OggS":
            break
        if place + _OGG_HEAD > len(content):
            return Ending.CUT
        count = content[place + 26]
        table = content[place + _OGG_HEAD : place + _OGG_HEAD + count]
        last = content[place + 5]
        place += _OGG_HEAD + count + sum(table)
        if len(table) < count or place > len(content):
            return Ending.CUT
    if content[place:] and b"OggS".startswith(content[place : place + 4]):
        return Ending.CUT
    return Ending.WHOLE if last & _OGG_IS_LAST else Ending.UNMARKED


def _of_pieces(content: _Content, place: int, length: Callable[[int], int]) -> Ending:
    """Follow pieces from a place; a length of 0 says that what follows is none."""
    for _ in range(_MOST_PIECES):
        if place >= len(content) or (piece := length(place)) == 0:
            return Ending.WHOLE
        place += piece
        if place > len(content):
            return Ending.CUT
    return Ending.WHOLE


def _of_adts(content: _Content) -> Ending:
    """Follow the frames of AAC (ISO/IEC 13818-7, 6.2)."""

    def length(place: int) -> int:
        head = content[place : place + _ADTS_HEAD]
        if not _is_adts(head[:2]):
            return 0
        if len(head) < _ADTS_HEAD:
            return _ADTS_HEAD
        frame = (head[3] & 3) << 11 | head[4] << 3 | head[5] >> 5
        return frame if frame >= _ADTS_HEAD else 0

    return _of_pieces(content, _after_tag(content), length)


def _of_amr(content: _Content) -> Ending:
    """Follow the frames of a telephone (RFC 4867, 5.3)."""
    begin, sizes = next(
        (len(head), sizes) for head, sizes in _AMR.items() if content[: len(head)] == head
    )

    def length(place: int) -> int:
        mode = content[place] >> 3 & 15
        return sizes[mode] if mode < len(sizes) else 1

    return _of_pieces(content, begin, length)


def _of_transport_stream(content: _Content) -> Ending:
    """Count the packets, each of which is as long as the others."""
    offset = next(_ts_offsets(content))
    return Ending.CUT if len(content) % _TS_PACKETS[offset] else Ending.WHOLE


def _of_matroska(content: _Content) -> Ending:
    """Follow segment, clusters and blocks (RFC 8794, 4 to 6); a live recorder leaves sizes open."""
    place = 0
    for _ in range(_MOST_PIECES):
        if place >= len(content):
            return Ending.WHOLE
        name_bytes, size_bytes = _vint_bytes(content, place), 0
        if name_bytes and place + name_bytes < len(content):
            size_bytes = _vint_bytes(content, place + name_bytes)
        start = place + name_bytes + size_bytes
        if not name_bytes or (not size_bytes and place + name_bytes < len(content)):
            return Ending.WHOLE  # something else
        if not size_bytes or start > len(content):
            return Ending.CUT
        name = int.from_bytes(content[place : place + name_bytes], "big")
        size = int.from_bytes(content[place + name_bytes : start], "big")
        size &= (1 << 7 * size_bytes) - 1
        is_open = size == (1 << 7 * size_bytes) - 1
        if not is_open and start + size > len(content):
            return Ending.CUT
        place = start if is_open or name in (_SEGMENT, _CLUSTER) else start + size
    return Ending.WHOLE


def _vint_bytes(content: _Content, place: int) -> int:
    """Give the length of a number as its first bit that is set says; 0 for none."""
    first = content[place]
    return 9 - first.bit_length() if first else 0


def _of_avi(content: _Content) -> Ending:
    """Believe the size in the head, unless it was never written."""
    size = int.from_bytes(content[4:8], "little")
    return Ending.CUT if len(content) < size + 8 < 1 << 31 else Ending.WHOLE


def _after_tag(content: _Content) -> int:
    if content[:3] != b"ID3" or len(content) < _ID3_HEAD:
        return 0
    size = 0
    for byte in content[6:_ID3_HEAD]:
        size = size << 7 | byte & 0x7F
    return _ID3_HEAD + size


def _is_adts(head: bytes) -> bool:
    """Tell the first two bytes of a frame: twelve bits set, and two that say its layer, 0."""
    return len(head) == 2 and head[0] == 0xFF and head[1] & 0xF6 == 0xF0


def _begins_adts(content: _Content) -> bool:
    start = _after_tag(content)
    return _is_adts(content[start : start + 2])


def _ts_offsets(content: _Content) -> Iterator[int]:
    for offset, packet in _TS_PACKETS.items():
        beginnings = content[offset : offset + 5 * packet : packet]
        if len(beginnings) == 5 and set(beginnings) == {_TS_SYNC}:
            yield offset


_KINDS: tuple[tuple[Callable[[_Content], bool], Callable[[_Content], Ending]], ...] = (
    (lambda content: content[:4] == b"OggS", _of_ogg),
    (lambda content: content[:4] == _EBML, _of_matroska),
    (lambda content: content[:4] == b"RIFF" and content[8:12] == b"AVI ", _of_avi),
    (lambda content: any(content[: len(head)] == head for head in _AMR), _of_amr),
    (_begins_adts, _of_adts),
    (lambda content: next(_ts_offsets(content), None) is not None, _of_transport_stream),
)
