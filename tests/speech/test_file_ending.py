"""Files without a declared length that were cut on their way, or have no mark of their end."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from audioguide.errors import TakeRefused
from audioguide.speech.ending import Ending, read_ending
from audioguide.speech.taking import Take, read_take
from sound_files import KINDS, LIVE_WEBM, Kind, speechlike, write_sound

pytestmark = pytest.mark.thorough

SECONDS = 8
MADE_OF_PIECES = {
    "ogg of Opus": KINDS["ogg of Opus"],
    "ogg of Vorbis": KINDS["ogg of Vorbis"],
    "aac": KINDS["aac without a container"],
    "live webm": LIVE_WEBM,
    "transport stream": Kind("ts", "aac"),
    "avi": Kind("avi", "pcm_s16le"),
}


def written(folder: Path, kind: Kind) -> tuple[Path, bytes]:
    path = write_sound(folder / f"kk.take.{kind.ending}", speechlike(SECONDS, kind.rate_hz), kind)
    return path, path.read_bytes()


def said(take: Take) -> list[str]:
    return [str(note) for note in take.notes]


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
def test_a_whole_file_is_whole(tmp_path: Path, kind: Kind) -> None:
    path, _ = written(tmp_path, kind)
    assert read_ending(path) is Ending.WHOLE


@pytest.mark.parametrize("kind", MADE_OF_PIECES.values(), ids=MADE_OF_PIECES)
@pytest.mark.parametrize("part", [0.5, 0.8, 0.97])
def test_a_file_made_of_pieces_that_was_cut_is_refused(
    tmp_path: Path, kind: Kind, part: float
) -> None:
    path, content = written(tmp_path, kind)
    assert read_ending(path) is Ending.WHOLE
    size = int(len(content) * part)
    path.write_bytes(content[: size + (size % 188 == 0)])
    with pytest.raises(TakeRefused, match=r"seems to break off .*--accept-cut"):
        read_take(path)
    assert read_take(path, accept_cut=True).seconds > SECONDS * 0.2


def test_a_telephone_s_frames_are_followed(tmp_path: Path) -> None:
    path = tmp_path / "kk.take.amr"
    frames = (b"\x3c" + bytes(range(1, 32))) * 50 + b"\x7c" * 3
    path.write_bytes(b"#!AMR\n" + frames)
    assert read_ending(path) is Ending.WHOLE
    path.write_bytes(b"#!AMR\n" + frames[: 32 * 40 + 9])
    assert read_ending(path) is Ending.CUT


def test_an_ogg_of_a_recorder_that_marks_no_end_is_taken_with_a_note(tmp_path: Path) -> None:
    path, content = written(tmp_path, KINDS["ogg of Opus"])
    path.write_bytes(content[: content.rindex(b"OggS")])
    take = read_take(path)
    assert said(take) == [
        "The file has no mark of its end, so it may be cut. Listen to the last words."
    ]


def test_what_follows_the_last_piece_is_no_cut(tmp_path: Path) -> None:
    for kind in (KINDS["ogg of Opus"], KINDS["aac without a container"]):
        path, content = written(tmp_path, kind)
        path.write_bytes(content + b"TAG" + b" " * 125)
        assert said(read_take(path)) == []


@pytest.mark.parametrize("name", ["wav of 16 bits", "wav of 24 bits", "mp3", "ogg of Opus"])
def test_a_file_filled_up_with_zeros_is_refused(tmp_path: Path, name: str) -> None:
    path, content = written(tmp_path, KINDS[name])
    kept = int(len(content) * 0.8)
    path.write_bytes(content[:kept] + bytes(max(len(content) - kept, 1 << 16)))
    with pytest.raises(TakeRefused, match="seems to break off"):
        read_take(path)
    assert read_take(path, accept_cut=True).seconds > SECONDS * 0.7


def test_silence_that_a_program_made_is_no_cut(tmp_path: Path) -> None:
    kind = KINDS["wav of 16 bits"]
    samples = speechlike(SECONDS, kind.rate_hz)
    samples[-2 * kind.rate_hz :] = 0
    gated = samples.copy()
    gated[np.arange(samples.size) % kind.rate_hz > 0.75 * kind.rate_hz] = 0
    write_sound(tmp_path / "gated.wav", gated, kind)
    assert read_take(tmp_path / "gated.wav").notes == ()
    samples[-2 * kind.rate_hz :] = 0
    samples[-kind.rate_hz // 2 :] = speechlike(1, kind.rate_hz)[: kind.rate_hz // 2]
    write_sound(tmp_path / "muted.wav", samples, kind)
    assert read_take(tmp_path / "muted.wav").notes == ()


@pytest.mark.parametrize(
    "begin", [b"OggS", b"\x1a\x45\xdf\xa3", b"#!AMR\n", b"\xff\xf1", b"G", b"R"]
)
@pytest.mark.parametrize("length", [0, 1, 5, 30, 1000])
def test_what_only_begins_as_a_sound_file_raises_nothing(
    tmp_path: Path, begin: bytes, length: int
) -> None:
    path = tmp_path / "a.ogg"
    for seed in range(20):
        path.write_bytes(begin + np.random.default_rng(seed).bytes(length))
        assert read_ending(path) in Ending
