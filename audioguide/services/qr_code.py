"""Show an address as a QR code on a screen; what is printed on walls is for labels."""

from __future__ import annotations

import io

import qrcode
from qrcode.constants import ERROR_CORRECT_M
from qrcode.image.styles.moduledrawers.svg import SvgPathCircleDrawer
from qrcode.image.svg import SvgPathFillImage


def on_terminal(address: str) -> str:
    """Draw the address as a QR code in block characters, dark on light as phones expect."""
    code = qrcode.QRCode(border=2)
    code.add_data(address)
    drawn = io.StringIO()
    code.print_ascii(out=drawn, invert=True)
    return drawn.getvalue().rstrip("\n")


def on_screen(address: str) -> str:
    """Draw the address as an SVG for a guide to hold up: round modules, dark on white."""
    code = qrcode.QRCode(border=4, error_correction=ERROR_CORRECT_M)
    code.add_data(address)
    drawn = code.make_image(image_factory=SvgPathFillImage, module_drawer=SvgPathCircleDrawer())
    return str(drawn.to_string(encoding="unicode"))
