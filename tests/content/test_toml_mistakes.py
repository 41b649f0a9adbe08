from __future__ import annotations

import tomllib

import pytest

from audioguide.content.mistakes import Mistakes
from audioguide.content.toml_mistakes import add_toml_mistake

BEFORE = '[museum]\ntimezone = "Asia/Almaty"\n\n[[stop]]\nslug = "alash"\n'
AFTER = 'hall = "exposition"\n'
LINE = BEFORE.count("\n") + 1


def said_of(written: str) -> tuple[int, str]:
    text = f"{BEFORE}{written}\n{AFTER}"
    mistakes = Mistakes("museum.toml")
    try:
        tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        add_toml_mistake(text, error, mistakes)
    (found,) = mistakes.findings
    return int(found.where.partition(":")[2]), f"{found.what} {found.do}"


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ('code = "111YR', "A quotation mark is not closed"),
        ("code = '111YR", "A quotation mark is not closed"),
        ("code = \"111YR'", "A quotation mark is not closed"),
        ("code = “111YR”", "These quotation marks are not the straight ones"),
        ("code = «111YR»", "These quotation marks are not the straight ones"),
        ("code = „111YR“", "These quotation marks are not the straight ones"),
        ("code = ‘111YR’", "These quotation marks are not the straight ones"),
        ('code = "111YR”', "ends with another quotation mark"),
        ('code = "say "hi" now"', "Inside the text stand quotation marks"),
        ("kind = section", 'Write: kind = "section"'),
        ("approved_by = Name, position", 'Write: approved_by = "Name, position"'),
        ("opens = 09:00", 'Write: opens = "09:00"'),
        ("approved_on = 22.11.2026", "2026-11-22"),
        ("approved_on = 22/11/2026", "2026-11-22"),
        ("approved_on = 22-11-2026", "2026-11-22"),
        ("approved_on = 2026.11.22", "2026-11-22"),
        ("approved_on = 2026-2-3", "2026-02-03"),
        ("approved_on = 22 ноября 2026", "2026-11-22"),
        ("approved_on = 22 ноября 2026 г.", "2026-11-22"),
        ("approved_on = 5 қараша 2026 ж.", "2026-11-05"),
        ("approved_on = 5 May 2026", "2026-05-05"),
        ("approved_on = 2026-02-30", "no day of the calendar"),
        ("number = 10,5", "Write digits alone"),
        ("number = 1 000", "1000"),
        ("number = 05", "Write digits alone"),
        ("number = №5", "Write digits alone"),
        ("number = 5,", "Behind the value stands something more"),
        ('code = "x",', "Behind the value stands something more"),
        ("number = 5;", "Behind the value stands something more"),
        ("minutes = 10 min", "Behind the value stands something more"),
        ("published = True", "Write true or false"),
        ("published = FALSE", "Write true or false"),
        ("published = да", "Write true or false"),
        ("published = иә", "Write true or false"),
        ("phone =", "Behind phone = the value is missing"),
        ("phone", "Here stands no sign ="),
        ('phone: "x"', "Behind phone stands a colon"),
        ('phone == "x"', "Here stand two signs ="),
        ("= 5", "The key in front of = is missing"),
        ("my key = 5", "is no key"),
        ('cоde = "x"', "letters that are not Latin: о"),
        ("номер = 5", "letters that are not Latin"),
        ("[[stоp]]", "letters that are not Latin: о"),
        ("// a note", "A note of your own begins with #"),
        ("[[stop]", "A bracket is missing"),
        ("[stop]]", "A bracket is missing"),
        ("[museum", "A bracket is missing"),
        ("[ [stop] ]", "A bracket is missing"),
        ("[[stop]] number = 5", "Write it into the next line"),
        ("[museum]", "[museum] stands twice"),
        ("stops = [0, 13", "The list stops is not closed"),
        ("stops = [0 13 1]", "A comma is missing"),
        ('days = ["monday" "tuesday"]', "A comma is missing"),
        ("days = [monday, tuesday]", 'Write each with quotation marks: "monday"'),
        ('days = [“monday”, "tuesday"]', "not the straight ones"),
        ("stops = (0, 1)", "A list stands in square brackets"),
        ('path = "C:\\media"', "A backslash"),
        ('path = "C:\\"', "A backslash"),
        ('about = """abc', "never ends"),
        ('x = {days = "x"', "This line is not written as the program reads it"),
        ("a = " + "[" * 5000, "This line is not written as the program reads it"),
        ("a = " + "9" * 5000, "is not a whole number"),
    ],
)
def test_a_mistake_of_the_hand_is_said_in_its_line_and_in_plain_words(
    written: str, said: str
) -> None:
    line, found = said_of(written)
    assert (line, said in found) == (LINE, True), found


@pytest.mark.parametrize("written", ['slug = "famine"', 'code = "a"\nslug = "b"'])
def test_a_key_that_stands_twice_may_be_a_forgotten_block(written: str) -> None:
    line, found = said_of(written)
    assert line == LINE + written.count("\n")
    assert found.startswith(f"slug stands twice in one block, first in line {LINE - 1}.")
    assert "[[stop]]" in found


def test_a_list_that_goes_on_over_lines_is_found_where_it_opens() -> None:
    line, found = said_of("stops = [0, 13,\n1, 2")
    assert (line, found) == (LINE, "The list stops is not closed. Write ] at its end.")


def test_tabs_are_no_mistake() -> None:
    assert tomllib.loads("\tnumber\t=\t5\n") == {"number": 5}
