"""Say where the words of a label go, for the peers; their PDF has the same lines as ours.

A job has for each label a payload, number, titles and address, and names three font files.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

SIDE = 27.5 * mm
QUIET = SIDE * 4 / 29
WHOLE = SIDE + 2 * QUIET
EDGE = (38.1 * mm - WHOLE) / 2
_LEFT, _RIGHT = 39 * mm, 94 * mm
_FACES = ("semibold", "regular", "regular")


def asked() -> tuple[list[dict[str, Any]], str]:
    """Return the labels and the name of the PDF: `python with_....py JOB PDF`."""
    job = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    for name, file in job["fonts"].items():
        pdfmetrics.registerFont(TTFont(name, file))
    return job["labels"], sys.argv[2]


def lines(label: Mapping[str, Any]) -> Iterator[tuple[float, float, str, float, str]]:
    """Give each line of a label: x and y from the lower left corner, font, size, words."""
    top = 24 * mm
    yield _LEFT, top, "light", 40.0, str(label["number"])
    width = pdfmetrics.stringWidth(label["address"], "regular", 7.5)
    yield _RIGHT - width, top, "regular", 7.5, label["address"]
    for index, (face, title) in enumerate(zip(_FACES, label["titles"], strict=True)):
        yield _LEFT, (15 - 4.7 * index) * mm, face, _size(title, face), title


def _size(title: str, face: str) -> float:
    """Shrink a line until it fits, as such programs do."""
    size = 10.0
    while size > 6 and pdfmetrics.stringWidth(title, face, size) > _RIGHT - _LEFT:
        size -= 0.5
    return size
