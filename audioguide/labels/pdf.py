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
            raise LabelFailed(
                "The labels could not be set: {reason}.", reason=error.message
            ) from error


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
        raise LabelFailed("The labels could not be set as they should be: {reason}.", reason=said)
    _refuse_what_is_too_long(json.loads(compiler.query("<too-long>", field="value")))
    return pdf


def _refuse_what_is_too_long(reports: list[dict[str, str]]) -> None:
    """Refuse the titles first: an address that is too long is so on many labels at once."""
    titles = [each for each in reports if each["title_language"]]
    if titles:
        raise LabelFailed(
            "These titles are too long for their labels even at 6 pt: {titles}. Shorten them.",
            titles=", ".join(
                f"{each['number']} ({each['code']}) {each['title_language']}" for each in titles
            ),
        )
    if reports:
        raise LabelFailed(
            "The address is too long for these labels even at 6 pt: {labels}. "
            "Give the guide a shorter host name.",
            labels=", ".join(f"{each['number']} ({each['code']})" for each in reports),
        )
