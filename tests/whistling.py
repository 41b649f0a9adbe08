"""Sound that stands for speech, coded as services on other machines send it."""

from __future__ import annotations

from functools import cache
from io import BytesIO

import av
import numpy as np


@cache
def whistle(seconds: float, loud: float = 0.3, rate_hz: int = 24_000) -> bytes:
    """Make an MP3, mono, of a tone that lasts for so long."""
    turns = np.arange(int(seconds * rate_hz), dtype=np.float32) / rate_hz * 300 * 2 * np.pi
    tone = (loud * np.sin(turns)).astype(np.float32).reshape(1, -1)
    file = BytesIO()
    with av.open(file, "w", format="mp3") as container:
        stream = container.add_stream("libmp3lame", rate=rate_hz, layout="mono")
        stream.bit_rate = 48_000
        frame = av.AudioFrame.from_ndarray(tone, format="fltp", layout="mono")
        frame.sample_rate = rate_hz
        for packet in (*stream.encode(frame), *stream.encode(None)):
            container.mux(packet)
    return file.getvalue()
