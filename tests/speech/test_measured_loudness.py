from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from audioguide.speech.loudness import (
    EnergyMeter,
    PeakMeter,
    gated_lufs,
    loudness_lufs,
    peak_envelope,
    true_peak_dbtp,
)


def tone(level_dbfs: float, seconds: float, sample_rate_hz: int = 48_000) -> NDArray[np.float32]:
    times = np.arange(round(seconds * sample_rate_hz)) / sample_rate_hz
    wave = 10 ** (level_dbfs / 20) * np.sin(2 * np.pi * 997 * times)
    return wave.astype(np.float32)


@pytest.mark.parametrize("sample_rate_hz", [24_000, 48_000])
def test_a_full_sine_of_997_hz_measures_what_the_standard_says(sample_rate_hz: int) -> None:
    # ITU-R BS.1770-4, Annex 1: 0 dBFS on one channel is -3.01 LKFS.
    assert loudness_lufs(tone(0, 5, sample_rate_hz), sample_rate_hz) == pytest.approx(
        -3.01, abs=0.01
    )


def test_quiet_passages_fall_under_the_relative_gate() -> None:
    # After EBU Tech 3341, case 3, on one channel in place of two.
    steps = [tone(-36, 10), tone(-23, 60), tone(-36, 10)]

    assert loudness_lufs(np.concatenate(steps), 48_000) == pytest.approx(-26.01, abs=0.1)


def test_near_silence_falls_under_the_absolute_gate() -> None:
    # Were the long hum counted, the relative gate would sink and let the passage at -34 in.
    steps = [tone(level, time, 24_000) for level, time in [(-80, 200), (-34, 10), (-20, 10)]]

    assert loudness_lufs(np.concatenate(steps), 24_000) == pytest.approx(-23.01, abs=0.1)


@pytest.mark.parametrize("count", [0, 9_599, 240_000])
def test_silence_and_what_is_too_short_have_no_loudness(count: int) -> None:
    assert loudness_lufs(np.zeros(count, np.float32), 24_000) == -np.inf


def test_a_peak_between_the_samples_is_found() -> None:
    # A sine at a quarter of the rate, sampled 45 degrees off its tops: 3 dB lie between samples.
    wave = np.sin(np.pi / 2 * np.arange(24_000) + np.pi / 4) * np.hanning(24_000)

    assert 20 * np.log10(np.abs(wave).max()) == pytest.approx(-3.01, abs=0.01)
    assert true_peak_dbtp(wave.astype(np.float32)) == pytest.approx(0, abs=0.05)


def test_silence_has_no_peak() -> None:
    assert true_peak_dbtp(np.zeros(1_000, np.float32)) == -np.inf


@pytest.mark.parametrize("piece", [1_000, 12_288, 50_000])
def test_a_sound_measured_in_pieces_is_as_loud_and_high_as_whole(piece: int) -> None:
    random = np.random.default_rng(4)
    sound = (random.normal(0, 0.1, 240_123) * np.linspace(0.1, 1, 240_123)).astype(np.float32)
    energy, peak = EnergyMeter(24_000, per_second=10), PeakMeter()
    for start in range(0, sound.size, piece):
        energy.add(sound[start : start + piece])
        peak.add(sound[start : start + piece])

    assert gated_lufs(energy.energies()) == pytest.approx(loudness_lufs(sound, 24_000), abs=1e-3)
    whole = 20 * np.log10(peak_envelope(sound).max())
    assert peak.dbtp() == pytest.approx(whole, abs=1e-3)


def test_pieces_smaller_than_a_window_are_measured_too() -> None:
    sound = np.random.default_rng(5).normal(0, 0.1, 300).astype(np.float32)
    peak = PeakMeter()
    for start in range(0, 300, 50):
        peak.add(sound[start : start + 50])

    assert peak.dbtp() == pytest.approx(true_peak_dbtp(sound), abs=1e-3)
