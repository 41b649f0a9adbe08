from __future__ import annotations

from pathlib import Path

import pytest

from audioguide.content.drawings.outlines import MOST_POINTS, read_outline
from audioguide.content.mistakes import Mistakes
from museum import REAL_PACK

_SMALL = "The outline is less than 0.01 degrees wide or high."


def read(tmp_path: Path, text: str) -> tuple[object, list[tuple[str, str]]]:
    path = tmp_path / "x.tsv"
    path.write_text(text, encoding="utf-8")
    mistakes = Mistakes("x.tsv")
    outline = read_outline(path, mistakes)
    return outline, [(each.where, str(each.what)) for each in mistakes.findings]


def test_an_outline_has_parts_and_notes(tmp_path: Path) -> None:
    text = "# A note.\n1\t2\n3\t4.5\n1\t4\n\n-1\t-2\n-3\t-4\n-1\t-4\n"
    mainland, island = ((1, 2), (3, 4.5), (1, 4)), ((-1, -2), (-3, -4), (-1, -4))
    assert read(tmp_path, text) == ((mainland, island), [])


@pytest.mark.parametrize(
    ("text", "line", "what"),
    [
        ("1\t2\n1 2\n", 2, "This is no point of an outline."),
        ("1\t2\nnan\t2\n", 2, "This is no point of an outline."),
        ("1\t2\n181\t2\n", 2, "This is no point of an outline."),
        ("1\t2\n1\t86\n", 2, "This is no point of an outline."),
        ("1\t2\t3\n", 1, "This is no point of an outline."),
        ("", 1, "A part of an outline has at least three points."),
        ("# A note alone.\n", 1, "A part of an outline has at least three points."),
        ("1\t2\n3\t4\n", 1, "A part of an outline has at least three points."),
        ("1\t2\n1\t3\n1\t4\n", 1, _SMALL),
        ("0\t60\n5e-324\t60\n0\t70\n", 1, _SMALL),
        ("0\t60\n10\t60.009\n5\t60\n", 1, _SMALL),
        (
            "1\t2\n" * (MOST_POINTS + 1),
            1,
            f"The outline has {MOST_POINTS + 1} points, and at most {MOST_POINTS} are drawn.",
        ),
    ],
)
def test_what_is_no_outline_is_named_with_its_line(
    tmp_path: Path, text: str, line: int, what: str
) -> None:
    assert read(tmp_path, text) == (None, [(f"x.tsv:{line}", what)])


def test_the_outline_of_kazakhstan_is_that_of_kazakhstan() -> None:
    mistakes = Mistakes("x")
    outline = read_outline(REAL_PACK / "drawings/outlines/kazakhstan.tsv", mistakes)
    assert outline is not None
    east = [point[0] for ring in outline for point in ring]
    north = [point[1] for ring in outline for point in ring]
    assert (min(east), max(east)) == pytest.approx((46.5, 87.3), abs=0.2)
    assert (min(north), max(north)) == pytest.approx((40.6, 55.4), abs=0.2)
