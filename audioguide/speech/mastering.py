"""Mastering: turn spoken sentences into one sound at one loudness."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from threading import Lock

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

from audioguide.errors import VoiceFailed
from audioguide.speech.loudness import energies, gated_lufs, peak_envelope
from audioguide.speech.pieces import pieces
from audioguide.speech.resampling import resample
from audioguide.speech.voice import Samples

SAMPLE_RATE_HZ = 24_000
_SAMPLES_PER_MS = SAMPLE_RATE_HZ // 1000
_AT_ONCE = 4 * SAMPLE_RATE_HZ
_MARGIN = 128  # samples beside a piece, for the values between those at its edges
TARGET_LUFS = -16.0

LEAD_IN_MS = 200
SENTENCE_PAUSE_MS = 350
PARAGRAPH_PAUSE_MS = 700
TAIL_MS = 400

_SILENCE = 1e-4  # -80 dBFS: below it there is no speech, only rounding
_EDGE = 10 ** (-45 / 20)  # of the sentence's own peak; breath and coding noise lie lower
_KEPT_BEFORE_MS = 4
_KEPT_AFTER_MS = 20  # a final consonant dies away under the edge
_ROUNDS = 10
_CLOSE_ENOUGH_LU = 0.05
# Two periods of a low voice: a quicker limiter would follow the waveform and sound rough.
_LIMITER_REACH_MS = 10
_LIMITER_SHAPE = np.hanning(2 * _LIMITER_REACH_MS + 3)[1:-1].astype(np.float32)
_LEAST_YIELD = 0.15  # of a step: less than that means that there are only peaks left

_Gains = NDArray[np.float32]  # one a millisecond: 7 MB for half an hour


@dataclass(frozen=True)
class Span:
    """From when to when a sentence is heard, in milliseconds of the joined sound."""

    start_ms: int
    end_ms: int


def is_silent(samples: Samples) -> bool:
    """Say whether nothing can be heard in ``samples``."""
    return bool(np.abs(samples).max(initial=0.0) < _SILENCE)


def trim(samples: Samples, sample_rate_hz: int) -> Samples:
    """Cut the silence off both ends and fade the cuts; a silent sound becomes empty."""
    if is_silent(samples):
        return samples[:0]
    loud = np.flatnonzero(np.abs(samples) >= np.abs(samples).max() * _EDGE)
    before = sample_rate_hz * _KEPT_BEFORE_MS // 1000
    after = sample_rate_hz * _KEPT_AFTER_MS // 1000
    start, end = max(int(loud[0]) - before, 0), min(int(loud[-1]) + 1 + after, samples.size)
    kept = samples[start:end].copy()
    lead, tail = int(loud[0]) - start, end - int(loud[-1]) - 1
    kept[:lead] *= np.linspace(0, 1, lead, endpoint=False, dtype=np.float32)
    kept[kept.size - tail :] *= np.linspace(1, 0, tail + 1, dtype=np.float32)[1:]
    return kept


def join(
    paragraphs: Sequence[Sequence[Samples]],
    sample_rate_hz: int,
    sentence_pause_ms: int = SENTENCE_PAUSE_MS,
) -> tuple[Samples, tuple[Span, ...]]:
    """Join trimmed sentences with pauses at 24 kHz; return the sound and each sentence's span.

    The sound has a whole number of milliseconds.
    """
    pieces: list[Samples] = []
    starts_and_ends: list[tuple[int, int]] = []
    position = 0
    pause_ms = LEAD_IN_MS
    for paragraph in paragraphs:
        for sentence in paragraph:
            silence = np.zeros(sample_rate_hz * pause_ms // 1000, np.float32)
            start = position + silence.size
            position = start + sentence.size
            pieces += [silence, sentence]
            starts_and_ends.append((start, position))
            pause_ms = sentence_pause_ms
        pause_ms = PARAGRAPH_PAUSE_MS
    joined = resample(np.concatenate(pieces), sample_rate_hz, SAMPLE_RATE_HZ)
    spans = tuple(
        Span(round(1000 * start / sample_rate_hz), round(1000 * end / sample_rate_hz))
        for start, end in starts_and_ends
    )
    tail = SAMPLE_RATE_HZ * TAIL_MS // 1000
    tail += -joined.size % _SAMPLES_PER_MS
    return np.pad(joined, (0, tail)), spans


class Leveled:
    """A sound under gains that are only reckoned where it is read, a second copy saved."""

    def __init__(self, samples: Samples, gains: _Gains) -> None:
        self._samples, self._gains = samples, gains

    @property
    def size(self) -> int:
        """Count the samples."""
        return self._samples.size

    def __getitem__(self, wanted: slice) -> Samples:
        """Give the samples of a slice, whose step must be 1."""
        start, stop, _ = wanted.indices(self.size)
        first = start // _SAMPLES_PER_MS
        gains = self._gains[first : -(-stop // _SAMPLES_PER_MS) + 1]
        leveled = _multiply(self._samples[first * _SAMPLES_PER_MS : stop], gains)
        return leveled[start - first * _SAMPLES_PER_MS :]


class Leveler:
    """A 24 kHz sound measured once, to be brought to -16 LUFS under one ceiling or another.

    Raise ``VoiceFailed`` where there is no loudness to start from.
    """

    def __init__(self, samples: Samples) -> None:
        self._samples = samples
        self._energies = energies(samples, SAMPLE_RATE_HZ, per_second=1000).astype(np.float32)
        unchanged = np.ones(self._energies.size + 1, np.float32)
        self._missing_lu = TARGET_LUFS - self._loudness_lufs(unchanged)
        if not np.isfinite(self._missing_lu):
            raise VoiceFailed("The sound is too quiet or too short to have a loudness.")
        self._peaks = _peak_per_ms(samples)
        self._alone = Lock()

    def level(self, ceiling_dbtp: float) -> Leveled:
        """Return the sound at -16 LUFS with no true peak above the ceiling.

        A sound of less than a second or two may stay quieter, where more gain would only flatten
        it. Several threads may ask: it takes little time, and for a long sound much memory.
        """
        with self._alone:
            return Leveled(self._samples, self._gains(10 ** (ceiling_dbtp / 20)))

    def _gains(self, ceiling: float) -> _Gains:
        missing_lu = step_db = self._missing_lu
        gain_db = 0.0
        for _ in range(_ROUNDS):
            gain_db += step_db
            gain = 10 ** (gain_db / 20)
            gains = _limiter(self._peaks, ceiling / gain)
            gains *= np.float32(gain)
            before_lu, missing_lu = missing_lu, TARGET_LUFS - self._loudness_lufs(gains)
            yielded = (before_lu - missing_lu) / step_db if step_db else 1.0
            if abs(missing_lu) <= _CLOSE_ENOUGH_LU or yielded < _LEAST_YIELD:
                break
            # Limiting swallows part of each step; the next one is longer by as much (secant).
            step_db = missing_lu / yielded
        return gains

    def _loudness_lufs(self, gains: _Gains) -> float:
        """Reckon how loud the sound is with these gains, without weighting it anew.

        They change so slowly that the filter does not notice: within 0.02 LU of the whole way.
        """
        within = gains[:-1] + gains[1:]
        within /= 2
        leveled = within[: self._energies.size]
        leveled *= leveled
        leveled *= self._energies
        hundreds = leveled[: leveled.size // 100 * 100].reshape(-1, 100)
        tenths = hundreds.mean(axis=1, dtype=np.float64)
        return gated_lufs(tenths)


def _peak_per_ms(samples: Samples) -> _Gains:
    """Return the highest value of each millisecond."""
    found = [np.zeros(0, np.float32)]
    for start, _ in pieces(samples, _AT_ONCE):
        margin = min(start, _MARGIN)
        around = samples[start - margin : start + _AT_ONCE + _MARGIN]
        envelope = peak_envelope(around)[margin : margin + _AT_ONCE]
        padded = np.pad(envelope, (0, -envelope.size % _SAMPLES_PER_MS))
        found.append(padded.reshape(-1, _SAMPLES_PER_MS).max(axis=1))
    peaks: _Gains = np.concatenate(found)
    return peaks


def _limiter(peaks: _Gains, ceiling: float) -> _Gains:
    """Return the gains at the ends of each millisecond that keep its peak under the ceiling.

    They look ahead: smoothed over the window in which it is the least, the gain is nowhere more
    than the peak needs, and sinks before the peak comes.
    """
    needed = np.maximum(peaks, np.float32(ceiling))
    np.divide(np.float32(ceiling), needed, out=needed)
    around = np.pad(needed, 2 * _LIMITER_REACH_MS + 1, mode="edge")
    least = sliding_window_view(around, 2 * _LIMITER_REACH_MS + 2).min(axis=1)
    gains: _Gains = np.convolve(least, _LIMITER_SHAPE / _LIMITER_SHAPE.sum(), mode="valid")
    return gains


def _multiply(samples: Samples, gains: _Gains) -> Samples:
    """Multiply by gains that stand at the ends of each millisecond, in straight lines between."""
    rise = np.arange(_SAMPLES_PER_MS, dtype=np.float32) / _SAMPLES_PER_MS
    curve = gains[:-1, np.newaxis] + np.diff(gains)[:, np.newaxis] * rise
    return (samples * curve.reshape(-1)[: samples.size]).astype(np.float32, copy=False)
