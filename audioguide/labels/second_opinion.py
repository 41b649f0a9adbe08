"""Cross-check a symbol with another encoder. What it draws is never printed."""

from __future__ import annotations

import numpy as np
import qrcode
import zxingcpp
from qrcode.constants import (
    ERROR_CORRECT_H,
    ERROR_CORRECT_M,
    ERROR_CORRECT_Q,
)
from qrcode.util import MODE_8BIT_BYTE, MODE_ALPHA_NUM, QRData

from audioguide.labels.symbol import QUIET_ZONE_MODULES, Level, Symbol, segments

Matrix = tuple[tuple[bool, ...], ...]

_QRCODE_LEVEL = {Level.M: ERROR_CORRECT_M, Level.Q: ERROR_CORRECT_Q, Level.H: ERROR_CORRECT_H}
_PIXELS_PER_MODULE = 4


def agrees_with_second_encoder(symbol: Symbol) -> bool:
    """Tell whether qrcode makes the same symbol, or one that decodes the same.

    segno pads with one more zero codeword when the data end on a codeword boundary: harmless,
    for readers stop at the terminator, but then the two differ in their padding.
    """
    second = _second_matrix(symbol)
    if second == symbol.matrix:
        return True
    return _decoded(second) == _decoded(symbol.matrix) == (symbol.payload, symbol.level.value)


def _second_matrix(symbol: Symbol) -> Matrix:
    scheme, rest = segments(symbol.payload)
    code = qrcode.QRCode(
        version=symbol.version,
        error_correction=_QRCODE_LEVEL[symbol.level],
        mask_pattern=symbol.mask,
        border=0,
    )
    code.add_data(QRData(scheme.encode(), mode=MODE_8BIT_BYTE))
    code.add_data(QRData(rest.encode(), mode=MODE_ALPHA_NUM))
    code.make(fit=False)
    return tuple(tuple(bool(module) for module in row) for row in code.modules)


def _decoded(matrix: Matrix) -> tuple[str, str] | None:
    grey = np.where(np.array(matrix, dtype=bool), 0, 255).astype(np.uint8)
    framed = np.pad(grey, QUIET_ZONE_MODULES, constant_values=255)
    scaled = framed.repeat(_PIXELS_PER_MODULE, axis=0).repeat(_PIXELS_PER_MODULE, axis=1)
    read = zxingcpp.read_barcode(
        scaled, formats=zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)
    )
    return (read.text, read.ec_level) if read else None
