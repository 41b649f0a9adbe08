"""Draw a symbol as SVG and PNG, and a page as PNG."""

from __future__ import annotations

import io
import struct
import zlib
from itertools import groupby

import numpy as np
import numpy.typing as npt
import zxingcpp
from PIL import Image

from audioguide.labels.symbol import QUIET_ZONE_MODULES, Symbol

Grey = npt.NDArray[np.uint8]

_QR = zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)
_PIXELS_PER_MODULE = 20
_PIXELS_READ_PER_MODULE = 4
_PREVIEW_BITS = 4


def svg(symbol: Symbol, side_mm: float) -> str:
    """Draw a symbol as SVG, ``side_mm`` wide without and a quiet zone wider with its border."""
    across = symbol.modules + 2 * QUIET_ZONE_MODULES
    size = f"{across * side_mm / symbol.modules:.4f}mm"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{size}" height="{size}" '
        f'viewBox="0 0 {across} {across}" shape-rendering="crispEdges" role="img">'
        f"<title>{symbol.payload}</title>"
        f'<path fill="#fff" d="M0 0h{across}v{across}H0z"/>'
        f'<path fill="#000" d="{_outline(symbol)}"/></svg>\n'
    )


def _outline(symbol: Symbol) -> str:
    steps = []
    for y, row in enumerate(symbol.matrix, start=QUIET_ZONE_MODULES):
        x = QUIET_ZONE_MODULES
        for black, run in groupby(row):
            length = len(list(run))
            if black:
                steps.append(f"M{x} {y}h{length}v1h-{length}z")
            x += length
    return "".join(steps)


def png(symbol: Symbol, side_mm: float) -> bytes:
    """Draw a symbol as a black and white PNG with its quiet zone and its physical size."""
    lines, width = _lines(symbol)
    dots_per_inch = _PIXELS_PER_MODULE * symbol.modules / side_mm * 25.4
    return _png(lines, width, bits=1, dots_per_inch=dots_per_inch)


def png_reads_as(drawn: bytes, symbol: Symbol) -> bool:
    """Tell whether a PNG has the modules of a symbol in their places, and reads as its payload.

    Every module is of one colour: sixteen of its pixels, and not all, are looked at.
    """
    white = np.pad(~np.array(symbol.matrix), QUIET_ZONE_MODULES, constant_values=True)
    side = len(white) * _PIXELS_READ_PER_MODULE
    with Image.open(io.BytesIO(drawn)) as picture:
        seen = np.asarray(picture.resize((side, side), Image.Resampling.NEAREST))
    expected = white.repeat(_PIXELS_READ_PER_MODULE, 0).repeat(_PIXELS_READ_PER_MODULE, 1)
    if not np.array_equal(seen, expected):
        return False
    read = zxingcpp.read_barcode(seen * np.uint8(255), formats=_QR)
    return read is not None and read.text == symbol.payload


def _lines(symbol: Symbol) -> tuple[Grey, int]:
    """Return a symbol and its quiet zone as packed lines, 1 for white, and how wide they are."""
    white = np.pad(~np.array(symbol.matrix), QUIET_ZONE_MODULES, constant_values=True)
    packed = np.packbits(white.repeat(_PIXELS_PER_MODULE, axis=1), axis=1)
    return packed.repeat(_PIXELS_PER_MODULE, axis=0), len(white) * _PIXELS_PER_MODULE


def page_png(page: Grey, dots_per_inch: int) -> bytes:
    """Draw a page of greys as a PNG of sixteen greys: enough to look at, quick to make."""
    width = page.shape[1]
    even = np.pad(page, ((0, 0), (0, width % 2)), constant_values=255) >> _PREVIEW_BITS
    lines = ((even[:, ::2] << _PREVIEW_BITS) | even[:, 1::2]).astype(np.uint8)
    return _png(lines, width, bits=_PREVIEW_BITS, dots_per_inch=dots_per_inch)


def _png(lines: Grey, width: int, *, bits: int, dots_per_inch: float) -> bytes:
    """Write packed lines of greys as a PNG (ISO/IEC 15948): no filter, which suits flat areas."""
    filtered = np.pad(lines, ((0, 0), (1, 0)))
    dots_per_metre = round(dots_per_inch / 0.0254)
    return b"".join(
        (
            b"\x89PNG\r\n\x1a\n",
            _chunk(b"IHDR", struct.pack(">2L5B", width, len(lines), bits, 0, 0, 0, 0)),
            _chunk(b"pHYs", struct.pack(">2LB", dots_per_metre, dots_per_metre, 1)),
            _chunk(b"IDAT", zlib.compress(filtered.tobytes(), level=3)),
            _chunk(b"IEND", b""),
        )
    )


def _chunk(name: bytes, content: bytes) -> bytes:
    return (
        struct.pack(">L", len(content))
        + name
        + content
        + struct.pack(">L", zlib.crc32(name + content))
    )
