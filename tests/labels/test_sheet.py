from __future__ import annotations

from dataclasses import replace
from itertools import islice

import pytest

from audioguide.errors import AskedWrongly
from audioguide.labels.sheet import cells, symbol_side_mm
from audioguide.labels.stocks import find_stock

L7163 = find_stock("L7163")


def test_the_symbol_on_l7163_is_27_and_a_half_millimetres() -> None:
    assert symbol_side_mm(L7163, 29) == pytest.approx(27.51, abs=0.005)


def test_a_symbol_is_never_wider_than_30_millimetres() -> None:
    assert symbol_side_mm(replace(L7163, label_height_mm=67.7), 29) == 30.0


def test_a_stock_that_leaves_less_than_25_millimetres_is_refused() -> None:
    with pytest.raises(AskedWrongly, match=r"13\.\d mm"):
        symbol_side_mm(replace(L7163, label_height_mm=20.0), 29)


def test_the_labels_of_l7163_lie_in_the_middle_of_the_sheet() -> None:
    last = list(islice(cells(L7163), 14))[-1]
    assert last.x_mm + L7163.label_width_mm + L7163.x0_mm == pytest.approx(210)
    assert last.y_mm + L7163.label_height_mm + L7163.y0_mm == pytest.approx(297)


def test_cells_go_along_the_row_before_they_go_down() -> None:
    assert [(cell.column, cell.row) for cell in islice(cells(L7163), 3)] == [
        (0, 0),
        (1, 0),
        (0, 1),
    ]


def test_the_fifteenth_label_begins_a_second_sheet() -> None:
    fifteenth = list(islice(cells(L7163), 15))[-1]
    assert (fifteenth.page, fifteenth.row, fifteenth.column) == (1, 0, 0)


def test_a_stock_is_found_whatever_the_case() -> None:
    assert find_stock("l7163") is L7163


def test_an_unknown_stock_is_refused_with_those_that_are_known() -> None:
    with pytest.raises(AskedWrongly, match=r"“L9999”.* L7163"):
        find_stock("L9999")


def test_a_stock_too_small_is_taken_when_the_size_is_forced() -> None:
    side_mm = symbol_side_mm(replace(L7163, label_height_mm=20.0), 29, force_size=True)
    assert side_mm == pytest.approx(13.3, abs=0.05)


@pytest.mark.parametrize("force_size", [False, True])
def test_under_four_printer_dots_a_module_nothing_is_made(force_size: bool) -> None:
    with pytest.raises(AskedWrongly, match=r"3\.9 dots .* needs 4"):
        symbol_side_mm(replace(L7163, label_height_mm=15.3), 29, force_size=force_size)


def test_a_label_of_almost_nothing_is_refused() -> None:
    with pytest.raises(AskedWrongly, match=r"0\.0 dots"):
        symbol_side_mm(replace(L7163, label_height_mm=2.0), 29, force_size=True)


@pytest.mark.parametrize("cell", [0, -1, 15])
def test_a_cell_that_the_sheet_does_not_have_is_refused(cell: int) -> None:
    with pytest.raises(AskedWrongly, match=rf"no cell {cell} on L7163.* 1 to 14"):
        next(cells(L7163, cell))


def test_a_used_sheet_goes_on_at_its_next_cell() -> None:
    fourteenth, fifteenth = islice(cells(L7163, 14), 2)
    assert (fourteenth.page, fourteenth.row, fourteenth.column) == (0, 6, 1)
    assert (fifteenth.page, fifteenth.row, fifteenth.column) == (1, 0, 0)
