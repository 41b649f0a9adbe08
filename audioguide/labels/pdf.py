"""Set described sheets as an accessible PDF, by typst."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, time
from pathlib import Path

import typst

from audioguide.errors import LabelFailed
from audioguide.labels import logo_names, typeface

_FOLDER = Path(__file__).parent
_SHORT = "short"
_STANDARDS: list[typst.PDFStandard] = ["ua-1", "a-2a"]


def typeset(description: str, made_on: date) -> bytes:
    """Set sheets (JSON from drawing.describe) as a tagged PDF/UA-1 and PDF/A-2a.

    The same description and date give the same bytes. Raise LabelFailed for words that do not
    fit their label at 6 pt, and for anything that typst warns of.
    """
    return typeset_and_tell(description, made_on)[0]


def typeset_and_tell(description: str, made_on: date) -> tuple[bytes, frozenset[str]]:
    """Set sheets as typeset does, and tell the codes of the labels that have their short title."""
    with typeface.folder(_families(description)) as fonts:
        compiler = _compiler("sheet.typ", description, fonts)
        pdf = _compiled(compiler, made_on)
        told = json.loads(compiler.query("<told>", field="value"))
    _refuse_what_is_too_long([each for each in told if each["what"] != _SHORT])
    return pdf, frozenset(each["code"] for each in told if each["what"] == _SHORT)


def typeset_calibration(description: str, made_on: date) -> bytes:
    """Set a calibration page (JSON from calibration.py) as typeset does."""
    with typeface.folder(_families(description)) as fonts:
        return _compiled(_compiler("calibration.typ", description, fonts), made_on)


def _families(description: str) -> list[str]:
    families: list[str] = json.loads(description)["font"]
    return families


def _compiler(file: str, description: str, fonts: Path) -> typst.Compiler:
    return typst.Compiler(
        _FOLDER / file,
        font_paths=typst.Fonts(
            include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(fonts)]
        ),
        ignore_system_fonts=True,
        sys_inputs={"sheet": description},
    )


def _compiled(compiler: typst.Compiler, made_on: date) -> bytes:
    try:
        pdf, warnings = compiler.compile_with_warnings(
            format="pdf",
            pdf_standards=_STANDARDS,
            timestamp=datetime.combine(made_on, time(), tzinfo=UTC),
        )
    except typst.TypstError as error:
        if "SVG" in error.message:
            raise LabelFailed(
                "The logo cannot be drawn: {reason}. Save it as {png}.",
                reason=error.message,
                png=logo_names.NAMES[1],
            ) from error
        raise LabelFailed("The labels could not be set: {reason}.", reason=error.message) from error
    if warnings or not isinstance(pdf, bytes):
        said = "; ".join(warning.message for warning in warnings)
        raise LabelFailed("The labels could not be set as they should be: {reason}.", reason=said)
    return pdf


def _refuse_what_is_too_long(reports: list[dict[str, str]]) -> None:
    """Refuse the titles first: an address that is too long is so on many labels at once."""
    titles = _listed(reports, "title", with_language=True)
    if titles:
        raise LabelFailed(
            "These titles are too long for their labels even at 6 pt: {titles}. Shorten them, take "
            "a stock with larger labels, or put fewer languages on labels (label_languages in "
            "museum.toml).",
            titles=titles,
        )
    addresses = _listed(reports, "address")
    if addresses:
        raise LabelFailed(
            "The address is too long for these labels even at 6 pt: {labels}. "
            "Give the guide a shorter host name.",
            labels=addresses,
        )
    if reports:
        raise LabelFailed(
            "The line “Scan the code …” or the words beside the titles are too long even at 6 "
            "pt. Shorten them."
        )


def _listed(reports: list[dict[str, str]], what: str, *, with_language: bool = False) -> str:
    """List the labels with such a report, each once, though it has many copies."""
    lines = [
        f"{each['number']} ({each['code']})"
        + (f" {each['title_language']}" if with_language else "")
        for each in reports
        if each["what"] == what
    ]
    return ", ".join(dict.fromkeys(lines))
