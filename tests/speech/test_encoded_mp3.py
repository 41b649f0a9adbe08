from __future__ import annotations

import struct
from io import BytesIO

import av
import numpy as np
import pytest
from numpy.typing import NDArray

from audioguide.languages import Language
from audioguide.speech.decoding import decode
from audioguide.speech.loudness import loudness_lufs
from audioguide.speech.mp3 import encode_mp3
from audioguide.speech.tags import Tags

RATE = 24_000
TAGS = Tags("Әңғүұқөһі — Қаңтар", "Мұражай", "Қуғын-сүргін құрбандары", Language("kk"))


def tone(count: int) -> NDArray[np.float32]:
    return (np.sin(2 * np.pi * 440 * np.arange(count) / RATE) * 0.3).astype(np.float32)


@pytest.mark.parametrize(
    "count", [575, 576, 577, 2_400, 24_000, 24_191, 24_192, 24_193, 24_575, 24_576, 100_000]
)
def test_exactly_the_samples_that_went_in_come_out(count: int) -> None:
    heard, sample_rate_hz = decode(encode_mp3(tone(count), RATE, TAGS))

    assert sample_rate_hz == RATE
    assert heard.size == count
    assert np.abs(heard - tone(count))[1_000:-1_000].max(initial=0.0) < 0.01


def test_coding_leaves_the_loudness_as_it_was() -> None:
    wave = tone(5 * RATE)

    heard, _ = decode(encode_mp3(wave, RATE, TAGS))

    assert loudness_lufs(heard, RATE) == pytest.approx(loudness_lufs(wave, RATE), abs=0.05)


def test_the_bit_rate_is_constant() -> None:
    noise = np.random.default_rng(1).normal(0, 0.1, 3 * RATE).astype(np.float32)
    mixed = np.concatenate([noise, np.zeros(3 * RATE, np.float32)])

    with av.open(BytesIO(encode_mp3(mixed, RATE, TAGS)), "r") as container:
        sizes = {packet.size for packet in container.demux(audio=0) if packet.size}

    assert sizes == {168}  # 24 ms at 56 kbit/s


def test_the_delay_of_the_coder_is_written_into_the_first_frame() -> None:
    sound = encode_mp3(tone(RATE), RATE, TAGS)

    # Info frame with LAME's extension: 24 bits of delay and padding, 21 bytes after "LAME".
    at = sound.index(b"Info")
    frames, size_bytes = struct.unpack(">II", sound[at + 8 : at + 16])
    extension = at + 120
    delay, padding = divmod(int.from_bytes(sound[extension + 21 : extension + 24], "big"), 4096)

    assert sound[at - 13 : at - 9] == bytes([0xFF, 0xF3, 0x84, 0xC4])  # the first frame of all
    assert size_bytes == len(sound) - (at - 13) == 192 + 168 * frames
    assert sound[extension : extension + 4] == b"LAME"
    assert delay == 576
    assert 576 * frames == delay + RATE + padding


def test_another_rate_than_that_of_the_info_frame_is_refused() -> None:
    with pytest.raises(ValueError, match="24000 Hz"):
        encode_mp3(tone(RATE), 22_050, TAGS)


@pytest.mark.parametrize(
    ("language", "written"),
    [(Language("kk"), "kaz"), (Language("ru"), "rus"), (Language("en"), "eng")],
)
def test_the_language_is_written_as_id3_wants_it(language: Language, written: str) -> None:
    tags = Tags("t", "a", "b", language)

    with av.open(BytesIO(encode_mp3(tone(RATE), RATE, tags)), "r") as container:
        assert container.metadata["language"] == written


def test_kazakh_letters_survive_in_the_tags() -> None:
    with av.open(BytesIO(encode_mp3(tone(RATE), RATE, TAGS)), "r") as container:
        assert container.metadata["title"] == TAGS.title
        assert container.metadata["album"] == TAGS.album
        assert container.metadata["artist"] == TAGS.artist


def test_the_same_sound_gives_the_same_bytes() -> None:
    assert encode_mp3(tone(RATE), RATE, TAGS) == encode_mp3(tone(RATE), RATE, TAGS)
