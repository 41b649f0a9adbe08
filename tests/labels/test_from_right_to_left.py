"""Titles from right to left: joined letters, figures and Latin names, as a browser sets them too.

Both are drawn at 600 dots an inch with the same faces at the same size. Of the ink of the one at
least 99 % must lie within three dots (0.13 mm) of the other's, and the line be as wide within 1 %.
"""

from __future__ import annotations

import base64
import re
import zlib
from dataclasses import replace
from datetime import date
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import cv2
import numpy as np
import pypdfium2
import pytest

from audioguide.errors import LabelFailed
from audioguide.labels.address import payload, typed_address
from audioguide.labels.drawing import Label, Placed, Words, describe, place
from audioguide.labels.pdf import typeset
from audioguide.labels.reading import read_back
from audioguide.labels.stocks import find_stock
from audioguide.labels.wording import titles
from audioguide.languages import Language, facts
from audioguide.languages.faces import NOTO_SANS_ARABIC, SOURCE_SANS, Face

if TYPE_CHECKING:
    from playwright.sync_api import Browser

HOST = "https://guide.museum.kz"
AR, DE, EN = Language("ar"), Language("de"), Language("en")
DOTS_PER_INCH = 600
WITHIN_DOTS = 3
JOINED, UNJOINED = "مصباح المنارة", "\u200c".join("مصباح المنارة")
TITLES = (
    JOINED,
    "مصباح سفينة Elbe 3 (1908)",
    "السفينة «Anna» من 1904–1908",
    "12 لوحة، 3.5 متر",
    "لآلئ إلى الأمل؟",
    "كِتَابٌ",
)
MARGIN_MM = {"L7163": 5.3, "L7160": 2.5, "A6": 9.975}
STOCKS = pytest.mark.parametrize("name", MARGIN_MM)


def label(titles: dict[Language, str], number: int = 7) -> Label:
    code = f"7K2{number:02d}"
    return Label(
        number=number,
        code=code,
        payload=payload(HOST, code),
        typed_address=typed_address(HOST, code),
        titles=titles,
        stem=f"{number}-stop",
    )


def set_on(
    name: str, titles: dict[Language, str], call: dict[Language, str] | None = None
) -> tuple[bytes, Placed]:
    placed = place([label(titles)], find_stock(name))
    calls = {each: facts(each).call for each in titles} if call is None else call
    words = Words(call=calls)
    sheet = describe(placed, find_stock(name), draft=False, words=words)
    return typeset(sheet, date(2026, 11, 30)), placed[0]


def edges_mm(pdf: bytes, face: Face) -> list[tuple[float, float]]:
    """Return where each run of a face begins and ends, from the left of the page."""
    document = pypdfium2.PdfDocument(pdf)
    name = face.family.replace(" ", "")
    texts = [each for each in document[0].get_objects() if isinstance(each, pypdfium2.PdfTextObj)]
    found = [each.get_bounds() for each in texts if name in each.get_font().get_base_name()]
    document.close()
    return [(left * 25.4 / 72, right * 25.4 / 72) for left, _, right, _ in found]


def inflated(pdf: bytes) -> bytes:
    """Return the structure of a PDF in plain words."""
    parts = [pdf]
    for found in re.finditer(rb"stream\r?\n(.*?)\r?\nendstream", pdf, re.DOTALL):
        try:
            parts.append(zlib.decompress(found[1]))
        except zlib.error:
            continue
    return b"\n".join(parts)


def ink(pdf: bytes) -> np.ndarray:
    document = pypdfium2.PdfDocument(pdf)
    picture = document[0].render(scale=DOTS_PER_INCH / 72, grayscale=True).to_numpy().squeeze()
    document.close()
    dark: np.ndarray = picture < 128
    return dark


def cut(picture: np.ndarray) -> np.ndarray:
    """Cut off the white around the ink."""
    rows, columns = np.flatnonzero(picture.any(axis=1)), np.flatnonzero(picture.any(axis=0))
    return picture[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]


def under_the_number(pdf: bytes, placed: Placed) -> tuple[np.ndarray, float]:
    """Return the ink of the one title of a wide label, cut out, and its size in points."""
    document = pypdfium2.PdfDocument(pdf)
    page = document[0]
    texts = [each for each in page.get_objects() if isinstance(each, pypdfium2.PdfTextObj)]
    number = max(texts, key=lambda each: each.get_font_size() * each.get_matrix().a)
    foot = page.get_height() - number.get_bounds()[1]
    under = min(texts, key=lambda each: each.get_bounds()[1])
    size = under.get_font_size() * under.get_matrix().a
    document.close()
    dots_mm, dots_pt = DOTS_PER_INCH / 25.4, DOTS_PER_INCH / 72
    right = placed.centre_x_mm + placed.side_mm / 2 + placed.quiet_mm
    last = placed.cell.y_mm + 38.1, placed.cell.x_mm + 99.1
    rows = slice(round(foot * dots_pt + 20), round(last[0] * dots_mm))
    return cut(ink(pdf)[rows, round(right * dots_mm) : round(last[1] * dots_mm)]), size


