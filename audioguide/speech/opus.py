"""Encode a mastered sound as Opus in WebM, at three fifths of the MP3's size."""

from __future__ import annotations

from io import BytesIO

import av
import numpy as np

from audioguide.speech.pieces import Sliceable, pieces
from audioguide.speech.tags import Tags

BIT_RATE = 32_000
OPUS_CEILING_DBTP = -3.5
"""The true peak to encode: at this bit rate the coding itself adds 1.5 to 2.5 dB."""

# The coder takes 24 kHz as it is; players decode at 48 kHz all the same (RFC 7845, 5.1). Its mode
# for voices (SILK, "voip") is not used: it made a stop 0.4 to 0.9 LU quieter, let single peaks come
# back at up to +4.6 dBTP, and FFmpeg's decoder and libopus do not agree on them. "lowdelay" is the
# coder's other half alone (CELT): loudness as given, peaks within 2.5 dB, a third of the time.
_OPTIONS = {"application": "lowdelay", "vbr": "constrained", "compression_level": "10"}

# Room for the index of an hour in front of the sound, so that a phone that asks for the beginning
# knows where to ask for the middle. One entry for each cluster of five seconds, 20 bytes each.
_INDEX_BYTES_PER_SECOND = 5
_INDEX_LEAST_BYTES = 256
_AT_ONCE = 480 * 150  # samples, a whole number of frames


def encode_webm(samples: Sliceable, sample_rate_hz: int, tags: Tags) -> bytes:
    """Encode mono samples at about 32 kbit/s, with the coder's own delay written down.

    It stands as pre-skip in the Opus header and as CodecDelay in the WebM one, what is left over
    at the end as DiscardPadding: decoders return exactly the samples that came in.
    """
    written = BytesIO()
    index = _INDEX_LEAST_BYTES + _INDEX_BYTES_PER_SECOND * samples.size // sample_rate_hz
    options = {"reserve_index_space": str(index), "fflags": "bitexact"}
    with av.open(written, "w", format="webm", options=options) as container:
        container.metadata.update(tags.written)
        stream = container.add_stream("libopus", rate=sample_rate_hz, layout="mono", format="flt")
        stream.metadata["language"] = tags.written["language"]
        stream.bit_rate = BIT_RATE
        stream.options = dict(_OPTIONS)
        for _, piece in pieces(samples, _AT_ONCE):
            frame = av.AudioFrame.from_ndarray(piece[np.newaxis, :], format="flt", layout="mono")
            frame.sample_rate = sample_rate_hz
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    return written.getvalue()
