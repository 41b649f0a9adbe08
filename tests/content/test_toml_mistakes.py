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
        ("approved_on = 22. Dezember 2026", "2026-12-22"),
        ("approved_on = 5. März 2026", "2026-03-05"),
        ("approved_on = 22-noyabr 2026", "2026-11-22"),
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
        ("days = monday, tuesday", 'Write: days = ["monday", "tuesday"]'),
        ('days = ("monday")', 'Write: days = ["monday"]'),
        ("stops = 0, 13, 1", "Write: stops = [0, 13, 1]"),
        ("stops = (13, 2)", "Write: stops = [13, 2]"),
        ("[музей]", "English words"),
        ("published = нет пока", "Write true or false"),
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


TEXTS = [
    ("code", "24VRB"), ("code", "111YR"), ("network", "9-alzhir"), ("slug", "alzhir"),
    ("phone", "8-7252-21-01-40"), ("phone", "+7 701 222"), ("phone", "8 (7252) 21-01-40"),
    ("opens", "09:00"), ("closes", "18:00"), ("opens", "9-00"), ("email", "museum@example.kz"),
    ("website", "https://museum.kz/#about"), ("map_url", "https://go.2gis.com/abc12"),
    ("currency", "KZT"), ("timezone", "Asia/Almaty"), ("approved_by", "Айгуль С., директор"),
    ("approved_by", "22.11.2026"), ("kind", "section"), ("hall", "2-зал"), ("name", "да"),
]  # fmt: skip


@pytest.mark.parametrize(("key", "text"), TEXTS)
@pytest.mark.parametrize("behind", ["", ",", " ;", "  # a note"])
def test_a_text_without_quotation_marks_gets_them_and_loses_nothing(
    key: str, text: str, behind: str
) -> None:
    line, found = said_of(f"{key} = {text}{behind}")
    assert line == LINE
    advice = found.partition("Write: ")[2]
    assert tomllib.loads(advice) == {key: text}


def test_quotation_marks_inside_a_bare_text_are_kept_readable() -> None:
    _, found = said_of('approved_by = ТОО "Музей", Айгуль')
    assert tomllib.loads(found.partition("Write: ")[2]) == {"approved_by": 'ТОО "Музей", Айгуль'}


DAYS = [
    "22.11.26", "22/11/26", "22.XI.2026", "22 XI 2026", "22.ХІ.2026", "22 нояб. 2026",
    "22 ноября 26",
    "22 ноября 2026 года", "«22» ноября 2026 г.", '"22" ноября 2026 г.', "2026 жылғы 22 қараша",
    "2026 ж. 22 қараша", "22 қараша 2026 жыл", "22 қар. 2026", "2026 жылғы 22 қарашада",
    "November 22, 2026", "22 Nov 2026", "22nd of November 2026", "Nov. 22 2026", "11/22/2026",
    "22-ноября-2026", "22. 11. 2026", "22 - 11 - 2026", "2026/11/22", "2026 11 22", '"22.11.2026',
    "22.11.2026,", "22.11.2026 # a note", "“22.11.2026”",
]  # fmt: skip


@pytest.mark.parametrize("key", ["approved_on", "notice_until"])
@pytest.mark.parametrize("day", DAYS)
def test_a_day_is_understood_however_it_is_written_here(key: str, day: str) -> None:
    line, found = said_of(f"{key} = {day}")
    assert (line, found.endswith(": 2026-11-22")) == (LINE, True), found


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("5 маусым 2026", "2026-06-05"),
        ("5 мамыр 2026", "2026-05-05"),
        ("5 мая 2026", "2026-05-05"),
        ("5 марта 2026", "2026-03-05"),
        ("5 наурыз 2026", "2026-03-05"),
        ("5 қаңтар 2026", "2026-01-05"),
        ("5 қазан 2026", "2026-10-05"),
        ("5 шілдеде 2026", "2026-07-05"),
        ("5 сент. 2026", "2026-09-05"),
        ("5.V.2026", "2026-05-05"),
    ],
)
def test_months_that_begin_alike_are_told_apart(written: str, meant: str) -> None:
    assert said_of(f"approved_on = {written}")[1].endswith(f": {meant}")


@pytest.mark.parametrize(
    "written",
    [
        "31.02.2026",
        "1.13.2026",
        "2026-13-01",
        "31 апреля 2026",
        "30.II.2026",
        "0.0.2026",
        "99.99.99",
    ],
)
def test_a_day_that_does_not_exist_is_never_suggested(written: str) -> None:
    _, found = said_of(f"approved_on = {written}")
    assert found == f"{written} is no day of the calendar. Write a day that there is."


@pytest.mark.parametrize(
    "written", ["вчера", "26-11-22", "ноябрь", "XI", "22", "5.2026", "1.2.3.4"]
)
def test_a_day_that_is_not_sure_is_shown_by_an_example(written: str) -> None:
    try:
        assert said_of(f"approved_on = {written}")[1].endswith(": 2026-11-22")
    except ValueError:  # a number is right to tomllib: the key's own rule says it
        assert written.replace(".", "").isdigit()


@pytest.mark.parametrize("written", ["9" * 9000, "ма" * 4000, "22." * 3000, "(" * 9000])
@pytest.mark.parametrize("key", ["approved_on", "code", "days", "published"])
def test_a_long_value_is_told_shortly(key: str, written: str) -> None:
    _, found = said_of(f"{key} = {written}x")
    assert len(found) < 300
