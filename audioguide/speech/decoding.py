"""Decode a coded sound as a player hears it, and measure that; it judges nothing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import Any

import av
import numpy as np
from numpy.typing import NDArray

from audioguide.speech.loudness import STEPS_PER_SECOND, EnergyMeter, PeakMeter, gated_lufs
from audioguide.speech.voice import Samples

_AT_ONCE_SECONDS = 4


@dataclass(frozen=True)
class Measured:
    """How long, how loud and how high a coded sound is when it is decoded."""

    duration_ms: int
    loudness_lufs: float
    true_peak_dbtp: float


def decode(sound: bytes) -> tuple[Samples, int]:
    """Return the mono samples of a coded sound and their rate in hertz."""
    with av.open(BytesIO(sound), "r") as container:
        stream = container.streams.audio[0]
        pieces = [frame.to_ndarray().reshape(-1) for frame in container.decode(stream)]
        return np.concatenate(pieces).astype(np.float32), stream.sample_rate


def measure(sound: bytes) -> Measured:
    """Measure a coded mono sound without having all of it in memory."""
    with av.open(BytesIO(sound), "r") as container:
        stream = container.streams.audio[0]
        energy, peak = EnergyMeter(stream.sample_rate, per_second=STEPS_PER_SECOND), PeakMeter()
        count = 0
        frames = (frame.to_ndarray().reshape(-1) for frame in container.decode(stream))
        for piece in _gathered(frames, _AT_ONCE_SECONDS * stream.sample_rate):
            energy.add(piece)
            peak.add(piece)
            count += piece.size
        return Measured(
            duration_ms=round(1000 * count / stream.sample_rate),
            loudness_lufs=gated_lufs(energy.energies()),
            true_peak_dbtp=peak.dbtp(),
        )


def _gathered(frames: Iterator[NDArray[Any]], least: int) -> Iterator[Samples]:
    """Put frames together: a meter works faster on long pieces."""
    pieces: list[Samples] = []
    count = 0
    for frame in frames:
        pieces.append(frame.astype(np.float32, copy=False))
        count += frame.size
        if count >= least:
            yield np.concatenate(pieces)
            pieces, count = [], 0
    if pieces:
        yield np.concatenate(pieces)
