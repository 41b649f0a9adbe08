"""Encode a mastered sound as MP3 for every phone there is; it changes no loudness."""

from __future__ import annotations

from io import BytesIO

import av
import numpy as np

from audioguide.speech.pieces import Sliceable, pieces
from audioguide.speech.tags import Tags

BIT_RATE = 56_000
MP3_CEILING_DBTP = -2.0
"""The true peak to encode: at this bit rate the coding itself adds up to 1 dB."""

# LAME's preset for this bit rate makes everything 5 % quieter (scale in presets.c, 0.45 dB): the
# sound is made louder by as much beforehand, so that what was measured is what is heard.
_LAME_SCALE = 0.95
_AT_ONCE = 576 * 128  # samples, a whole number of frames


def encode_mp3(samples: Sliceable, sample_rate_hz: int, tags: Tags) -> bytes:
    """Encode mono samples at a constant 56 kbit/s, with the coder's own delay written down.

    The delay stands in the Xing/Info frame: decoders that honour it return exactly the samples
    that came in, neither later nor more of them.
    """
    written = BytesIO()
    with av.open(written, "w", format="mp3", options={"id3v2_version": "3"}) as container:
        container.metadata.update(tags.written)
        stream = container.add_stream(
            "libmp3lame", rate=sample_rate_hz, layout="mono", format="fltp"
        )
        stream.bit_rate = BIT_RATE
        stream.options = {"compression_level": "7"}
        for _, piece in pieces(samples, _AT_ONCE):
            louder = piece[np.newaxis, :] / np.float32(_LAME_SCALE)
            frame = av.AudioFrame.from_ndarray(louder, format="fltp", layout="mono")
            frame.sample_rate = sample_rate_hz
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    return written.getvalue()
