from __future__ import annotations

import tomllib

import pytest

from audioguide.content.blocks import block, value, with_block

STRUCTURE = """# The museum.
[museum]
timezone = "Asia/Almaty"  # ours

# The stops:
#   in the order of the walk

[[stop]]
number = 1
# hall = "yard"

[[stop]]
number = 2  # the second
# said of the second

# The tours stand below.
# Two of them.

[[tour]]
slug = "a"
stops = [
    1,  # first
    2,
]
"""


def test_a_block_stands_behind_the_last_of_its_like_and_nothing_else_moves() -> None:
    changed = with_block(STRUCTURE, "stop", {"number": 3})
    assert changed is not None
    before, after = STRUCTURE.split("# The tours")
    assert changed == f"{before}[[stop]]\nnumber = 3\n\n# The tours{after}"


def test_a_block_may_stand_before_another() -> None:
    changed = with_block(STRUCTURE, "stop", {"number": 3}, 1)
    assert changed is not None
    assert [stop["number"] for stop in tomllib.loads(changed)["stop"]] == [1, 3, 2]
    assert changed.replace("[[stop]]\nnumber = 3\n\n", "") == STRUCTURE


def test_remarks_that_touch_the_next_block_belong_to_it() -> None:
    text = "[[stop]]\nnumber = 1\n\n# of the tour\n[[tour]]\nslug = 'a'\n"
    changed = with_block(text, "stop", {"number": 2})
    assert changed == text.replace("# of", "[[stop]]\nnumber = 2\n\n# of")


@pytest.mark.parametrize("header", ['[language."uz-Latn"]', "[language.'uz-Latn']"])
def test_a_table_in_quotation_marks_is_one_that_follows(header: str) -> None:
    text = f"[[stop]]\nnumber = 1\n\n{header}\nname = 'O'\n"
    changed = with_block(text, "stop", {"number": 2})
    assert changed == text.replace(header, f"[[stop]]\nnumber = 2\n\n{header}")


def test_the_last_block_of_a_file_and_the_first_of_its_kind_stand_at_the_end() -> None:
    for name in ("tour", "hall"):
        changed = with_block(STRUCTURE, name, {"slug": "b", "stops": [1]})
        assert changed == f'{STRUCTURE}\n[[{name}]]\nslug = "b"\nstops = [1]\n'


def test_the_line_ends_of_windows_stay() -> None:
    changed = with_block(STRUCTURE.replace("\n", "\r\n"), "stop", {"number": 3})
    assert changed is not None
    assert changed.count("\n") == changed.count("\r\n") == STRUCTURE.count("\n") + 3


@pytest.mark.parametrize(
    "text",
    [
        'stop = [{number = 1}]\n[museum]\nname = "x"\n',
        '[[stop]]\nnumber = 1\nsaid = """\n[[stop]]\n"""\n[museum]\n',
    ],
)
def test_a_file_that_is_written_otherwise_is_left_alone(text: str) -> None:
    tomllib.loads(text)
    assert with_block(text, "stop", {"number": 2}) is None or tomllib.loads(
        with_block(text, "stop", {"number": 2}) or ""
    )["stop"] == [*tomllib.loads(text)["stop"], {"number": 2}]


@pytest.mark.parametrize("written", ['say "x"', "back\\slash", "тау\ttab", "\x7f", "…", ""])
def test_a_text_is_read_as_it_was(written: str) -> None:
    assert tomllib.loads(f"x = {value(written)}")["x"] == written


def test_a_block_has_a_line_for_each_value() -> None:
    written = block("[[stop]]", {"number": 3, "published": False, "names": ["a", "b"]})
    assert written == '[[stop]]\nnumber = 3\npublished = false\nnames = ["a", "b"]\n'
