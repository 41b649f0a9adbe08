"""Heads that a recorder never finished, and files that were cut on their way."""

from __future__ import annotations

import struct
from pathlib import Path

import pytest

from audioguide.errors import TakeRefused
from audioguide.speech.taking import read_take
from sound_files import KINDS, Kind, speechlike, write_sound

SECONDS = 4
WAV = KINDS["wav of 16 bits"]
RF64 = Kind("wav", "pcm_s16le", options={"rf64": "always"})
OTHERS = {
    "w64": Kind("w64", "pcm_s16le"),
    "aiff": Kind("aiff", "pcm_s16be"),
    "caf": Kind("caf", "pcm_s16be"),
    "au": Kind("au", "pcm_s16be"),
    "rf64": RF64,
}
STAND_INS = {
    "nothing": 0,
    "all ones": 0xFFFFFFFF,
    "espeak and sox": 0x7FFFF000,
    "the largest of 31 bits": 0x7FFFFFFF,
    "arecord": 0x80000000 - 44,
    "all ones without the head": 0xFFFFFFDB,
    "2 GB less a bit": 0x7F000000,
    "nearly 4 GB": 0xF0000000,
    "1 GB": 0x40000000,
    "256 MB": 0x10000000,
}


def written(folder: Path, kind: Kind = WAV) -> tuple[Path, bytearray]:
    path = write_sound(folder / f"a.{kind.ending}", speechlike(SECONDS, kind.rate_hz), kind)
    return path, bytearray(path.read_bytes())


def with_sizes(content: bytearray, *, whole: int | None = None, data: int | None = None) -> bytes:
    """Write other sizes into the head of a WAV: of the file, and of its sound."""
    for place, size in ((4, whole), (content.index(b"data") + 4, data)):
        if size is not None:
            content[place : place + 4] = struct.pack("<I", size)
    return bytes(content)


def seconds_of(path: Path, content: bytes) -> float:
    path.write_bytes(content)
    return read_take(path).seconds


def is_cut(path: Path, content: bytes) -> bool:
    path.write_bytes(content)
    with pytest.raises(TakeRefused) as refused:
        read_take(path)
    return "seems to break off at 2 of 4 s" in str(refused.value)


@pytest.mark.parametrize("size", STAND_INS.values(), ids=STAND_INS)
def test_a_wav_whose_recorder_did_not_go_back_to_its_head_is_whole(
    tmp_path: Path, size: int
) -> None:
    path, content = written(tmp_path)
    unfinished = with_sizes(content, whole=min(size + 36, 0xFFFFFFFF), data=size)

    assert seconds_of(path, unfinished) == pytest.approx(SECONDS, abs=0.01)


@pytest.mark.parametrize("size", STAND_INS.values(), ids=STAND_INS)
def test_a_wav_with_either_size_unfinished_is_whole(tmp_path: Path, size: int) -> None:
    path, content = written(tmp_path)

    assert seconds_of(path, with_sizes(content[:], whole=size)) == pytest.approx(SECONDS, abs=0.01)
    assert seconds_of(path, with_sizes(content[:], data=size)) == pytest.approx(SECONDS, abs=0.01)


def test_a_wav_whose_size_was_written_too_early_is_heard_to_its_end(tmp_path: Path) -> None:
    path, content = written(tmp_path)
    early = with_sizes(content, whole=44_100 * 2 + 36, data=44_100 * 2)

    assert seconds_of(path, early) == pytest.approx(SECONDS, abs=0.01)


def test_a_wav_that_promises_more_sound_than_its_own_size_is_whole(tmp_path: Path) -> None:
    path, content = written(tmp_path)

    assert seconds_of(path, with_sizes(content, data=44_100 * 20)) == pytest.approx(
        SECONDS, abs=0.01
    )


def test_what_follows_the_sound_of_a_wav_is_not_heard(tmp_path: Path) -> None:
    path, content = written(tmp_path)
    text = b"LIST" + struct.pack("<I", 80_000) + b"x" * 80_000

    assert seconds_of(path, bytes(content) + text) == pytest.approx(SECONDS, abs=0.01)


@pytest.mark.parametrize("whole", [None, "with a list behind the sound"])
def test_a_wav_that_is_truly_cut_is_refused(tmp_path: Path, whole: str | None) -> None:
    path, content = written(tmp_path)
    if whole:
        content = bytearray(with_sizes(content, whole=len(content) + 80_000))

    assert is_cut(path, bytes(content[: len(content) // 2]))


@pytest.mark.parametrize("kind", OTHERS.values(), ids=OTHERS)
def test_other_files_that_are_truly_cut_are_refused(tmp_path: Path, kind: Kind) -> None:
    path, content = written(tmp_path, kind)

    assert is_cut(path, bytes(content[: len(content) // 2]))


def test_half_an_hour_that_was_cut_is_refused(tmp_path: Path) -> None:
    path, content = written(tmp_path)
    data = 44_100 * 2 * 60 * 29
    path.write_bytes(with_sizes(content, whole=data + 36, data=data))
    with pytest.raises(TakeRefused, match="seems to break off at 4 of 1740 s"):
        read_take(path)


def unfinished_w64(content: bytearray) -> None:
    place = content.index(b"data") + 16
    content[16:24], content[place : place + 8] = b"\xff" * 8, b"\xff" * 7 + b"\x7f"


def unfinished_aiff(content: bytearray) -> None:
    for place in (4, content.index(b"COMM") + 10, content.index(b"SSND") + 4):
        content[place : place + 4] = bytes(4)


def unfinished_caf(content: bytearray) -> None:
    place = content.index(b"data") + 4
    content[place : place + 8] = b"\xff" * 8


def unfinished_au(content: bytearray) -> None:
    content[8:12] = b"\xff" * 4


def unfinished_rf64(content: bytearray) -> None:
    place = content.index(b"ds64") + 8
    content[place : place + 24] = bytes(24)


UNFINISHED = {
    "w64": unfinished_w64,
    "aiff": unfinished_aiff,
    "caf": unfinished_caf,
    "au": unfinished_au,
    "rf64": unfinished_rf64,
}


@pytest.mark.parametrize("name", OTHERS)
def test_other_files_whose_heads_were_not_finished_are_whole(tmp_path: Path, name: str) -> None:
    path, content = written(tmp_path, OTHERS[name])
    UNFINISHED[name](content)

    assert seconds_of(path, bytes(content)) == pytest.approx(SECONDS, abs=0.01)


@pytest.mark.parametrize("name", ["wav", *OTHERS])
@pytest.mark.parametrize("length", [12, 20, 40, 44, 60])
def test_a_head_that_breaks_off_anywhere_is_refused_in_plain_words(
    tmp_path: Path, name: str, length: int
) -> None:
    path, content = written(tmp_path, OTHERS.get(name, WAV))
    path.write_bytes(content[:length])

    with pytest.raises(TakeRefused):
        read_take(path)


def test_the_file_itself_is_not_touched(tmp_path: Path) -> None:
    path, content = written(tmp_path)
    unfinished = with_sizes(content, whole=0, data=0)
    seconds_of(path, unfinished)

    assert path.read_bytes() == unfinished
