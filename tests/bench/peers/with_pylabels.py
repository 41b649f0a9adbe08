"""Print the labels of a job with pylabels, and reportlab's own widget for the symbol."""

from __future__ import annotations

from typing import Any

from job import EDGE, WHOLE, asked, lines
from reportlab.graphics.barcode.qr import QrCodeWidget
from reportlab.graphics.shapes import Drawing, String

import labels


def draw(drawing: Drawing, _width: float, _height: float, label: dict[str, Any]) -> None:
    """Draw one label."""
    code = QrCodeWidget(label["payload"], x=EDGE, y=EDGE, barLevel="H", barBorder=4)
    code.barWidth = code.barHeight = WHOLE
    drawing.add(code)
    for x, y, face, size, words in lines(label):
        drawing.add(String(x, y, words, fontName=face, fontSize=size))


wanted, pdf = asked()
paper = labels.Specification(
    210, 297, 2, 7, 99.1, 38.1, left_margin=4.65, top_margin=15.15, column_gap=2.5, row_gap=0
)
sheet = labels.Sheet(paper, draw)
sheet.add_labels(wanted)
sheet.save(pdf)
