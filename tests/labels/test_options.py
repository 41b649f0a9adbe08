from __future__ import annotations

import pytest

from audioguide.errors import AskedWrongly
from audioguide.labels.options import Options


@pytest.mark.parametrize("copies", [0, -1, 101])
def test_copies_that_cannot_be_meant_are_refused(copies: int) -> None:
    with pytest.raises(AskedWrongly, match=f"{copies} copies"):
        Options(copies=copies)


@pytest.mark.parametrize("shift_mm", [5.1, -5.1, float("inf"), float("nan")])
def test_a_shift_that_no_printer_has_is_refused(shift_mm: float) -> None:
    for options in ({"dx_mm": shift_mm}, {"dy_mm": shift_mm}):
        with pytest.raises(AskedWrongly, match="at most 5 mm"):
            Options(**options)  # type: ignore[arg-type]


def test_without_options_one_of_each_label_begins_a_new_sheet() -> None:
    options = Options()
    assert (options.start_cell, options.copies, options.shift_mm) == (1, 1, (0, 0))
    assert not options.cut_marks
    assert not options.force_size
