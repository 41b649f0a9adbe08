from __future__ import annotations

import re
import wave
from pathlib import Path

import numpy as np
import pytest

from audioguide.errors import TakeRefused
from audioguide.speech.loudness import loudness_lufs
from audioguide.speech.taking import Take, read_take
from audioguide.speech.voice import Samples
from sound_files import KINDS, WAV, Kind, speechlike, write_silent_film, write_sound

SECONDS = 4


def written(folder: Path, kind: Kind, seconds: float = SECONDS) -> Path:
    samples = speechlike(seconds, kind.rate_hz)
    return write_sound(folder / f"kk.take.{kind.ending}", samples, kind)


def said(take: Take) -> list[str]:
    return [str(note) for note in take.notes]


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS.keys())
def test_whatever_phones_and_recorders_make_is_decoded(tmp_path: Path, kind: Kind) -> None:
    take = read_take(written(tmp_path, kind))

    assert take.seconds == pytest.approx(SECONDS, abs=0.15)
    expected = loudness_lufs(speechlike(SECONDS), 24_000)
    assert loudness_lufs(take.samples, 24_000) == pytest.approx(expected, abs=1.5)
    assert said(take) == []


def test_the_sound_of_a_video_is_taken(tmp_path: Path) -> None:
    kind = KINDS["m4a of AAC"]
    path = write_sound(tmp_path / "a.mp4", speechlike(2, kind.rate_hz), kind, picture=True)

    assert read_take(path).seconds == pytest.approx(2, abs=0.15)


def test_six_channels_are_mixed_with_a_note(tmp_path: Path) -> None:
    take = read_take(written(tmp_path, Kind("wav", "pcm_s16le", layout="5.1")))

    assert said(take) == ["The 6 channels were mixed into one."]
    assert np.abs(take.samples).max() <= 1


def test_a_telephone_recording_is_taken_with_a_note(tmp_path: Path) -> None:
    take = read_take(written(tmp_path, Kind("wav", "pcm_s16le", 8_000)))

    assert said(take) == [
        "Low quality: the recording has 8,000 Hz, as on a telephone; 44,100 is usual."
    ]


def test_an_overdriven_recording_is_taken_with_a_note(tmp_path: Path) -> None:
    loud = np.clip(speechlike(SECONDS, 44_100, voice=2), -1, 1)

    assert said(read_take(write_sound(tmp_path / "a.wav", loud, WAV))) == [
        "The recording is distorted: speak farther from the microphone."
    ]


def test_progress_is_told_from_0_to_1(tmp_path: Path) -> None:
    told: list[float] = []
    read_take(written(tmp_path, WAV), progress=told.append)

    assert told == sorted(told)
    assert 0 < told[0] < 0.1
    assert told[-1] == pytest.approx(1, abs=0.02)


def refusal(path: Path) -> str:
    with pytest.raises(TakeRefused) as refused:
        read_take(path)
    return str(refused.value)


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    assert refusal(tmp_path / "no.wav") == f"There is no file {tmp_path / 'no.wav'}."


def test_an_empty_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.m4a").touch()

    assert refusal(tmp_path / "a.m4a") == "a.m4a is empty."


NO_RECORDING = "is no recording that can be played, whatever its name says"
BROKEN = {
    "a page with the name of a sound": b"<!DOCTYPE html><html><body>Not found</body></html>" * 20,
    "a play list": b"#EXTM3U\n#EXTINF:9,\n/etc/hostname\n",
    "random bytes": np.random.default_rng(1).bytes(100_000),
    "a big tag and nothing else": b"ID3\x03\x00\x00\x00\x0f\x00\x00" + bytes(300_000),
}


@pytest.mark.parametrize("content", BROKEN.values(), ids=BROKEN.keys())
@pytest.mark.parametrize("ending", ["mp3", "wav", "m4a"])
def test_what_is_no_sound_is_refused(tmp_path: Path, content: bytes, ending: str) -> None:
    (tmp_path / f"a.{ending}").write_bytes(content)

    assert NO_RECORDING in refusal(tmp_path / f"a.{ending}")


