"""Process a long sound in pieces, so that half an hour is never in memory twice."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

from audioguide.speech.voice import Samples


class Sliceable(Protocol):
    """A sound whose samples are had in slices: an array, or one that is reckoned as it is read."""

    @property
    def size(self) -> int:
        """Count the samples."""

    def __getitem__(self, wanted: slice, /) -> Samples:
        """Give the samples of a slice."""


def pieces(samples: Sliceable, at_once: int) -> Iterator[tuple[int, Samples]]:
    """Give pieces of so many samples, the last one shorter, each with its place."""
    for start in range(0, samples.size, at_once):
        yield start, samples[start : start + at_once]
