from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audioguide.errors import AskedWrongly
from audioguide.labels.custom_stock import EXAMPLE, described, is_description
from audioguide.labels.stocks import find_stock


def test_a_whole_description_is_read() -> None:
    stock = described("63.5x38.1 3x7 margin 7.2,15.1 pitch 66x38.2 page 210x297")
    assert (stock.label_width_mm, stock.label_height_mm) == (63.5, 38.1)
    assert (stock.columns, stock.rows) == (3, 7)
    assert (stock.x0_mm, stock.y0_mm) == (7.2, 15.1)
    assert (stock.pitch_x_mm, stock.pitch_y_mm) == (66.0, 38.2)
    assert (stock.page_width_mm, stock.page_height_mm) == (210.0, 297.0)


def test_labels_lie_close_together_in_the_middle_of_a4_if_nothing_else_is_said() -> None:
    stock = described("60x40 3x7")
    assert (stock.pitch_x_mm, stock.pitch_y_mm) == (60, 40)
    assert (stock.x0_mm, stock.y0_mm) == (15, 8.5)


@pytest.mark.parametrize("text", ["70×37 3×8", " 70 x 37  3 x 8 ", "70X37 3X8", "70х37 3х8"])
def test_the_sign_between_numbers_may_be_any_that_people_type(text: str) -> None:
    assert find_stock(text) == described("70x37 3x8")


def test_its_name_can_be_the_name_of_a_file() -> None:
    assert described("63.5x38.1 3x7").name == "63.5x38.1-3x7"


def test_the_example_can_be_typed() -> None:
    assert find_stock(EXAMPLE).cells_per_page == 24


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("70x37", "does not describe"),
        ("70x37 3x8 margin 0", "does not describe"),
        ("70x37 3x8 margin -1,0", "does not describe"),
        ("70x37 3x8 and more", "does not describe"),
        ("70,5x37,5 3x8", "does not describe"),
        ("1e9x37 3x8", "no stock"),
        ("0x37 3x8", "no label"),
        ("70x37 0x8", "no label"),
        ("70x37 3x8 pitch 60x37", "overlap"),
        ("70x37 3x8 pitch 70x36", "overlap"),
        ("70x37 4x8", "280 x 296.5 mm"),
        ("70x37 3x8 margin 5,0", "215 x 296 mm"),
        ("70x37 3x8 page 148x210", "148 x 210 mm"),
    ],
)
def test_what_cannot_be_a_sheet_is_refused(text: str, said: str) -> None:
    with pytest.raises(AskedWrongly, match=said):
        find_stock(text)


@given(st.text(alphabet="0123456789x×., marginpchge-", max_size=60))
def test_whatever_is_typed_is_a_sheet_or_refused(text: str) -> None:
    try:
        stock = find_stock(text)
    except AskedWrongly:
        return
    last_x_mm = stock.x0_mm + (stock.columns - 1) * stock.pitch_x_mm + stock.label_width_mm
    assert last_x_mm <= stock.page_width_mm + 0.01
    assert is_description(text) or text.strip().upper() == stock.name
