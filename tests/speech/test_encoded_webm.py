from __future__ import annotations

from io import BytesIO

import av
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from audioguide.languages import Language
from audioguide.speech.decoding import decode
from audioguide.speech.loudness import loudness_lufs
from audioguide.speech.opus import encode_webm
from audioguide.speech.tags import Tags

RATE = 24_000
TAGS = Tags("Әңғүұқөһі — Қаңтар", "Мұражай", "Қуғын-сүргін құрбандары", Language("kk"))
CUES, CLUSTER = b"\x1c\x53\xbb\x6b", b"\x1f\x43\xb6\x75"  # RFC 9559, 5.1: identifiers in WebM


def tone(count: int) -> NDArray[np.float32]:
    return (np.sin(2 * np.pi * 440 * np.arange(count) / RATE) * 0.3).astype(np.float32)


@settings(deadline=None, max_examples=25)
@given(st.integers(2_400, 30_000))
def test_a_sound_comes_out_as_long_as_it_went_in(count: int) -> None:
    heard, sample_rate_hz = decode(encode_webm(tone(count), RATE, TAGS))

    assert sample_rate_hz == 2 * RATE
    assert heard.size == 2 * count


def test_a_sound_comes_out_neither_earlier_nor_later() -> None:
    wave = np.zeros(3 * RATE, np.float32)
    wave[RATE : RATE + 480] = np.hanning(480) * 0.8

    heard, _ = decode(encode_webm(wave, RATE, TAGS))

    assert np.argmax(heard) / 2 - np.argmax(wave) == pytest.approx(0, abs=12)  # half a millisecond


def test_coding_leaves_the_loudness_as_it_was() -> None:
    wave = tone(5 * RATE)

    heard, sample_rate_hz = decode(encode_webm(wave, RATE, TAGS))

    assert loudness_lufs(heard, sample_rate_hz) == pytest.approx(loudness_lufs(wave, RATE), abs=0.1)


def test_the_tags_are_read_back_by_another_reader() -> None:
    with av.open(BytesIO(encode_webm(tone(RATE), RATE, TAGS)), "r") as container:
        read = {name.lower(): value for name, value in container.metadata.items()}
        assert (read["title"], read["album"], read["artist"]) == (
            TAGS.title,
            TAGS.album,
            TAGS.artist,
        )
        assert container.streams.audio[0].language == "kaz"


def test_the_length_stands_in_the_header() -> None:
    with av.open(BytesIO(encode_webm(tone(100 * RATE), RATE, TAGS)), "r") as container:
        assert container.duration is not None
        assert container.duration / 1000 == pytest.approx(100_000, abs=30)


@pytest.mark.parametrize("seconds", [1, 100, 600])
def test_the_index_stands_before_the_sound(seconds: int) -> None:
    sound = encode_webm(np.zeros(seconds * RATE, np.float32), RATE, TAGS)

    index = sound.index(CUES, sound.index(CUES) + 1)  # the first is an entry of the table
    assert index < sound.index(CLUSTER)


def test_a_player_that_jumps_lands_where_it_wanted() -> None:
    sound = encode_webm(tone(100 * RATE), RATE, TAGS)
    with av.open(BytesIO(sound), "r") as container:
        container.seek(50_000_000)
        frame = next(container.decode(audio=0))

    assert frame.time is not None
    assert 44 < frame.time <= 50


def test_the_same_sound_gives_the_same_bytes() -> None:
    assert encode_webm(tone(RATE), RATE, TAGS) == encode_webm(tone(RATE), RATE, TAGS)
