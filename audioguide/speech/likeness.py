"""Tell whether a recording says a text at all, and how its reader's voice differs from ours.

A cost in itself says little: it depends on the voice and the room. So it is divided by the cost of
the same text backwards, which has the same sounds and says nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from audioguide.speech.features import (
    Bands,
    Described,
    band_energies,
    describe,
    loudness_of_voice,
    room_of,
)
from audioguide.speech.voice import Samples
from audioguide.speech.warping import Way, warp

STRETCHES = (0.85, 0.92, 1.0, 1.08, 1.17, 1.26)
_COARSE = 3  # frames taken together: enough to tell one text from another


@dataclass(frozen=True)
class Likeness:
    """A recording and a text described alike; ``unlike`` is 1 where they have nothing in common."""

    spoken: Described
    heard: Described
    unlike: float


def compare(
    samples: Samples,
    sample_rate_hz: int,
    spoken: Bands,
    after_step: Callable[[], None] = lambda: None,
) -> Likeness:
    """Compare a recording with a text spoken by the computer, in the stretch that fits best."""
    spoken = spoken / loudness_of_voice(spoken)
    tried = []
    for stretch in STRETCHES:
        both = _describe(samples, sample_rate_hz, spoken, stretch)
        coarse = both[0].shrunk(_COARSE), both[1].shrunk(_COARSE)
        tried.append((cost(warp(*coarse), *coarse), stretch))
        after_step()
    least, stretch = min(tried)
    both = _describe(samples, sample_rate_hz, spoken, stretch)
    backwards, heard = both[0].backwards().shrunk(_COARSE), both[1].shrunk(_COARSE)
    return Likeness(*both, unlike=least / cost(warp(backwards, heard), backwards, heard))


def weights(way: Way, first: Described, second: Described) -> NDArray[np.float32]:
    """Weigh each pair of a way: as much as either is speech."""
    return np.maximum(first.weights[way.first], second.weights[way.second])


def cost(way: Way, first: Described, second: Described) -> float:
    """Give the mean distance along a way."""
    return float(np.average(way.distances, weights=weights(way, first, second)))


def _describe(
    samples: Samples, sample_rate_hz: int, spoken: Bands, stretch: float
) -> tuple[Described, Described]:
    """Describe both, the computer as if it stood in the reader's room.

    Its silence would else be unlike every pause of the recording.
    """
    heard = band_energies(samples, sample_rate_hz, stretch)
    heard /= loudness_of_voice(heard)
    return describe(spoken, room_of(heard)), describe(heard)