def test_the_head_of_a_file_alone_is_refused(tmp_path: Path) -> None:
    path = written(tmp_path, WAV)
    path.write_bytes(path.read_bytes()[:44])

    assert NO_RECORDING in refusal(path)


def test_an_mp4_without_its_index_is_refused_with_what_happened(tmp_path: Path) -> None:
    path = written(tmp_path, KINDS["m4a of AAC"])
    path.write_bytes(path.read_bytes().partition(b"moov")[0][:-4])

    assert "has no index, without which it cannot be played" in refusal(path)


def test_an_mp4_that_ends_within_its_index_is_refused_with_what_happened(tmp_path: Path) -> None:
    path = written(tmp_path, KINDS["m4a of AAC"])
    content = path.read_bytes()
    path.write_bytes(content[: content.index(b"moov") + 40])

    assert "has no index, without which it cannot be played" in refusal(path)


def test_what_stands_for_a_file_in_the_cloud_is_refused_with_what_it_is(tmp_path: Path) -> None:
    (tmp_path / "a.m4a").write_bytes(b"bplist00 NSURLNameKey")

    assert "is still in iCloud" in refusal(tmp_path / "a.m4a")


def test_a_protected_mp4_is_refused_as_that(tmp_path: Path) -> None:
    path = written(tmp_path, KINDS["m4a of AAC"])
    content = bytearray(path.read_bytes())
    place = content.index(b"mp4a")
    content[place : place + 4] = b"drms"
    place = content.index(b"esds")
    content[place : place + 4] = b"sinf"
    path.write_bytes(content)

    assert "is protected against copying" in refusal(path)


def test_a_protected_wma_is_refused_as_that(tmp_path: Path) -> None:
    path = written(tmp_path, KINDS["wma"])
    content = path.read_bytes()
    encrypted = bytes.fromhex("fbb3112223bdd211b4b700a0c955fc6e")
    path.write_bytes(content[:30] + encrypted + content[30:])

    assert "is protected against copying" in refusal(path)


def test_a_video_without_sound_is_refused(tmp_path: Path) -> None:
    path = write_silent_film(tmp_path / "a.mp4")

    assert refusal(path) == "a.mp4 has no sound in it, only a picture."


def room(seconds: float, level: float) -> Samples:
    return np.random.default_rng(2).normal(0, level, int(seconds * 44_100)).astype(np.float32)


def test_a_very_quiet_recording_is_made_louder_where_its_room_is_quieter_still(
    tmp_path: Path,
) -> None:
    kind = KINDS["wav of 24 bits"]
    quiet = np.asarray(0.01 * speechlike(SECONDS, kind.rate_hz, voice=0.04), np.float32)
    take = read_take(write_sound(tmp_path / "a.wav", quiet, kind))

    (note,) = said(take)
    assert note.startswith("The recording is very quiet, -6")
    assert loudness_lufs(take.samples, 24_000) > -40
    assert loudness_lufs(take.samples, 24_000) - take.lifted_db < -60


def test_a_very_quiet_recording_in_a_loud_room_is_refused_with_both_levels(tmp_path: Path) -> None:
    kind = KINDS["wav of 24 bits"]
    quiet = np.asarray(0.0005 * speechlike(SECONDS, kind.rate_hz), np.float32)
    path = write_sound(tmp_path / "a.wav", quiet + room(SECONDS, 0.00003), kind)

    assert re.match(
        r"a.wav is too quiet: the voice has -8\d dB, the noise -9\d dB, ", refusal(path)
    )


def test_a_recording_of_a_few_steps_of_16_bits_is_refused_as_too_quiet(tmp_path: Path) -> None:
    quiet = np.asarray(0.0002 * speechlike(SECONDS, 44_100), np.float32)

    assert "the noise -101 dB" in refusal(write_sound(tmp_path / "a.wav", quiet, WAV))


def test_a_microphone_that_leaves_a_current_in_the_sound_does_no_harm(tmp_path: Path) -> None:
    shifted = speechlike(SECONDS, 44_100) + np.float32(0.3)
    take = read_take(write_sound(tmp_path / "a.wav", shifted, WAV))

    assert abs(float(take.samples.mean())) < 0.001
    assert said(take) == []


