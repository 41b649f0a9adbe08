"""Print the labels of a job with qrcode and reportlab, written the plain way."""

from __future__ import annotations

import io

import qrcode
from job import EDGE, WHOLE, asked, lines
from reportlab.lib.units import mm
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas


def picture(payload: str) -> ImageReader:
    """Make a symbol as pixels, as everybody does."""
    code = qrcode.QRCode(error_correction=qrcode.constants.ERROR_CORRECT_H, border=4)
    code.add_data(payload)
    code.make(fit=True)
    file = io.BytesIO()
    code.make_image().save(file)
    file.seek(0)
    return ImageReader(file)


wanted, pdf = asked()
canvas = Canvas(pdf, pagesize=(210 * mm, 297 * mm))
for index, label in enumerate(wanted):
    row, column = divmod(index % 14, 2)
    if index and not row and not column:
        canvas.showPage()
    left, bottom = (4.65 + column * 101.6) * mm, (297 - 15.15 - (row + 1) * 38.1) * mm
    canvas.drawImage(picture(label["payload"]), left + EDGE, bottom + EDGE, WHOLE, WHOLE)
    for x, y, face, size, words in lines(label):
        canvas.setFont(face, size)
        canvas.drawString(left + x, bottom + y, words)
canvas.save()