def font_face(face: Face, file: str, weight: str) -> str:
    spec = find_spec(face.module)
    assert spec is not None
    assert spec.origin is not None
    data = base64.b64encode((Path(spec.origin).parent / "files" / file).read_bytes()).decode()
    source = f"url(data:font/ttf;base64,{data})"
    return f"@font-face {{ font-family: '{face.family}'; font-weight: {weight}; src: {source}; }}"


def in_chromium(browser: Browser, title: str, size: float) -> np.ndarray:
    """Set a title as its label does, in Chromium, and return its ink, cut out."""
    families = f"'{SOURCE_SANS.family}', '{NOTO_SANS_ARABIC.family}'"
    dots = size * DOTS_PER_INCH / 72
    style = f"font: 600 {dots}px {families}; white-space: nowrap; padding: 60px; display: table"
    style += "; text-rendering: geometricPrecision"
    page = browser.new_page(viewport={"width": 3000, "height": 600})
    page.set_content(
        f"<style>{font_face(SOURCE_SANS, SOURCE_SANS.files[2], '600')}"
        f"{font_face(NOTO_SANS_ARABIC, NOTO_SANS_ARABIC.files[0], '100 900')}</style>"
        f'<p lang="ar" dir="rtl" style="{style}">{title}</p>'
    )
    page.evaluate("document.fonts.ready")
    drawn = np.frombuffer(page.locator("p").screenshot(), dtype=np.uint8)
    page.close()
    picture = cv2.imdecode(drawn, cv2.IMREAD_GRAYSCALE)
    assert picture is not None
    return cut(picture < 128)


def alike(one: np.ndarray, other: np.ndarray) -> float:
    """Return how much of the ink of each of two pictures lies near the other's, the lesser part."""
    height, width = (max(each) for each in zip(one.shape, other.shape, strict=True))
    both = [np.zeros((height, width), np.uint8) for _ in range(2)]
    for sheet, picture in zip(both, (one, other), strict=True):
        sheet[: picture.shape[0], -picture.shape[1] :] = picture
    near = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (2 * WITHIN_DOTS + 1,) * 2)
    wide = [cv2.dilate(sheet, near) for sheet in both]
    first, second = both
    return float(
        min((first & wide[1]).sum() / first.sum(), (second & wide[0]).sum() / second.sum())
    )


@pytest.mark.needs_chromium
@pytest.mark.parametrize("title", TITLES)
def test_a_browser_sets_the_same_title_alike(browser: Browser, title: str) -> None:
    printed, size = under_the_number(*set_on("L7163", {AR: title}))
    shown = in_chromium(browser, title, size)
    assert printed.shape[1] == pytest.approx(shown.shape[1], rel=0.01)
    assert alike(printed, shown) >= 0.99


@pytest.mark.needs_chromium
@pytest.mark.parametrize("wrong", [UNJOINED, JOINED[::-1]], ids=["unjoined", "turned round"])
def test_letters_that_do_not_join_or_are_turned_round_are_seen(
    browser: Browser, wrong: str
) -> None:
    printed, size = under_the_number(*set_on("L7163", {AR: JOINED}))
    assert alike(printed, in_chromium(browser, wrong, size)) < 0.9


@STOCKS
def test_a_title_from_the_right_stands_at_the_right_and_another_at_the_left(name: str) -> None:
    titles = {DE: "Kompass", AR: "البوصلة"}
    pdf, placed = set_on(name, titles, call={})
    stock = find_stock(name)
    usual, arabic = edges_mm(pdf, SOURCE_SANS), edges_mm(pdf, NOTO_SANS_ARABIC)
    room = placed.cell.x_mm + stock.label_width_mm - MARGIN_MM[name]
    assert max(right for _, right in arabic) == pytest.approx(room, abs=0.7)
    assert min(left for left, _ in arabic) > min(left for left, _ in usual) + 10
    assert read_back(pdf, [placed]).symbols == 1


def test_a_title_that_stands_in_is_set_as_its_own_language_is() -> None:
    stands_in = replace(label({AR: "Kompass"}), written_in={AR: DE})
    (entry,) = titles(stands_in, stands_in.titles)
    assert (entry["lang"], entry["direction"], entry["language"]) == ("de", "ltr", "ar")


def test_tags_with_a_script_or_a_region_are_set() -> None:
    several = {Language("uz-Latn"): "Xush kelibsiz", Language("pt-BR"): "Olá", EN: "Welcome"}
    pdf, placed = set_on("L7163", several)
    assert read_back(pdf, [placed]).symbols == 1
    assert b"/Lang(uz)" in inflated(pdf)
    assert b"/Lang(pt-BR)" in inflated(pdf)


def test_a_letter_that_no_face_of_its_language_has_is_named() -> None:
    with pytest.raises(LabelFailed, match=r"“中” \(U\+4E2D\)"):
        set_on("L7163", {AR: "مصباح 中"})
    with pytest.raises(LabelFailed, match="characters that cannot be printed"):
        set_on("L7163", {DE: "Der مصباح"})
