"""Read the sizes in the head of a sound file, and mend those that its recorder never finished.

A recorder writes the head first, with sizes that stand for "not known yet", and goes back at the
end. One whose battery was empty, or that wrote into a pipe, never does. Such a file is whole, and
one that says more than it holds in every place was cut on its way.
"""

from __future__ import annotations

import io
import struct
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

_MOST_CHUNKS = 100
_STAND_INS = (1 << 31, 1 << 32, 1 << 63, 1 << 64)  # recorders write such a number, or a bit less
_A_BIT_LESS = 1 << 16
_MOST_SECONDS = 30 * 60
_NEGLIGIBLE_SECONDS = 0.1
_TAGS = (b"TAG", b"ID3", b"APE")  # laid behind the sound by music players
_PRINTED = bytes(range(0x20, 0x7F))  # what the name of a chunk is made of
_UNCOMPRESSED = (b"", b"NONE", b"twos", b"sowt", b"in24", b"in32", b"fl32", b"fl64", b"FL32")


@dataclass(frozen=True)
class Head:
    """What the head of a file says: how long it lasts, if it was finished, and what to mend.

    ``mended`` holds right bytes by their place in the file.
    """

    seconds: float | None
    mended: Mapping[int, bytes] = field(default_factory=dict)
    bytes_per_second: float = 0.0


class Mended(io.FileIO):
    """A file that reads as if its head had been finished; it is not touched."""

    def __init__(self, path: Path, mended: Mapping[int, bytes]) -> None:
        super().__init__(path)
        self._mended = mended

    def read(self, size: int | None = -1) -> bytes:
        """Read on, with the right bytes in their places."""
        start = self.tell()
        content = bytearray(super().read(-1 if size is None else size))
        for place, right in self._mended.items():
            first, last = max(place, start), min(place + len(right), start + len(content))
            if first < last:
                content[first - start : last - start] = right[first - place : last - place]
        return bytes(content)


@dataclass(frozen=True)
class _Chunk:
    name: bytes
    head: int
    start: int
    size: int


@dataclass(frozen=True)
class _Layout:
    """How a family of files lays out its chunks: a name, a size, and the content."""

    numbers: str  # the order of bytes and the kind of a size, for struct
    first: int
    name_bytes: int = 4
    counts_head: bool = False  # whether a size counts the name and itself, too
    aligned: int = 2

    @property
    def head_bytes(self) -> int:
        return self.name_bytes + struct.calcsize(self.numbers)

    def chunks(self, file: BinaryIO, start: int) -> Iterator[_Chunk]:
        for _ in range(_MOST_CHUNKS):
            file.seek(start)
            head = file.read(self.head_bytes)
            if len(head) < self.head_bytes:
                return
            size: int = struct.unpack(self.numbers, head[self.name_bytes :])[0]
            size -= self.head_bytes if self.counts_head else 0
            yield _Chunk(head[:4], start, start + self.head_bytes, size)
            if size < 0:
                return
            start += self.head_bytes + size
            start += -start % self.aligned


_RIFF = _Layout("<I", 12)
_WAVE64 = _Layout("<Q", 40, name_bytes=16, counts_head=True, aligned=8)
_AIFF = _Layout(">I", 12)
_CAF = _Layout(">q", 8, aligned=1)


@dataclass(frozen=True)
class _Sizes:
    """What a head says of its sound; ``whole`` is the size of the file, where it says that."""

    layout: _Layout
    start: int
    data: int
    whole: int | None
    bytes_per_second: float


def read_head(path: Path) -> Head:
    """Read the head of a WAV, RF64, W64, AIFF or CAF; of other files nothing is known here."""
    size_bytes = path.stat().st_size
    with path.open("rb") as file:
        top = file.read(40)
        if top[:4] in (b"RIFF", b"RF64", b"BW64") and top[8:12] == b"WAVE":
            return _of_wave(file, top, size_bytes)
        if top[:4] == b"riff" and top[24:28] == b"wave":
            return _of_wave64(file, top, size_bytes)
        if top[:4] == b"FORM" and top[8:12] in (b"AIFF", b"AIFC"):
            return _of_aiff(file, top, size_bytes)
        if top[:4] == b"caff":
            return _of_caf(file, size_bytes)
    return Head(None)


def _of_wave(file: BinaryIO, top: bytes, size_bytes: int) -> Head:
    """Read RIFF/WAVE, and its kind for large files (EBU Tech 3306, ITU-R BS.2088)."""
    whole = struct.unpack("<I", top[4:8])[0] + 8
    rate, long = 0, None
    for chunk in _RIFF.chunks(file, _RIFF.first):
        if chunk.name == b"ds64":
            long, whole, long_data = chunk.start, *_unpacked(file, chunk.start, "<QQ")
            whole += 8
        elif chunk.name == b"fmt ":
            (rate,) = _unpacked(file, chunk.start + 8, "<I")
        elif chunk.name == b"data":
            data = chunk.size if long is None else long_data
            sizes = _Sizes(_RIFF, chunk.start, data, whole, rate)
            right = size_bytes - chunk.start
            mended = {chunk.start - 4: struct.pack("<I", right)}
            if long is not None:
                mended |= {long: struct.pack("<QQ", size_bytes - 8, right)}
            return _judged(file, sizes, size_bytes, mended)
    return Head(None)


