from __future__ import annotations

import pytest

from audioguide.content.lines import LineMap, table_of

LINES = LineMap('[museum]\ntimezone = "x"\n\n[[ stop ]]\nnumber = 1\n\n[[stop]]\n  code = "2"\n')


def test_a_key_is_found_in_its_own_table() -> None:
    assert LINES.line("museum", 0, "timezone") == 2
    assert LINES.line("stop", 0, "number") == 5
    assert LINES.line("stop", 1, "code") == 8


def test_a_key_that_is_not_there_is_found_at_its_table() -> None:
    assert LINES.line("stop", 1, "number") == 7


def test_a_table_that_is_not_there_is_found_at_the_beginning() -> None:
    assert LINES.line("tour") == LINES.line("stop", 2) == 1


def test_a_part_of_a_name_may_stand_in_quotation_marks() -> None:
    lines = LineMap('[language."uz-Latn"]\nname = "O"\n\n[ language . "not a tag" ]\n')
    assert lines.line("language.uz-Latn", 0, "name") == 2
    assert lines.line("language.not a tag") == 4


@pytest.mark.parametrize(
    ("line", "table"),
    [
        ("[museum]", "museum"),
        (" [[ stop ]]  # the first", "stop"),
        ("[language.'uz-Latn']", "language.uz-Latn"),
        ('[language . "a b"]', "language.a b"),
        ("stops = [", None),
        ("# [museum]", None),
    ],
)
def test_a_line_opens_a_table_or_none(line: str, table: str | None) -> None:
    assert table_of(line) == table
