from __future__ import annotations

import numpy as np
import pytest

from audioguide.languages import Language
from audioguide.speech.decoding import decode, measure
from audioguide.speech.loudness import loudness_lufs, true_peak_dbtp
from audioguide.speech.mp3 import encode_mp3
from audioguide.speech.opus import encode_webm
from audioguide.speech.tags import Tags
from audioguide.speech.voice import Samples

RATE = 24_000
TAGS = Tags("Ұзақ", "Мұражай", "Мұражай", Language("kk"))


@pytest.fixture(scope="module")
def long() -> Samples:
    """A sound that the coder gets in several pieces, at no whole number of frames."""
    count = 2 * 576 * 1024 + 5_001
    rising = np.linspace(0.05, 0.4, count)
    return (rising * np.sin(2 * np.pi * 440 * np.arange(count) / RATE)).astype(np.float32)


def test_a_long_sound_comes_back_whole_and_where_it_was(long: Samples) -> None:
    heard, _ = decode(encode_mp3(long, RATE, TAGS))

    assert heard.size == long.size
    assert np.abs(heard - long)[1_000:-1_000].max() < 0.02


def test_a_long_sound_of_the_second_format_comes_back_as_long(long: Samples) -> None:
    heard, sample_rate_hz = decode(encode_webm(long, RATE, TAGS))

    assert sample_rate_hz == 2 * RATE
    assert heard.size == 2 * long.size
    assert np.abs(heard[::2] - long)[1_000:-1_000].max() < 0.05


def test_a_coded_sound_is_measured_in_pieces_as_it_is_decoded(long: Samples) -> None:
    sound = encode_mp3(long, RATE, TAGS)
    heard, _ = decode(sound)
    measured = measure(sound)

    assert measured.duration_ms == round(1000 * long.size / RATE)
    assert measured.loudness_lufs == pytest.approx(loudness_lufs(heard, RATE), abs=1e-3)
    assert measured.true_peak_dbtp == pytest.approx(true_peak_dbtp(heard), abs=1e-3)
