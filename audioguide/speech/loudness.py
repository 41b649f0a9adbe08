"""Measure how loud a sound is and how high it peaks, by ITU-R BS.1770-4."""

from __future__ import annotations

from functools import lru_cache
from math import ceil

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

from audioguide.speech.pieces import Sliceable, pieces
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
STEPS_PER_SECOND = 10
_STEPS_PER_BLOCK = 4  # blocks of 400 ms that overlap by 75 %
_PER_SAMPLE = 8  # Annex 2 wants 192 kHz: eight values a sample at 24 kHz
_PEAK_RATE_HZ = 192_000

# Samples can miss the top of a tone by 3 dB at a quarter of their rate, of a lower one by less, and
# in a voice there is next to nothing higher: elsewhere than this near the highest is no peak.
_NEAR_THE_PEAK = 0.7
_PART = 512
_AROUND = 64

_FFT_SIZE = 16_384
_SETTLING = 4_096  # the high-pass at 38 Hz has died away after 0.1 s
_FRESH = _FFT_SIZE - _SETTLING
_PIECE = 8 * _FRESH


def loudness_lufs(samples: Sliceable, sample_rate_hz: int) -> float:
    """Measure the integrated loudness of a mono sound; silence and less than 0.4 s give -inf.

    ITU-R BS.1770-4, Annex 1; the rate must divide by ten and be at most 48 kHz.
    """
    return gated_lufs(energies(samples, sample_rate_hz, per_second=STEPS_PER_SECOND))


def energies(samples: Sliceable, sample_rate_hz: int, *, per_second: int) -> Energies:
    """Return the K-weighted mean square of each whole part of so many a second."""
    meter = EnergyMeter(sample_rate_hz, per_second=per_second)
    for _, piece in pieces(samples, _PIECE):
        meter.add(piece)
    return meter.energies()


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


def peak_envelope(samples: Samples, per_sample: int = _PER_SAMPLE) -> Samples:
    """Return for each sample the highest absolute value from it until the next one.

    ITU-R BS.1770-4, Annex 2, with so many values reckoned per sample.
    """
    envelope: Samples = np.abs(samples)
    for phase in range(1, per_sample):
        np.maximum(envelope, np.abs(shift(samples, phase / per_sample)), out=envelope)
    return envelope


def true_peak_dbtp(samples: Sliceable) -> float:
    """Measure the true peak, in decibels below full scale; silence gives -inf."""
    meter = PeakMeter()
    for _, piece in pieces(samples, _PIECE):
        meter.add(piece)
    return meter.dbtp()


class EnergyMeter:
    """Weighs a mono sound that comes in pieces: half an hour need not be in memory."""

    def __init__(self, sample_rate_hz: int, *, per_second: int) -> None:
        self._rate_hz = sample_rate_hz
        self._step = sample_rate_hz // per_second
        self._before = np.zeros(_SETTLING, np.float32)
        self._waiting = np.zeros(0, np.float32)
        self._weighted = np.zeros(0, np.float32)
        self._energies = [np.zeros(0)]

    def add(self, samples: Samples) -> None:
        """Take what follows."""
        waiting = np.concatenate([self._waiting, samples])
        whole = waiting.size // _FRESH * _FRESH
        if whole:
            self._weigh(waiting[:whole], whole)
        self._waiting = waiting[whole:]

    def energies(self) -> Energies:
        """Give the mean square of each whole part; nothing may be added afterwards."""
        count = self._waiting.size
        if count:
            self._weigh(np.pad(self._waiting, (0, -count % _FRESH)), count)
        return np.concatenate(self._energies)

    def _weigh(self, samples: Samples, count: int) -> None:
        """Filter by overlap-save: each window's first ``_SETTLING`` samples only warm it up."""
        around = np.concatenate([self._before, samples])
        windows = sliding_window_view(around, _FFT_SIZE)[::_FRESH]
        spectra = np.fft.rfft(windows) * _k_response(self._rate_hz)
        fresh = np.fft.irfft(spectra, _FFT_SIZE)[:, _SETTLING:].reshape(-1)[:count]
        weighted = np.concatenate([self._weighted, fresh.astype(np.float32, copy=False)])
        steps = weighted.size // self._step
        framed = weighted[: steps * self._step].reshape(steps, self._step)
        squares: Energies = np.einsum("ij,ij->i", framed, framed).astype(np.float64)
        self._energies.append(squares / self._step)
        self._weighted, self._before = weighted[steps * self._step :], around[-_SETTLING:]


class PeakMeter:
    """Finds the true peak of a mono sound that comes in pieces; without a rate, as at 24 kHz."""

    def __init__(self, sample_rate_hz: int = _PEAK_RATE_HZ // _PER_SAMPLE) -> None:
        self._per_sample = min(max(ceil(_PEAK_RATE_HZ / sample_rate_hz), 4), _PER_SAMPLE)
        self._waiting = np.zeros(_AROUND, np.float32)  # first what surrounds, then what is new
        self._highest_sample = 0.0
        self._highest = 0.0

    def add(self, samples: Samples) -> None:
        """Take what follows."""
        waiting = np.concatenate([self._waiting, samples])
        whole = (waiting.size - 2 * _AROUND) // _PART * _PART
        if whole > 0:
            self._note(waiting[: whole + 2 * _AROUND])
            waiting = waiting[whole:]
        self._waiting = waiting

    def dbtp(self) -> float:
        """Say how high it peaks; nothing may be added afterwards."""
        missing = -(self._waiting.size - _AROUND) % _PART
        if self._waiting.size > _AROUND:
            self._note(np.pad(self._waiting, (0, missing + _AROUND)))
        return 20 * float(np.log10(self._highest)) if self._highest > 0 else -np.inf

    def _note(self, around: Samples) -> None:
        """Look between the samples of those parts in which the peak can lie."""
        parts = sliding_window_view(around, _PART + 2 * _AROUND)[::_PART]
        peaks = np.maximum(parts.max(axis=1), -parts.min(axis=1))
        self._highest_sample = max(self._highest_sample, float(peaks.max()))
        loudest = parts[peaks >= _NEAR_THE_PEAK * self._highest_sample]
        if loudest.size:
            envelope = peak_envelope(loudest.reshape(-1), self._per_sample)
            envelope = envelope.reshape(loudest.shape)
            self._highest = max(self._highest, float(envelope[:, _AROUND:-_AROUND].max()))


def _energy(lufs: float) -> float:
    return float(10 ** ((lufs - _OFFSET_DB) / 10))


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
