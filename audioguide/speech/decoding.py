"""Decode a coded sound into samples as a player hears it; it judges nothing."""

from __future__ import annotations

from io import BytesIO

import av
import numpy as np

from audioguide.speech.voice import Samples


def decode(sound: bytes) -> tuple[Samples, int]:
    """Return the mono samples of a coded sound and their rate in hertz."""
    with av.open(BytesIO(sound), "r") as container:
        stream = container.streams.audio[0]
        pieces = [frame.to_ndarray().reshape(-1) for frame in container.decode(stream)]
        return np.concatenate(pieces).astype(np.float32), stream.sample_rate