def _of_wave64(file: BinaryIO, top: bytes, size_bytes: int) -> Head:
    """Read Sony Wave64: sizes of 64 bits that count their own heads."""
    rate = 0
    for chunk in _WAVE64.chunks(file, _WAVE64.first):
        if chunk.name == b"fmt ":
            (rate,) = _unpacked(file, chunk.start + 8, "<I")
        elif chunk.name == b"data":
            whole = struct.unpack("<Q", top[16:24])[0]
            sizes = _Sizes(_WAVE64, chunk.start, chunk.size, whole, rate)
            mended = {chunk.start - 8: struct.pack("<Q", size_bytes - chunk.head)}
            return _judged(file, sizes, size_bytes, mended)
    return Head(None)


def _of_aiff(file: BinaryIO, top: bytes, size_bytes: int) -> Head:
    """Read AIFF and AIFF-C, whose head counts the frames as well (Apple, 1989 and 1991)."""
    frame_bytes, frames_at, rate_hz = 0, 0, 0.0
    for chunk in _AIFF.chunks(file, _AIFF.first):
        if chunk.name == b"COMM":
            channels, _, bits, exponent, mantissa = _unpacked(file, chunk.start, ">HIHHQ")
            rate_hz = float(mantissa) * 2.0 ** (exponent - 16383 - 63) if exponent < 16446 else 0.0
            coding = file.read(4) if top[8:12] == b"AIFC" else b""
            is_plain = coding in _UNCOMPRESSED
            frame_bytes, frames_at = channels * (-(-bits // 8)) * is_plain, chunk.start + 2
        elif chunk.name == b"SSND" and frame_bytes:
            whole = struct.unpack(">I", top[4:8])[0] + 8
            start = chunk.start + 8
            sizes = _Sizes(_AIFF, start, chunk.size - 8, whole, rate_hz * frame_bytes)
            mended = {
                4: struct.pack(">I", size_bytes - 8),
                frames_at: struct.pack(">I", (size_bytes - start) // frame_bytes),
                chunk.start - 4: struct.pack(">I", size_bytes - chunk.start),
            }
            return _judged(file, sizes, size_bytes, mended)
    return Head(None)


def _of_caf(file: BinaryIO, size_bytes: int) -> Head:
    """Read Apple's Core Audio Format, where -1 says that the sound goes to the end."""
    bytes_per_second = 0.0
    for chunk in _CAF.chunks(file, _CAF.first):
        if chunk.name == b"desc":
            rate_hz, packet_bytes, frames = _unpacked(file, chunk.start, ">d8xII")
            bytes_per_second = rate_hz / frames * packet_bytes if frames else 0.0
        elif chunk.name == b"data" and bytes_per_second:
            start = chunk.start + 4  # after a count of edits
            sizes = _Sizes(_CAF, start, chunk.size - 4, None, bytes_per_second)
            mended = {chunk.start - 8: struct.pack(">q", size_bytes - chunk.start)}
            return _judged(file, sizes, size_bytes, mended)
    return Head(None)


def _judged(file: BinaryIO, sizes: _Sizes, size_bytes: int, mended: Mapping[int, bytes]) -> Head:
    there = size_bytes - sizes.start
    if sizes.data > there:
        is_unfinished = not _was_cut(sizes, size_bytes)
    else:
        is_unfinished = _goes_on(file, sizes, size_bytes)
    if is_unfinished:
        return Head(None, mended, sizes.bytes_per_second)
    seconds = sizes.data / sizes.bytes_per_second if sizes.bytes_per_second else None
    return Head(seconds, bytes_per_second=sizes.bytes_per_second)


def _was_cut(sizes: _Sizes, size_bytes: int) -> bool:
    """Tell a file that lost its end: both its sizes are larger than it, and agree."""
    if sizes.data > _MOST_SECONDS * sizes.bytes_per_second > 0:
        return False  # no recording is so long: it is a number that some recorder begins with
    if sizes.whole is None:
        return not _stands_in(sizes.data)
    if _stands_in(sizes.data) or _stands_in(sizes.whole):
        return False
    return sizes.whole > size_bytes and sizes.whole >= sizes.data


def _stands_in(size: int) -> bool:
    """Tell a size that a recorder writes while it does not know it yet."""
    return size <= 0 or any(
        stand_in - _A_BIT_LESS <= size <= stand_in + _A_BIT_LESS for stand_in in _STAND_INS
    )


def _goes_on(file: BinaryIO, sizes: _Sizes, size_bytes: int) -> bool:
    """Tell whether the sound goes on where it should end: no other chunk, and no tag, follows."""
    end = sizes.start + max(sizes.data, 0)
    if size_bytes - end <= _NEGLIGIBLE_SECONDS * sizes.bytes_per_second:
        return False
    end += -end % sizes.layout.aligned if sizes.data > 0 else 0
    file.seek(end)
    if file.read(3) in _TAGS:
        return False
    reached = end
    for chunk in sizes.layout.chunks(file, end):
        if chunk.name.strip(_PRINTED) or chunk.size < 0:
            return True
        reached = chunk.start + chunk.size
    return not size_bytes - 8 <= reached <= size_bytes + 1


def _unpacked(file: BinaryIO, place: int, form: str) -> tuple[int, ...]:
    """Read numbers from a place; a file that ends there says 0."""
    file.seek(place)
    size = struct.calcsize(form)
    return struct.unpack(form, file.read(size).ljust(size, b"\0"))
