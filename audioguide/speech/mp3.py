"""Encode a mastered sound as MP3 for every phone there is."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from itertools import chain

import av
import lameenc
import numpy as np

from audioguide.speech.mp3_info import info_frame
from audioguide.speech.pieces import Sliceable, pieces
from audioguide.speech.tags import Tags

BIT_RATE = 56_000
MP3_CEILING_DBTP = -2.0
"""The true peak to encode: at this bit rate the coding itself adds up to 1 dB."""

# LAME's preset for this bit rate makes everything 5 % quieter (scale in presets.c, 0.45 dB): the
# sound is made louder by as much beforehand, so that what was measured is what is heard.
_LAME_SCALE = 0.95
_QUALITY = 7  # finer ones take two to three times as long, and are no nearer to the sound: measured
_FULL_SCALE = 32_767
_RATE_HZ = 24_000  # the rate of the Info frame too
_BYTES_PER_FRAME = 168  # 24 ms
_BYTES_AT_ONCE = 4096 * _BYTES_PER_FRAME  # so half an hour is in memory twice, not four times
_AT_ONCE = 576 * 128  # samples, a whole number of frames


def encode_mp3(samples: Sliceable, sample_rate_hz: int, tags: Tags) -> bytes:
    """Encode mono samples at 24 kHz and a constant 56 kbit/s, with the coder's delay written down.

    The delay stands in the Info frame: decoders that honour it return exactly the samples that
    came in, neither later nor more of them.
    """
    if sample_rate_hz != _RATE_HZ:
        raise ValueError(f"MP3 is coded at {_RATE_HZ} Hz, not at {sample_rate_hz}.")
    frames = _frames(samples)
    info = info_frame(len(frames), _BYTES_PER_FRAME, samples.size)
    written = BytesIO()
    options = {"id3v2_version": "3", "write_xing": "0"}
    with av.open(written, "w", format="mp3", options=options) as container:
        container.metadata.update(tags.written)
        stream = container.add_mux_stream("mp3", rate=_RATE_HZ)
        for place, part in enumerate(chain([info], _parts(frames))):
            packet = av.Packet(part)
            packet.stream = stream
            packet.pts = packet.dts = place
            container.mux(packet)
    return written.getvalue()


def _parts(frames: bytearray) -> Iterator[bytes]:
    for start in range(0, len(frames), _BYTES_AT_ONCE):
        yield bytes(frames[start : start + _BYTES_AT_ONCE])


def _frames(samples: Sliceable) -> bytearray:
    coder = lameenc.Encoder()
    coder.silence()
    coder.set_channels(1)
    coder.set_in_sample_rate(_RATE_HZ)
    coder.set_out_sample_rate(_RATE_HZ)
    coder.set_bit_rate(BIT_RATE // 1000)
    coder.set_quality(_QUALITY)
    coded = bytearray()
    for _, piece in pieces(samples, _AT_ONCE):
        louder = np.round(piece * np.float32(_FULL_SCALE / _LAME_SCALE))
        whole = np.clip(louder, -_FULL_SCALE, _FULL_SCALE).astype(np.int16)
        coded += coder.encode(whole.tobytes())
    coded += coder.flush()
    return coded
