"""Make a calibration page, which shows how far a printer shifts a sheet."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from itertools import islice
from pathlib import Path

from audioguide.labels import keeping, typeface, wording
from audioguide.labels.options import Options
from audioguide.labels.pdf import typeset_calibration
from audioguide.labels.reading import check_pages, look
from audioguide.labels.sheet import cells
from audioguide.labels.stock import Stock
from audioguide.languages import Language

_OPTIONS = Options()


@dataclass(frozen=True)
class Calibration:
    """The page that was made, and how it looks."""

    pdf: Path
    preview: Path


def make_calibration(
    stock: Stock,
    out: Path,
    *,
    made_on: date,
    how_to: Mapping[Language, str],
    options: Options = _OPTIONS,
) -> Calibration:
    """Make a page with the outlines of all cells, moved by the options' shift, and two rulers.

    The rulers count millimetres from the left and the upper edge of the paper, so that a printed
    100 that lies at 101.2 asks for a shift of -1.2. ``how_to`` says this in each language. Raise
    as printing.make_sheets does.
    """
    keeping.check_folder(out)
    pdf = typeset_calibration(_described(stock, how_to, options), made_on)
    looks = look(pdf)
    check_pages(len(looks), 1)
    name = f"calibration-{stock.name}"
    keeping.keep(out, {f"{name}.pdf": pdf, f"{name}.png": looks[0]})
    return Calibration(out / f"{name}.pdf", out / f"{name}.png")


def _described(stock: Stock, how_to: Mapping[Language, str], options: Options) -> str:
    dx_mm, dy_mm = options.shift_mm
    return json.dumps(
        {
            "title": f"Calibration of {stock.full_name}",
            "font": [face.family for face in typeface.faces(how_to)],
            "page_width_mm": stock.page_width_mm,
            "page_height_mm": stock.page_height_mm,
            "label_width_mm": stock.label_width_mm,
            "label_height_mm": stock.label_height_mm,
            "dx_mm": dx_mm,
            "dy_mm": dy_mm,
            "cells": [
                {"x_mm": cell.x_mm, "y_mm": cell.y_mm}
                for cell in islice(cells(stock, 1, options.shift_mm), stock.cells_per_page)
            ],
            "name": stock.full_name,
            "how_to": wording.in_each_language(how_to),
        }
    )
