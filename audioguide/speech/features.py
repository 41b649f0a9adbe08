"""Acoustic features (MFCC), 50 times a second, so that two readers can be compared.

The description is the usual one of speech recognition: mel-frequency cepstral coefficients and
how they change (Davis and Mermelstein 1980), without mean and spread, which are the speaker's
and the room's.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from audioguide.speech.voice import Samples

HOP_MS = 20
FEATURES = 26
_WINDOW_MS = 25
_FFT_SIZE = 1024  # holds 25 ms up to 40 kHz
_BANDS = 32
_LOWEST_HZ, _HIGHEST_HZ = 100, 7_000
_COEFFICIENTS = 13
_AT_ONCE = 2048  # frames: a long take must not be in memory a second time
_QUIET = 0.1  # of all frames: they are taken for the room's noise
_LEAST_NOISE = 1e-4  # of the voice's energy, 40 dB under it

Bands = NDArray[np.float32]
"""Energy by frame and mel band."""
Features = NDArray[np.float32]
"""One row of numbers per frame."""


@dataclass(frozen=True)
class Described:
    """Frames as they sound, and how surely somebody speaks in each, from 0 to 1."""

    features: Features
    weights: NDArray[np.float32]

    def __len__(self) -> int:
        """Count the frames."""
        return len(self.features)

    def backwards(self) -> Described:
        """Turn the order of the frames round."""
        return Described(self.features[::-1], self.weights[::-1])

    def shrunk(self, factor: int) -> Described:
        """Average each ``factor`` frames into one."""
        count = len(self) // factor
        features = self.features[: count * factor].reshape(count, factor, -1)
        weights = self.weights[: count * factor].reshape(count, factor)
        return Described(features.mean(axis=1), weights.mean(axis=1))


def frames_in(count: int, sample_rate_hz: int) -> int:
    """Say how many frames ``count`` samples have."""
    return count // (sample_rate_hz * HOP_MS // 1000)


def band_energies(samples: Samples, sample_rate_hz: int, stretch: float = 1.0) -> Bands:
    """Give the energy in 32 mel bands of each frame; frame n begins at n times 20 ms.

    The bands are stretched for a shorter throat, whose sounds all lie higher (Lee and Rose 1996).
    """
    hop, width = sample_rate_hz * HOP_MS // 1000, sample_rate_hz * _WINDOW_MS // 1000
    count = frames_in(samples.size, sample_rate_hz)
    window = np.hanning(width).astype(np.float32)
    filters = _mel_filters(sample_rate_hz, stretch)
    bands = np.empty((count, _BANDS), np.float32)
    for first in range(0, count, _AT_ONCE):
        last = min(first + _AT_ONCE, count)
        piece = samples[first * hop : (last - 1) * hop + width]
        piece = np.pad(piece, (0, (last - first - 1) * hop + width - piece.size))
        framed = np.lib.stride_tricks.sliding_window_view(piece, width)[::hop]
        spectra = np.fft.rfft(framed * window, _FFT_SIZE)
        bands[first:last] = (spectra.real**2 + spectra.imag**2) @ filters
    return bands


def loudness_of_voice(bands: Bands) -> float:
    """Give the energy of a frame in which somebody speaks, summed over the bands."""
    energy = bands.sum(axis=1)
    return float(np.percentile(energy[energy > 0], 80)) if (energy > 0).any() else 1.0


def room_of(bands: Bands) -> NDArray[np.float32]:
    """Estimate the noise of a recording's room in each band from its quietest frames."""
    energy = bands.sum(axis=1)
    quiet = bands[energy <= np.quantile(energy, _QUIET)]
    room: NDArray[np.float32] = quiet.mean(axis=0)
    return room


def describe(bands: Bands, room: NDArray[np.float32] | float = 0.0) -> Described:
    """Describe frames, heard as in a room that has this noise."""
    least = _LEAST_NOISE * loudness_of_voice(bands) / _BANDS
    logarithms = np.log(bands + room + least)
    cepstra = logarithms @ _cosines()
    whole = np.concatenate([cepstra, _slope(cepstra)], axis=1)
    weights = _speaking(logarithms)
    mean = np.average(whole, axis=0, weights=weights)
    spread = np.sqrt(np.average((whole - mean) ** 2, axis=0, weights=weights)) + 1e-6
    return Described(((whole - mean) / spread).astype(np.float32), weights)


def _speaking(logarithms: NDArray[np.float32]) -> NDArray[np.float32]:
    """Weigh each frame between 0 and 1 by how surely somebody speaks in it."""
    level = logarithms.mean(axis=1)
    low, high = np.percentile(level, (5, 90))
    weights = np.clip((level - low) / max(high - low, 1e-6), 0.02, 1)
    return np.asarray(weights, np.float32)


def _slope(cepstra: NDArray[np.float32]) -> NDArray[np.float32]:
    """Fit a line through five frames, as is usual for delta coefficients."""
    around = np.pad(cepstra, ((2, 2), (0, 0)), mode="edge")
    slope = 2 * (around[4:] - around[:-4]) + around[3:-1] - around[1:-3]
    return np.asarray(slope / 10, np.float32)


@lru_cache(maxsize=1)
def _cosines() -> NDArray[np.float32]:
    """Build the discrete cosine transform (type II) from bands to coefficients."""
    band = np.arange(_BANDS) + 0.5
    order = np.arange(_COEFFICIENTS)
    cosines = np.cos(np.pi * band[:, np.newaxis] * order / _BANDS) * np.sqrt(2 / _BANDS)
    narrow: NDArray[np.float32] = cosines.astype(np.float32)
    return narrow


@lru_cache(maxsize=16)
def _mel_filters(sample_rate_hz: int, stretch: float) -> NDArray[np.float32]:
    """Build triangles on the mel scale, from the lines of the spectrum to the bands."""
    edges = _hertz(np.linspace(_mel(_LOWEST_HZ), _mel(_HIGHEST_HZ), _BANDS + 2)) * stretch
    lines = np.fft.rfftfreq(_FFT_SIZE, 1 / sample_rate_hz)[:, np.newaxis]
    rising = (lines - edges[:-2]) / (edges[1:-1] - edges[:-2])
    falling = (edges[2:] - lines) / (edges[2:] - edges[1:-1])
    filters = np.maximum(np.minimum(rising, falling), 0)
    narrow: NDArray[np.float32] = (filters / sample_rate_hz**2).astype(np.float32)
    return narrow


def _mel(hertz: float) -> float:
    return float(2595 * np.log10(1 + hertz / 700))


def _hertz(mel: NDArray[np.float64]) -> NDArray[np.float64]:
    return 700 * (10 ** (mel / 2595) - 1)
