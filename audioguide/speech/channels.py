"""Downmix: tell whether the channels of a recording can be mixed, or one is better alone.

A turned plug takes one channel from the other, so that their mix is silent; two microphones, or
one channel that comes late, make it hollow; a broken cable hums into the good one.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from audioguide.speech.mastering import SAMPLE_RATE_HZ
from audioguide.speech.voice import Samples

_HOP = SAMPLE_RATE_HZ // 100
_BLOCK = 546 * _HOP  # of 5.5 s: one channel may come a second after the other
_SIZE = 1 << 18  # holds a block twice
_LATEST = SAMPLE_RATE_HZ
_VOICE_HZ = (200, 4_000)  # where a voice tells itself from hum
_ALIKE = 0.5  # of two channels that hold the same sound
_TOGETHER = 1  # samples: from two on, the mix loses what lies above 6 kHz
_CLEARER_DB = 6.0
_CLEAR_ENOUGH_DB = 40.0
_WEAKER_DB = 3.0


class ChannelMeter:
    """Hears all channels of a recording piece by piece, and chooses among them."""

    def __init__(self, count: int) -> None:
        self.count = count
        self._waiting: list[NDArray[np.float32]] = []
        self._waits = 0
        self._energies: list[NDArray[np.float32]] = []
        self._cross = np.zeros(_SIZE // 2 + 1, np.complex128)
        self._power = np.zeros(2)
        hertz = np.fft.rfftfreq(_SIZE, 1 / SAMPLE_RATE_HZ)
        self._voice = (hertz >= _VOICE_HZ[0]) & (hertz <= _VOICE_HZ[1])

    def add(self, piece: NDArray[np.float32]) -> None:
        """Hear on: one row for each channel, at 24 kHz."""
        self._waiting.append(piece)
        self._waits += piece.shape[1]
        if self._waits >= _BLOCK:
            self._hear_waiting(_BLOCK)

    def better(self) -> int | None:
        """Return the channel that is better alone, or None where all are to be mixed."""
        self._hear_waiting(_HOP)
        if not self._energies:
            return None
        levels = 10 * np.log10(np.concatenate(self._energies, axis=1) + 1e-12)
        loud, quiet = np.percentile(levels, (95, 5), axis=1)
        contrast = np.minimum(loud - quiet, _CLEAR_ENOUGH_DB)
        best = max(range(self.count), key=lambda number: (round(contrast[number]), loud[number]))
        share_db = 20 * np.log10(self.count)  # what one channel among silent ones loses in the mix
        is_clearer = contrast[best] >= contrast[-1] + _CLEARER_DB
        is_cancelled = loud[-1] < loud[best] - share_db - _WEAKER_DB
        return best if is_clearer or is_cancelled or self._is_twice_the_same() else None

    def _hear_waiting(self, least: int) -> None:
        """Hear what waits, in blocks of at most 5.5 s; what is less than ``least`` waits on."""
        if not self._waiting:
            return
        heard = np.concatenate(self._waiting, axis=1)
        whole = heard.shape[1] // least * least
        for start in range(0, whole, _BLOCK):
            self._hear(heard[:, start : min(start + _BLOCK, whole)])
        self._waiting = [heard[:, whole:]] if whole < heard.shape[1] else []
        self._waits = heard.shape[1] - whole

    def _hear(self, block: NDArray[np.float32]) -> None:
        level = block - block.mean(axis=1, keepdims=True)
        all_and_mix = np.concatenate([level, level.mean(axis=0, keepdims=True)])
        hops = all_and_mix.reshape(len(all_and_mix), -1, _HOP)
        self._energies.append(np.einsum("ijk,ijk->ij", hops, hops) / _HOP)
        if len(level) == 2:
            first, second = (self._spectrum(channel) for channel in level)
            self._cross += first * np.conj(second)
            self._power += [np.vdot(each, each).real for each in (first, second)]

    def _spectrum(self, channel: Samples) -> NDArray[np.complex128]:
        return np.asarray(np.fft.rfft(channel, _SIZE) * self._voice, np.complex128)

    def _is_twice_the_same(self) -> bool:
        """Tell whether one channel is the other, turned over or late, so that they cancel."""
        if not self._power.all():
            return False
        alike = np.fft.irfft(self._cross) * _SIZE / 2 / np.sqrt(self._power.prod())
        near = np.concatenate([alike[-_LATEST:], alike[: _LATEST + 1]])
        place = int(np.argmax(np.abs(near)))
        is_apart = abs(place - _LATEST) > _TOGETHER or near[place] < 0
        return bool(abs(near[place]) >= _ALIKE and is_apart)
