from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from audioguide.speech.resampling import resample, shift


def sine(frequency_hz: float, sample_rate_hz: int, count: int) -> NDArray[np.float32]:
    wave = np.sin(2 * np.pi * frequency_hz * np.arange(count) / sample_rate_hz)
    return wave.astype(np.float32)


def error_db(heard: NDArray[np.float32], wanted: NDArray[np.float32]) -> float:
    middle = slice(2_000, -2_000)  # the ends ring, as any cut sine does
    return float(20 * np.log10(np.abs(heard[middle] - wanted[middle]).max()))


@pytest.mark.parametrize("from_hz", [16_000, 22_050, 44_100, 48_000])
@pytest.mark.parametrize("frequency_hz", [100, 1_000, 6_500])
def test_a_sine_comes_out_as_the_same_sine_neither_late_nor_weaker(
    from_hz: int, frequency_hz: int
) -> None:
    heard = resample(sine(frequency_hz, from_hz, from_hz), from_hz, 24_000)

    assert heard.size == 24_000
    assert error_db(heard, sine(frequency_hz, 24_000, heard.size)) < -70


def test_speech_at_22050_hz_is_whole_up_to_9500_hz() -> None:
    heard = resample(sine(9_500, 22_050, 22_050), 22_050, 24_000)

    assert error_db(heard, sine(9_500, 24_000, heard.size)) < -60


def test_what_the_lower_rate_cannot_hold_is_not_folded_back() -> None:
    heard = resample(sine(13_500, 48_000, 48_000), 48_000, 24_000)

    assert error_db(heard, np.zeros_like(heard)) < -70


def test_the_same_rate_changes_nothing() -> None:
    samples = sine(440, 24_000, 1_000)

    assert resample(samples, 24_000, 24_000) is samples


def test_nothing_stays_nothing() -> None:
    assert resample(np.zeros(0, np.float32), 22_050, 24_000).size == 0


def test_shifted_values_lie_on_the_same_sine() -> None:
    wave = sine(1_000, 24_000, 24_000)
    between = np.sin(2 * np.pi * 1_000 * (np.arange(24_000) + 0.25) / 24_000)

    assert error_db(shift(wave, 0.25), between.astype(np.float32)) < -70
