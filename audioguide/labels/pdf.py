"""Set described sheets as an accessible PDF; what the labels say is decided elsewhere."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, time
from pathlib import Path

import typst

from audioguide.errors import LabelFailed
from audioguide.labels import typeface

_SHEET = Path(__file__).with_name("sheet.typ")
_STANDARDS: list[typst.PDFStandard] = ["ua-1", "a-2a"]


def typeset(description: str, made_on: date) -> bytes:
    """Set sheets (JSON from drawing.describe) as a tagged PDF/UA-1 and PDF/A-2a.

    The same description and date give the same bytes. Raise LabelFailed for a title or an
    address that does not fit its label at 6 pt, and for anything that typst warns of.
    """
    with typeface.folder() as fonts:
        try:
            return _typeset(_compiler(description, fonts), made_on)
        except typst.TypstError as error:
            raise LabelFailed(f"The labels could not be set: {error.message}.") from error


def _compiler(description: str, fonts: Path) -> typst.Compiler:
    return typst.Compiler(
        _SHEET,
        font_paths=typst.Fonts(
            include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(fonts)]
        ),
        ignore_system_fonts=True,
        sys_inputs={"sheet": description},
    )


def _typeset(compiler: typst.Compiler, made_on: date) -> bytes:
    pdf, warnings = compiler.compile_with_warnings(
        format="pdf",
        pdf_standards=_STANDARDS,
        timestamp=datetime.combine(made_on, time(), tzinfo=UTC),
    )
    if warnings or not isinstance(pdf, bytes):
        said = "; ".join(warning.message for warning in warnings)
        raise LabelFailed(f"The labels could not be set as they should be: {said}.")
    _refuse_what_is_too_long(json.loads(compiler.query("<too-long>", field="value")))
    return pdf


def _refuse_what_is_too_long(reports: list[dict[str, str]]) -> None:
    if reports:
        said = "; ".join(f"label {each['number']}, {each['what']}" for each in reports)
        raise LabelFailed(f"Too long for its label even at 6 pt: {said}. Shorten it.")