def test_silence_is_refused(tmp_path: Path) -> None:
    noise = np.random.default_rng(2).normal(0, 2e-4, 3 * 44_100).astype(np.float32)

    assert refusal(write_sound(tmp_path / "a.wav", noise, WAV)) == (
        "a.wav is silent. Was the microphone on?"
    )


def test_noise_alone_is_refused(tmp_path: Path) -> None:
    noise = np.random.default_rng(2).normal(0, 0.05, 3 * 44_100).astype(np.float32)

    assert "no speech was found" in refusal(write_sound(tmp_path / "a.wav", noise, WAV))


def test_half_a_second_is_refused(tmp_path: Path) -> None:
    assert refusal(written(tmp_path, WAV, 0.5)) == "kk.take.wav lasts less than a second."


def test_thirty_one_minutes_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.wav"
    with wave.open(str(path), "wb") as file:
        file.setparams((1, 1, 4_000, 0, "NONE", ""))
        file.writeframes(bytes([128, 200] * 2_000) * 31 * 60)

    assert refusal(path) == "A recording may last 30 minutes, and a.wav lasts longer."


def test_a_file_of_250_mb_is_refused_unopened(tmp_path: Path) -> None:
    path = tmp_path / "a.wav"
    with path.open("wb") as file:
        file.truncate(250_000_000)

    assert refusal(path) == "a.wav has 250 MB; a recording may have 200 MB."


@pytest.mark.parametrize("name", ["wav of 16 bits", "mp3", "flac"])
def test_a_file_cut_at_half_is_refused_with_both_figures(tmp_path: Path, name: str) -> None:
    path = written(tmp_path, KINDS[name], 8)
    content = path.read_bytes()
    path.write_bytes(content[: len(content) // 2])

    assert "seems to break off at 4 of 8 s" in refusal(path)


def test_a_cut_file_is_taken_where_that_is_accepted(tmp_path: Path) -> None:
    path = written(tmp_path, WAV, 8)
    content = path.read_bytes()
    path.write_bytes(content[: len(content) // 2])

    assert read_take(path, accept_cut=True).seconds == pytest.approx(4, abs=0.01)


def test_a_header_that_promises_hours_is_not_believed(tmp_path: Path) -> None:
    path = written(tmp_path, WAV, SECONDS)
    content = bytearray(path.read_bytes())
    for place, more in ((4, 36), (content.index(b"data") + 4, 0)):
        content[place : place + 4] = (44_100 * 2 * 36_000 + more).to_bytes(4, "little")
    path.write_bytes(content)

    assert read_take(path).seconds == pytest.approx(SECONDS, abs=0.01)


def test_a_header_that_promises_too_little_does_no_harm(tmp_path: Path) -> None:
    path = written(tmp_path, KINDS["flac"])
    content = bytearray(path.read_bytes())
    content[21] &= 0xF0  # the count of samples in STREAMINFO: 36 bits from here
    content[22:26] = (44_100).to_bytes(4, "big")
    path.write_bytes(content)

    assert read_take(path).seconds == pytest.approx(SECONDS, abs=0.01)


def test_a_damaged_file_is_refused_with_what_is_lost(tmp_path: Path) -> None:
    path = written(tmp_path, KINDS["mp3"], 8)
    content = bytearray(path.read_bytes())
    for place in range(len(content) // 4, len(content) - 300, 1_500):
        content[place : place + 300] = np.random.default_rng(place).bytes(300)
    path.write_bytes(content)

    assert refusal(path).startswith("kk.take.mp3 is damaged: ")


def test_numbers_that_are_no_sound_become_silence(tmp_path: Path) -> None:
    kind = KINDS["wav of floats"]
    samples = speechlike(SECONDS, kind.rate_hz)
    samples[1_000:1_500] = np.nan
    samples[2_000:2_500] = np.inf

    take = read_take(write_sound(tmp_path / "a.wav", samples, kind))
    assert np.abs(take.samples).max() <= 4
