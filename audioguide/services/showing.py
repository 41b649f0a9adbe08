"""Show an address as a QR code on a screen; what is printed on walls is labelling's."""

from __future__ import annotations

import io

import qrcode


def on_terminal(address: str) -> str:
    """Draw the address as a QR code in block characters, dark on light as phones expect."""
    code = qrcode.QRCode(border=2)
    code.add_data(address)
    drawn = io.StringIO()
    code.print_ascii(out=drawn, invert=True)
    return drawn.getvalue().rstrip("\n")
