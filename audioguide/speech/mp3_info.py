"""Write the first frame of an MP3, which says how many samples its coder put before and after.

It is silent itself. Its layout is Xing's header with LAME's extension ("Mp3 Info Tag rev 1"), which
all players know. lameenc writes none. A frame of 56 kbit/s at 24 kHz is one byte too short for it;
one of 64 kbit/s has room.
"""

from __future__ import annotations

import struct

SAMPLES_PER_FRAME = 576  # MPEG-2, Layer III
CODER_DELAY = 576  # LAME's own: ENCDELAY in its encoder.h

_HEADER = bytes([0xFF, 0xF3, 0x84, 0xC4])  # MPEG-2, Layer III, 64 kbit/s, 24 kHz, mono, no CRC
_SIZE = 192
_SIDE_INFORMATION = bytes(9)
_HAS_ALL = 0b1111  # number of frames, of bytes, table of contents, quality
_PARTS = 100
_CODER = b"LAME4.0"
_CONSTANT = 1  # revision 0 of the extension, constant bit rate
_NOT_RECKONED = 0  # the check sum of all frames, which players leave alone
_CRC_POLYNOMIAL = 0xA001  # CRC-16/ARC


def info_frame(size_bytes: int, bytes_per_frame: int, samples: int) -> bytes:
    """Return the frame to put before frames at 24 kHz, mono, that hold so many samples."""
    count = size_bytes // bytes_per_frame
    padding = count * SAMPLES_PER_FRAME - CODER_DELAY - samples
    contents = bytes(256 * part // _PARTS for part in range(_PARTS))
    written = (
        _HEADER
        + _SIDE_INFORMATION
        + struct.pack(">4sIII", b"Info", _HAS_ALL, count, _SIZE + size_bytes)
        + contents
        + bytes(4)  # quality: not said
        + struct.pack(">9sB", _CODER, _CONSTANT)
        + bytes(11)  # lowpass, peak, gains, flags, bit rate: not said
        + (CODER_DELAY << 12 | padding).to_bytes(3, "big")
        + bytes(4)  # noise shaping, gain, preset: not said
        + struct.pack(">IH", _SIZE + size_bytes, _NOT_RECKONED)
    )
    return (written + struct.pack(">H", _crc(written))).ljust(_SIZE, b"\0")


def _crc(data: bytes) -> int:
    crc = 0
    for byte in data:
        crc ^= byte
        for _ in range(8):
            crc = crc >> 1 ^ (_CRC_POLYNOMIAL if crc & 1 else 0)
    return crc
