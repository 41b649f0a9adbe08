"""Which channel and which track of a recording is heard."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from audioguide.errors import TakeRefused
from audioguide.speech.loudness import loudness_lufs
from audioguide.speech.taking import Take, read_take
from audioguide.speech.voice import Samples
from sound_files import KINDS, Kind, speechlike, write_sound, write_tracks

pytestmark = pytest.mark.thorough

SECONDS = 6
RATE_HZ = 44_100
STEREO = Kind("wav", "pcm_s16le", layout="stereo")
AAC = KINDS["m4a of AAC"]


def voice(seed: int = 1) -> Samples:
    """Make noise in words: what no delay makes the same again, unlike a buzz."""
    random = np.random.default_rng(seed)
    time = np.arange(SECONDS * RATE_HZ) / RATE_HZ
    spectrum = np.fft.rfft(random.normal(0, 1, time.size))
    hertz = np.fft.rfftfreq(time.size, 1 / RATE_HZ)
    spectrum[(hertz < 150) | (hertz > 5_000)] = 0
    sound = np.fft.irfft(spectrum, time.size)
    words = (time % 1 < 0.7) * 0.1 * sound / sound.std()
    return np.asarray(words + random.normal(0, 0.0005, time.size), np.float32)


def noise(level: float, seed: int = 9) -> Samples:
    return np.random.default_rng(seed).normal(0, level, SECONDS * RATE_HZ).astype(np.float32)


def hum(level: float) -> Samples:
    time = np.arange(SECONDS * RATE_HZ) / RATE_HZ
    return np.asarray(level * np.sin(2 * np.pi * 50 * time), np.float32)


def late(samples: Samples, seconds: float) -> Samples:
    return np.roll(samples, int(seconds * RATE_HZ))


def taken(folder: Path, *channels: Samples, kind: Kind = STEREO) -> Take:
    return read_take(write_sound(folder / f"a.{kind.ending}", np.stack(channels), kind))


def alone(take: Take) -> list[str]:
    return [str(note) for note in take.notes if "was taken alone" in str(note)]


ONE_IS_BETTER = {
    "one turned over": (voice(), -voice()),
    "one turned over and weaker": (voice(), -0.4 * voice()),
    "one turned over in a noisy room": (voice() + noise(0.01), noise(0.01, 3) - voice()),
    "one turned over, both with hum": (voice() + hum(0.04), hum(0.04) - voice()),
    "one late by 3 ms": (voice(), late(voice(), 0.003)),
    "one late by 20 ms": (voice(), late(voice(), 0.02)),
    "one late by half a second": (voice(), late(voice(), 0.5)),
    "one with a loud noise": (voice(), noise(0.2)),
    "one with a loud hum": (voice(), hum(0.5)),
    "one with a current in it": (voice(), np.float32(0.5) - voice()),
}


@pytest.mark.parametrize("channels", ONE_IS_BETTER.values(), ids=ONE_IS_BETTER)
def test_where_mixing_would_spoil_it_the_better_channel_is_taken_alone(
    tmp_path: Path, channels: tuple[Samples, Samples]
) -> None:
    take = taken(tmp_path, *channels)

    (note,) = alone(take)
    assert note.endswith("of 2 was taken alone: mixed, they would spoil each other.")
    assert take.seconds == pytest.approx(SECONDS, abs=0.01)


MIXED = {
    "the same in both": (voice(), voice()),
    "one silent": (voice(), 0 * voice()),
    "one weaker": (voice(), 0.3 * voice()),
    "two readers": (voice(1), voice(2)),
    "two readers in turn": (
        voice(1) * (np.arange(SECONDS * RATE_HZ) // (3 * RATE_HZ) == 0),
        voice(2) * (np.arange(SECONDS * RATE_HZ) // (3 * RATE_HZ) == 1),
    ),
}


@pytest.mark.parametrize("channels", MIXED.values(), ids=MIXED)
def test_channels_that_do_each_other_no_harm_are_mixed(
    tmp_path: Path, channels: tuple[Samples, Samples]
) -> None:
    assert alone(taken(tmp_path, *(np.asarray(each, np.float32) for each in channels))) == []


def test_the_second_channel_is_taken_where_it_is_the_better_one(tmp_path: Path) -> None:
    take = taken(tmp_path, noise(0.2), voice())

    assert alone(take)[0].startswith("Channel 2 of 2")
    assert loudness_lufs(take.samples, 24_000) < -15


def test_a_turned_channel_in_a_coded_file_is_found_too(tmp_path: Path) -> None:
    kind = Kind("m4a", "aac", layout="stereo", bit_rate=128_000)

    assert alone(taken(tmp_path, voice(), -voice(), kind=kind))


@pytest.mark.parametrize("layout", ["3.0", "quad", "5.1"])
def test_of_more_channels_that_cancel_each_other_one_is_taken(tmp_path: Path, layout: str) -> None:
    count = {"3.0": 3, "quad": 4, "5.1": 6}[layout]
    turned = [(-1) ** number * voice() for number in range(count - count % 2)]
    channels = turned + [0 * voice()] * (count % 2)
    take = taken(tmp_path, *channels, kind=Kind("wav", "pcm_s16le", layout=layout))

    assert loudness_lufs(take.samples, 24_000) > -30


def test_channels_of_which_the_file_does_not_say_where_they_stand_are_heard(
    tmp_path: Path,
) -> None:
    path = write_sound(tmp_path / "a.wav", speechlike(6, RATE_HZ), Kind("wav", "pcm_s16le"))
    content = bytearray(path.read_bytes())
    place = content.index(b"fmt ") + 8
    content[place + 2 : place + 4] = (3).to_bytes(2, "little")
    content[place + 8 : place + 14] = (RATE_HZ * 6).to_bytes(4, "little") + b"\6\0"
    path.write_bytes(content)

    assert read_take(path, accept_cut=True).seconds == pytest.approx(2, abs=0.1)


def which(take: Take) -> list[str]:
    return [str(note) for note in take.notes if "sound tracks" in str(note)]


def silence() -> Samples:
    return np.zeros(SECONDS * RATE_HZ, np.float32)


@pytest.mark.parametrize("first", [silence(), noise(0.05)], ids=["silent", "noise"])
def test_of_two_tracks_the_one_in_which_somebody_speaks_is_taken(
    tmp_path: Path, first: Samples
) -> None:
    take = read_take(write_tracks(tmp_path / "a.m4a", [first, voice()], AAC))

    assert which(take) == ["The file has 2 sound tracks; number 2 was taken."]
    assert take.seconds == pytest.approx(SECONDS, abs=0.15)


def undecodable(path: Path, number: int) -> Path:
    """Make one track look to FFmpeg as Apple's positional audio does."""
    content = bytearray(path.read_bytes())
    place = -1
    for _ in range(number):
        place = content.index(b"mp4a", place + 1)
    content[place : place + 4] = b"apac"
    place = content.index(b"esds", place)
    content[place : place + 4] = b"dapa"
    path.write_bytes(content)
    return path


