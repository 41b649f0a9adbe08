from __future__ import annotations

import io
from datetime import date
from pathlib import Path

import numpy as np
import pypdfium2
import pytest
from PIL import Image

from audioguide.errors import AskedWrongly, LabelFailed
from audioguide.labels.calibration import make_calibration
from audioguide.labels.options import Options
from audioguide.labels.stocks import find_stock
from audioguide.languages import Language

DAY = date(2026, 11, 22)
HOW_TO = {Language("kk"): "Өлшеңіз.", Language("ru"): "Измерьте.", Language("en"): "Measure."}


def page(pdf: Path, dots_per_inch: int = 254) -> np.ndarray:
    document = pypdfium2.PdfDocument(pdf)
    drawn = document[0].render(scale=dots_per_inch / 72, grayscale=True)
    picture: np.ndarray = drawn.to_numpy().squeeze()
    document.close()
    return picture.copy()


def make(out: Path, name: str = "L7163", options: Options | None = None) -> Path:
    return make_calibration(
        find_stock(name), out, made_on=DAY, how_to=HOW_TO, options=options or Options()
    ).pdf


def test_the_outline_of_the_first_cell_is_where_the_stock_says(tmp_path: Path) -> None:
    ink = page(make(tmp_path)) < 200
    # Ten pixels a millimetre; between the cell's number and its lower edge nothing else stands.
    row = np.flatnonzero(ink[450, :1000])
    assert row[0] == pytest.approx(46.5, abs=1.5)
    column = np.flatnonzero(ink[:500, 300])
    assert column[0] == pytest.approx(151.5, abs=1.5)


def test_the_rulers_count_millimetres_from_the_edges_of_the_paper(tmp_path: Path) -> None:
    ink = page(make(tmp_path)) < 200
    # Every tenth stroke of the ruler across is 4 mm long, and ends on the middle of the page.
    strokes = [at for at in range(10, 2090) if ink[1462:1468, at].all()]
    tens = {round(at / 100) * 100 for at in strokes if abs(at - round(at / 100) * 100) <= 1}
    assert tens >= set(range(100, 1000, 100))


def test_a_shift_moves_the_outlines(tmp_path: Path) -> None:
    straight = page(make(tmp_path / "one")) < 128
    shifted = page(make(tmp_path / "two", options=Options(dx_mm=2.0))) < 128
    assert np.flatnonzero(shifted[450])[0] - np.flatnonzero(straight[450])[0] == 20


@pytest.mark.parametrize("name", ["L7160", "3474", "A6", "60x40 3x7"])
def test_the_page_says_how_to_measure_in_three_languages(tmp_path: Path, name: str) -> None:
    document = pypdfium2.PdfDocument(make(tmp_path, name))
    said = document[0].get_textpage().get_text_range()
    document.close()
    for words in HOW_TO.values():
        assert words in said


def numbers(pdf: Path) -> dict[str, float]:
    """Return the numbers of cells, and how many millimetres from the top each stands."""
    document = pypdfium2.PdfDocument(pdf)
    page = document[0]
    text = page.get_textpage()
    found = {}
    for item in page.get_objects():
        if isinstance(item, pypdfium2.PdfTextObj):
            size = item.get_font_size() * item.get_matrix().a
            if size == pytest.approx(16, abs=0.1):
                left, bottom, right, top = item.get_bounds()
                said = text.get_text_bounded(left - 1, bottom - 1, right + 1, top + 1)
                found[said.strip()] = (page.get_height() - top) / 72 * 25.4
    document.close()
    return found


def test_every_cell_that_the_words_leave_free_has_its_number(tmp_path: Path) -> None:
    assert set(numbers(make(tmp_path))) == {str(n) for n in range(1, 15)} - {"9", "10"}


@pytest.mark.parametrize("stock", ["L7163", "L7160", "L7165", "3474", "3475", "3422"])
def test_no_number_stands_on_the_ruler_or_under_the_words(tmp_path: Path, stock: str) -> None:
    page = make(tmp_path, stock)
    for number, y_mm in numbers(page).items():
        assert not 145 < y_mm < 154.5, number
        assert not 160 < y_mm < 194, number


def test_the_preview_has_the_size_of_the_page(tmp_path: Path) -> None:
    make(tmp_path, "A6")
    content = (tmp_path / "calibration-A6.png").read_bytes()
    with Image.open(io.BytesIO(content)) as picture:
        across_mm = picture.width / picture.info["dpi"][0] * 25.4
    assert across_mm == pytest.approx(105, abs=0.3)


def test_words_without_a_glyph_are_refused(tmp_path: Path) -> None:
    with pytest.raises(LabelFailed, match=r"U\+6F22"):
        make_calibration(
            find_stock("L7163"), tmp_path, made_on=DAY, how_to={**HOW_TO, Language("en"): "漢"}
        )
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_a_file_is_asked_wrongly(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(AskedWrongly, match="is a file"):
        make(tmp_path / "file")
