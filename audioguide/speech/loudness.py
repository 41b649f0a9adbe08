"""Measure how loud a sound is and how high it peaks, by ITU-R BS.1770-4; it changes nothing."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

from audioguide.speech.resampling import shift
from audioguide.speech.voice import Samples

Energies = NDArray[np.float64]

# BS.1770-4, Annex 1, Tables 1 and 2: the two stages of K-weighting, for 48 kHz.
_TABLES_RATE_HZ = 48_000
_SHELF = (
    (1.53512485958697, -2.69169618940638, 1.19839281085285),
    (1.0, -1.69065929318241, 0.73248077421585),
)
_HIGH_PASS = ((1.0, -2.0, 1.0), (1.0, -1.99004745483398, 0.99007225036621))

_OFFSET_DB = -0.691  # Annex 1, equation (2)
_ABSOLUTE_GATE_LUFS = -70.0  # Annex 1, equations (4) to (6)
_RELATIVE_GATE_LU = -10.0
_STEPS_PER_SECOND = 10
_STEPS_PER_BLOCK = 4  # blocks of 400 ms that overlap by 75 %
_OVERSAMPLING = 8  # Annex 2 wants 192 kHz; 24 kHz is half of what its factor of 4 starts from

# Samples can miss the top of a tone by 3 dB at a quarter of their rate, of a lower one by less, and
# in a voice there is next to nothing higher: elsewhere than this near the highest is no peak.
_NEAR_THE_PEAK = 0.7
_PART = 512
_AROUND = 64

_FFT_SIZE = 16_384
_SETTLING = 4_096  # the high-pass at 38 Hz has died away after 0.1 s


def loudness_lufs(samples: Samples, sample_rate_hz: int) -> float:
    """Measure the integrated loudness of a mono sound; silence and less than 0.4 s give -inf.

    ITU-R BS.1770-4, Annex 1; the rate must divide by ten and be at most 48 kHz.
    """
    return gated_lufs(energies(samples, sample_rate_hz, per_second=_STEPS_PER_SECOND))


def energies(samples: Samples, sample_rate_hz: int, *, per_second: int) -> Energies:
    """Return the K-weighted mean square of each whole part of so many a second."""
    step = sample_rate_hz // per_second
    steps = samples.size // step
    if not steps:
        return np.zeros(0)
    weighted = _k_weighted(samples, sample_rate_hz)[: steps * step].reshape(steps, step)
    squares: Energies = np.einsum("ij,ij->i", weighted, weighted).astype(np.float64)
    return squares / step


def gated_lufs(tenths: Energies) -> float:
    """Reckon the integrated loudness from the energies of each tenth of a second."""
    if tenths.size < _STEPS_PER_BLOCK:
        return -np.inf
    blocks = sliding_window_view(tenths, _STEPS_PER_BLOCK).mean(axis=-1)
    blocks = blocks[blocks > _energy(_ABSOLUTE_GATE_LUFS)]
    if blocks.size == 0:
        return -np.inf
    gate = blocks.mean() * 10 ** (_RELATIVE_GATE_LU / 10)
    return float(_OFFSET_DB + 10 * np.log10(blocks[blocks > gate].mean()))


def peak_envelope(samples: Samples) -> Samples:
    """Return for each sample the highest absolute value from it until the next one.

    ITU-R BS.1770-4, Annex 2, with eight values reckoned per sample.
    """
    envelope: Samples = np.abs(samples)
    for phase in range(1, _OVERSAMPLING):
        np.maximum(envelope, np.abs(shift(samples, phase / _OVERSAMPLING)), out=envelope)
    return envelope


def true_peak_dbtp(samples: Samples) -> float:
    """Measure the true peak, in decibels below full scale; silence gives -inf."""
    parts = _loudest_parts(samples)
    envelope = peak_envelope(parts.reshape(-1)).reshape(parts.shape)
    highest = float(envelope[:, _AROUND:-_AROUND].max(initial=0.0))
    return 20 * float(np.log10(highest)) if highest > 0 else -np.inf


def _loudest_parts(samples: Samples) -> Samples:
    """Return the parts in which the peak can lie, one a row, with what surrounds them."""
    padded = np.pad(samples, (_AROUND, -samples.size % _PART + _AROUND))
    parts = sliding_window_view(padded, _PART + 2 * _AROUND)[::_PART]
    peaks = np.maximum(parts.max(axis=1), -parts.min(axis=1))
    loudest: Samples = parts[peaks >= _NEAR_THE_PEAK * peaks.max(initial=0.0)]
    return loudest


def _energy(lufs: float) -> float:
    return float(10 ** ((lufs - _OFFSET_DB) / 10))


def _k_weighted(samples: Samples, sample_rate_hz: int) -> Samples:
    """Filter by overlap-save: each window's first ``_SETTLING`` samples only warm the filter up."""
    fresh = _FFT_SIZE - _SETTLING
    padded = np.pad(samples, (_SETTLING, -samples.size % fresh))
    windows = sliding_window_view(padded, _FFT_SIZE)[::fresh]
    spectra = np.fft.rfft(windows) * _k_response(sample_rate_hz)
    weighted = np.fft.irfft(spectra, _FFT_SIZE)[:, _SETTLING:].reshape(-1)
    return weighted.astype(np.float32, copy=False)


@lru_cache(maxsize=4)
def _k_response(sample_rate_hz: int) -> NDArray[np.complex64]:
    # The standard asks other rates for the same frequency response: read at the same frequencies
    # in hertz, its own table gives just that and needs no second set of coefficients.
    frequencies = np.fft.rfftfreq(_FFT_SIZE, 1 / sample_rate_hz)
    delay = np.exp(-2j * np.pi * frequencies / _TABLES_RATE_HZ)
    response: NDArray[np.complex128] = np.ones_like(delay)
    for above, below in (_SHELF, _HIGH_PASS):
        response *= np.polyval(above[::-1], delay) / np.polyval(below[::-1], delay)
    narrow: NDArray[np.complex64] = response.astype(np.complex64)
    return narrow