@pytest.mark.parametrize(("number", "other"), [(1, 2), (2, 1)])
def test_of_two_tracks_the_one_that_can_be_decoded_is_taken(
    tmp_path: Path, number: int, other: int
) -> None:
    path = write_tracks(tmp_path / "a.m4a", [voice(), voice()], AAC)

    assert which(read_take(undecodable(path, number))) == [
        f"The file has 2 sound tracks; number {other} was taken."
    ]


def test_the_sound_of_a_film_with_two_tracks_is_the_one_that_speaks(tmp_path: Path) -> None:
    path = write_tracks(tmp_path / "a.mp4", [silence(), voice()], AAC, picture=True)

    assert which(read_take(path)) == ["The file has 2 sound tracks; number 2 was taken."]


def test_where_no_track_can_be_used_the_one_that_tells_most_is_named(tmp_path: Path) -> None:
    path = undecodable(write_tracks(tmp_path / "a.m4a", [voice(), silence()], AAC), 1)

    with pytest.raises(TakeRefused, match=r"a\.m4a is silent"):
        read_take(path)


def test_a_picture_on_the_cover_is_no_track(tmp_path: Path) -> None:
    path = write_sound(tmp_path / "a.mp3", voice(), KINDS["mp3"])
    picture = b"\0image/jpeg\0\3\0" + b"\xff\xd8\xff" + bytes(200_000)
    frame = b"APIC" + len(picture).to_bytes(4, "big") + b"\0\0" + picture
    size = len(frame)
    digits = bytes(size >> shift & 127 for shift in (21, 14, 7, 0))
    path.write_bytes(b"ID3\3\0\0" + digits + frame + path.read_bytes())

    assert which(read_take(path)) == []


def test_progress_never_goes_back(tmp_path: Path) -> None:
    told: list[float] = []
    path = write_tracks(tmp_path / "a.m4a", [silence(), voice()], AAC)
    read_take(path, progress=told.append)

    assert told == sorted(told)
