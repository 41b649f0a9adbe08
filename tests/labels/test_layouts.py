from __future__ import annotations

import re
import zlib
from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

import cv2
import numpy as np
import pypdfium2
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from audioguide.errors import LabelFailed
from audioguide.labels.cutting import with_room_for_marks
from audioguide.labels.drawing import Label, Placed, Words, describe, place
from audioguide.labels.options import Options
from audioguide.labels.pdf import typeset
from audioguide.labels.reading import read_back
from audioguide.labels.stock import Stock
from audioguide.labels.stocks import POSTER, STOCKS, find_stock

if TYPE_CHECKING:
    from labels.conftest import MakeLabel

DAY = date(2026, 11, 22)
NAMES = [*STOCKS, "60x50 3x5", "50x80 4x3"]
LAYOUTS = pytest.mark.parametrize("name", NAMES)
# The upright label of 50 mm is too narrow for a title of 55 letters.
ROOMY = pytest.mark.parametrize("name", NAMES[:-1])
LONG = (
    "Мемлекеттік қауіпсіздік комитетінің ішкі түрмесі",
    "Внутренняя тюрьма Комитета государственной безопасности",
    "The inner prison of the Committee for State Security",
)


def set_on(
    stock: Stock, placed: Sequence[Placed], *, draft: bool = False, cut_marks: bool = False
) -> bytes:
    words = Words()
    return typeset(describe(placed, stock, draft=draft, cut_marks=cut_marks, words=words), DAY)


def pages(pdf: bytes, dots_per_inch: int = 300) -> list[np.ndarray]:
    document = pypdfium2.PdfDocument(pdf)
    pictures = [
        page.render(scale=dots_per_inch / 72, grayscale=True).to_numpy().squeeze().copy()
        for page in document
    ]
    document.close()
    return pictures


def around(picture: np.ndarray, placed: Placed, half_mm: float) -> np.ndarray:
    pixel_mm = 25.4 / 300
    x, y = placed.centre_x_mm / pixel_mm, placed.centre_y_mm / pixel_mm
    half = half_mm / pixel_mm
    return np.ascontiguousarray(
        picture[
            max(0, round(y - half)) : round(y + half), max(0, round(x - half)) : round(x + half)
        ]
    )


def opencv_reads(picture: np.ndarray, placed: Placed) -> str:
    """Read one symbol; OpenCV misses one in some hundred, and like a phone may look again."""
    symbol = around(picture, placed, placed.side_mm / 2 + placed.quiet_mm)
    detector = cv2.QRCodeDetector()
    nearer = cv2.resize(symbol, None, fx=1.5, fy=1.5, interpolation=cv2.INTER_AREA)
    return detector.detectAndDecode(symbol)[0] or detector.detectAndDecode(nearer)[0]


@LAYOUTS
@pytest.mark.parametrize("draft", [False, True])
def test_opencv_reads_every_symbol_of_every_layout(
    museum_labels: tuple[Label, ...], name: str, draft: bool
) -> None:
    stock = find_stock(name)
    placed = place(museum_labels[3:9], stock)
    pictures = pages(set_on(stock, placed, draft=draft))
    read = [opencv_reads(pictures[each.cell.page], each) for each in placed]
    assert read == [each.label.payload for each in placed]


@LAYOUTS
def test_all_stops_of_the_museum_fit_and_read_back(
    museum_labels: tuple[Label, ...], name: str
) -> None:
    stock = find_stock(name)
    placed = place(museum_labels, stock)
    assert read_back(set_on(stock, placed), placed).symbols == 18


@ROOMY
def test_nothing_runs_out_of_its_label(make_label: MakeLabel, name: str) -> None:
    stock = find_stock(name)
    (placed,) = place([make_label(118, titles=LONG)], stock)
    ink = pages(set_on(stock, [placed]))[0] < 128
    pixel_mm, edge_mm = 25.4 / 300, 1.5
    left, top = placed.cell.x_mm + edge_mm, placed.cell.y_mm + edge_mm
    right = placed.cell.x_mm + stock.label_width_mm - edge_mm
    bottom = placed.cell.y_mm + stock.label_height_mm - edge_mm
    ink[
        round(top / pixel_mm) : round(bottom / pixel_mm),
        round(left / pixel_mm) : round(right / pixel_mm),
    ] = False
    assert not ink.any()


@ROOMY
def test_text_is_never_smaller_than_6_points(make_label: MakeLabel, name: str) -> None:
    stock = find_stock(name)
    document = pypdfium2.PdfDocument(set_on(stock, place([make_label(118, titles=LONG)], stock)))
    sizes = [
        item.get_font_size() * item.get_matrix().a
        for item in document[0].get_objects()
        if isinstance(item, pypdfium2.PdfTextObj)
    ]
    document.close()
    assert min(sizes) > 5.99


@LAYOUTS
def test_everything_is_pure_black_on_white(make_label: MakeLabel, name: str) -> None:
    stock = find_stock(name)
    stock = with_room_for_marks(stock)
    pdf = set_on(stock, place([make_label()], stock), cut_marks=True)
    drawn = []
    for found in re.finditer(rb"stream\r?\n(.*?)\r?\nendstream", pdf, re.DOTALL):
        try:
            drawn.append(zlib.decompress(found[1]))
        except zlib.error:
            continue
    inks = re.findall(
        rb"([\d.]+) (scn|SCN|rg|RG|g|G|k|K)\b", b"\n".join(d for d in drawn if b" Tf" in d)
    )
    assert {value for value, _ in inks} <= {b"0", b"1"}
    assert {operator for _, operator in inks} <= {b"scn", b"SCN"}


