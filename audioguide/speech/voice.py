"""What every voice is to the rest of this room: a sentence goes in, samples come out."""

from __future__ import annotations

from typing import Protocol

import numpy as np
from numpy.typing import NDArray

Samples = NDArray[np.float32]
"""Mono sound, one number per sample, full scale at -1 and +1."""


class Voice(Protocol):
    """An engine and a speaker that can say one sentence of one language."""

    @property
    def name(self) -> str:
        """Name the engine and the speaker as staff and the API see them."""

    @property
    def sample_rate_hz(self) -> int:
        """Give the rate of the samples that ``speak`` returns."""

    def speak(self, sentence: str) -> Samples:
        """Say one prepared sentence; raise ``VoiceFailed`` with a plain reason if it cannot."""
