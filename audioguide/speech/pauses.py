"""Voice activity detection: tell speech from pauses, whatever the room sounds like."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from audioguide.speech.voice import Samples

HOP_MS = 10
_SILENT_DB = -60.0  # the loud tenth of a recording: below it nobody spoke
_NOTHING_DB = -95.0  # the last step of 16 bits, now and then
_LEAST_CONTRAST_DB = 6.0
_ABOVE_FLOOR = 0.3  # of the way from the room's noise to the voice
_LEAST_ABOVE_FLOOR_DB = 4.0
_FAINT = 0.15
_LEAST_FAINT_DB = 3.0
_DEEPEST_FLOOR_DB = 50.0  # under the voice: a digital silence is no room
_SPEECH_MS = 80  # less is a click or a knock
_BREATH_MS = 250  # kept before the first word
_DYING_MS = 400  # kept after the last, for the room to die away
_FADE_MS = 20

Levels = NDArray[np.float32]
Mask = NDArray[np.bool_]


def levels_db(samples: Samples, sample_rate_hz: int) -> Levels:
    """Give the level of each 10 ms, smoothed over 30 ms, in decibels below full scale."""
    hop = sample_rate_hz * HOP_MS // 1000
    count = samples.size // hop
    framed = samples[: count * hop].reshape(count, hop)
    energy = np.einsum("ij,ij->i", framed, framed).astype(np.float64) / hop
    if count:
        around = np.pad(energy, 1, mode="edge")
        energy = (around[:-2] + around[1:-1] + around[2:]) / 3
    levels: Levels = (10 * np.log10(energy + 1e-12)).astype(np.float32)
    return levels


def speech_mask(levels: Levels) -> Mask:
    """Say of each 10 ms whether somebody speaks: louder than the room, for 80 ms or more."""
    if levels.size == 0:
        return np.zeros(0, bool)
    voice = float(np.percentile(levels, 90))
    floor = max(float(np.percentile(levels, 5)), voice - _DEEPEST_FLOOR_DB)
    edge = floor + max(_ABOVE_FLOOR * (voice - floor), _LEAST_ABOVE_FLOOR_DB)
    faint = floor + max(_FAINT * (voice - floor), _LEAST_FAINT_DB)
    speaks = _without_short(levels > edge, _SPEECH_MS // HOP_MS)
    # A word may begin with a breath of a consonant, and die away.
    return _runs_with(levels > faint, speaks)


def standing(samples: Samples, sample_rate_hz: int) -> tuple[float, float]:
    """Give the level of the voice, which is the loudest part, and of the room, the quietest."""
    levels = levels_db(samples, sample_rate_hz)
    if levels.size == 0:
        return -np.inf, -np.inf
    return float(np.percentile(levels, 95)), float(np.percentile(levels, 5))


def is_silence(samples: Samples, sample_rate_hz: int) -> bool:
    """Tell whether nobody can be heard, as loud as it is."""
    return standing(samples, sample_rate_hz)[0] < _SILENT_DB


def has_speech(samples: Samples, sample_rate_hz: int) -> bool:
    """Tell whether anything stands out from the noise, as words do."""
    voice_db, room_db = standing(samples, sample_rate_hz)
    stands_out = voice_db - room_db >= _LEAST_CONTRAST_DB and voice_db > _NOTHING_DB
    return stands_out and bool(speech_mask(levels_db(samples, sample_rate_hz)).any())


def trim_take(samples: Samples, sample_rate_hz: int) -> Samples:
    """Cut what lies before the first word and after the last, but for a breath and the room.

    The cuts are faded. Pauses within stay: they are the reader's.
    """
    speaks = np.flatnonzero(speech_mask(levels_db(samples, sample_rate_hz)))
    if speaks.size == 0:
        return samples
    per_ms = sample_rate_hz // 1000
    start = max((int(speaks[0]) * HOP_MS - _BREATH_MS) * per_ms, 0)
    end = min(((int(speaks[-1]) + 1) * HOP_MS + _DYING_MS) * per_ms, samples.size)
    kept = samples[start:end]
    fade = np.linspace(0, 1, _FADE_MS * per_ms, dtype=np.float32)
    kept[: fade.size] *= fade
    kept[kept.size - fade.size :] *= fade[::-1]
    return kept


def _without_short(mask: Mask, least: int) -> Mask:
    kept = np.zeros_like(mask)
    for start, end in _runs(mask):
        kept[start:end] = end - start >= least
    return kept


def _runs_with(mask: Mask, wanted: Mask) -> Mask:
    """Keep the runs in which something of ``wanted`` lies."""
    kept = np.zeros_like(mask)
    for start, end in _runs(mask):
        kept[start:end] = wanted[start:end].any()
    return kept


def _runs(mask: Mask) -> Iterator[tuple[int, int]]:
    edges = np.flatnonzero(np.diff(mask.astype(np.int8), prepend=0, append=0)).tolist()
    return zip(edges[::2], edges[1::2], strict=True)