@LAYOUTS
def test_the_languages_stand_in_their_order(make_label: MakeLabel, name: str) -> None:
    stock = find_stock(name)
    pdf = set_on(stock, place([make_label(titles=("Бір", "Два", "Three"))], stock))
    document = pypdfium2.PdfDocument(pdf)
    said = document[0].get_textpage().get_text_range()
    document.close()
    assert said.index("Бір") < said.index("Два") < said.index("Three")


@pytest.mark.parametrize("name", ["A6", "A5"])
def test_a_plaque_calls_in_three_languages(make_label: MakeLabel, name: str) -> None:
    stock = find_stock(name)
    document = pypdfium2.PdfDocument(set_on(stock, place([make_label()], stock)))
    said = document[0].get_textpage().get_text_range().split()
    document.close()
    for word in ("Тыңдау", "Слушать", "Listen", "guide.museum.kz/q/7k2mx"):
        assert said.count(word) == 1


def test_a_word_with_a_hyphen_does_not_break_where_it_fits_its_line(
    make_label: MakeLabel,
) -> None:
    stock = find_stock("L7163")
    title = "Карта исправительно-трудовых лагерей в Казахстане"
    document = pypdfium2.PdfDocument(
        set_on(stock, place([make_label(5, titles=(title, title, title))], stock))
    )
    said = document[0].get_textpage().get_text_range()
    document.close()
    assert said.count("исправительно-трудовых") == 1  # what is the same in all three stands once


def test_the_call_without_a_glyph_is_refused(make_label: MakeLabel) -> None:
    stock = find_stock("A6")
    call = {"kk": "聞", "ru": "Слушать", "en": "Listen"}
    with pytest.raises(LabelFailed, match=r"“聞” in the language kk .*U\+805E"):
        describe(
            place([make_label()], stock),
            stock,
            draft=False,
            words=Words(call=call),  # type: ignore[arg-type]
        )


def test_a_start_cell_leaves_the_cells_before_it_empty(make_label: MakeLabel) -> None:
    stock = find_stock("3474")
    placed = place([make_label()], stock, Options(start_cell=11))
    ink = pages(set_on(stock, placed))[0] < 128
    rows, columns = np.flatnonzero(ink.any(axis=1)), np.flatnonzero(ink.any(axis=0))
    pixel_mm = 25.4 / 300
    assert rows[0] * pixel_mm > 3 * 37
    assert rows[-1] * pixel_mm < 4 * 37
    assert columns[0] * pixel_mm > 70
    assert columns[-1] * pixel_mm < 140


def test_a_shift_moves_everything_by_that_much(make_label: MakeLabel) -> None:
    stock = find_stock("L7163")
    (straight,), (shifted,) = (
        [
            np.argwhere(picture < 128).min(axis=0)
            for picture in pages(set_on(stock, place([make_label()], stock, options)), 254)
        ]
        for options in (Options(), Options(dx_mm=-1.2, dy_mm=0.8))
    )
    assert list(shifted - straight) == pytest.approx([8, -12], abs=1)


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    name=st.sampled_from(NAMES),
    number=st.integers(0, 999),
    titles=st.tuples(
        *[st.text(alphabet="АӘбҒғЩщІҚ -«»1Wm.", min_size=1, max_size=70) for _ in range(3)]
    ),
    draft=st.booleans(),
)
def test_whatever_the_titles_are_the_symbol_reads_or_the_label_is_named(
    make_label: MakeLabel, name: str, number: int, titles: tuple[str, str, str], draft: bool
) -> None:
    stock = find_stock(name)
    placed = place([make_label(number, titles=titles)], stock)
    try:
        outcome = str(read_back(set_on(stock, placed, draft=draft), placed).symbols)
    except LabelFailed as error:
        outcome = str(error)
    assert outcome == "1" or f"{number} (7K2MX)" in outcome
    assert "This is a bug" not in outcome


@settings(max_examples=25, deadline=None)
@given(
    name=st.sampled_from(sorted(STOCKS)),
    start=st.integers(1, 24),
    copies=st.integers(1, 5),
)
def test_every_copy_has_a_cell_of_its_own(name: str, start: int, copies: int) -> None:
    stock = find_stock(name)
    start = 1 + (start - 1) % stock.cells_per_page
    labels = [
        Label(number, f"7K2M{number}", f"https://A.KZ/Q/7K2M{number}", "a.kz", {}, f"{number}")
        for number in range(4)
    ]
    placed = place(labels, stock, Options(start_cell=start, copies=copies))
    assert len({each.cell for each in placed}) == len(placed) == 4 * copies
    first = placed[0].cell
    assert first.row * stock.columns + first.column == start - 1
    assert [each.label.number for each in placed] == sorted(each.label.number for each in placed)


def test_the_poster_is_no_stock() -> None:
    assert POSTER not in STOCKS.values()
