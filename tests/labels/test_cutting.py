from __future__ import annotations

from itertools import islice

from audioguide.labels.cutting import Mark, marks, with_room_for_marks
from audioguide.labels.sheet import cells
from audioguide.labels.stocks import find_stock


def of(name: str, count: int) -> list[Mark]:
    stock = find_stock(name)
    return marks(islice(cells(stock), count), stock)


def test_a_label_alone_has_two_marks_at_each_corner() -> None:
    assert len(of("60x40 2x2 margin 20,20", 1)) == 8


def test_a_mark_is_outside_the_label_on_the_line_of_its_edge() -> None:
    assert Mark(16, 20, 19, 20) in of("60x40 2x2 margin 20,20", 1)
    assert Mark(20, 16, 20, 19) in of("60x40 2x2 margin 20,20", 1)


def test_marks_of_labels_that_touch_lie_on_their_common_edge_and_only_once() -> None:
    found = of("60x40 2x2 margin 20,20", 4)
    assert len(found) == len(set(found)) == 24
    lines = {20.0, 60.0, 80.0, 100.0, 140.0}
    for mark in found:
        assert mark.x1_mm in lines or mark.y1_mm in lines


def test_labels_at_the_edge_of_the_page_have_no_mark_beyond_it() -> None:
    for mark in of("3474", 24):
        assert mark.x1_mm > 0
        assert mark.x2_mm < 210


def test_a_plaque_gets_a_larger_page_for_its_marks() -> None:
    larger = with_room_for_marks(find_stock("A6"))
    assert (larger.page_width_mm, larger.page_height_mm) == (121, 164)
    assert len(marks(islice(cells(larger), 1), larger)) == 8


def test_a_sheet_of_labels_keeps_its_page() -> None:
    sheet = find_stock("L7163")
    assert with_room_for_marks(sheet) is sheet
