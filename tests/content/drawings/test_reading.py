from __future__ import annotations

from pathlib import Path

import pytest

from audioguide.content.drawings.reading import ReadDrawing, read_drawings
from audioguide.languages import LANGUAGES, Language
from drawings import LINE, MAP, add_drawing
from museum import THREE

STOPS = ("famine",)


@pytest.fixture
def media(tmp_path: Path) -> Path:
    return tmp_path / "media"


def read(media: Path, slug: str = "famine") -> ReadDrawing:
    return read_drawings(media, STOPS, THREE)[slug]


def said(media: Path) -> list[str]:
    found = read(media)
    assert found.drawing is None
    return [str(each).removeprefix("media/drawings/") for each in found.findings]


def line_of(points: str, words: str) -> int:
    return points[: points.index(words)].count("\n") + 1


@pytest.mark.parametrize("points", [MAP, LINE])
def test_a_drawing_is_drawn_in_every_language_with_its_words(media: Path, points: str) -> None:
    add_drawing(media, "famine", points)
    drawing = read(media).drawing
    assert drawing is not None
    assert set(drawing.drawn) == set(drawing.captions) == set(LANGUAGES)
    caption = drawing.captions[Language("ru")]
    assert (caption.alternative, caption.credit) == ("Three dots, ru.", "Made for a test, ru.")
    assert [(each.number, each.words) for each in caption.legend] == [
        (1, "The first, ru"),
        (2, "The second, ru"),
        (3, "The third, ru"),
    ]


def test_what_is_drawn_twice_is_the_same_to_the_byte(media: Path) -> None:
    add_drawing(media, "famine")
    assert read(media) == read(media)


def test_names_in_a_map_are_of_its_language(media: Path) -> None:
    add_drawing(media, "famine")
    drawing = read(media).drawing
    assert drawing is not None
    for language, name in zip(LANGUAGES, ("Қала", "Город", "Town"), strict=True):
        assert f">{name}<" in drawing.drawn[language].svg.decode()


def test_a_pack_may_have_no_drawings(media: Path) -> None:
    assert read_drawings(media, STOPS, THREE) == {}


MISTAKES = [
    ("lat = 48", "lat = 58", "This place lies outside the map."),
    ("lat = 48\nlon = 75", "lat = 75\nlon = 48", "Are they exchanged?"),
    ("lat = 48", "lat = 480", "lat must be a number from -85 to 85."),
    ("lat = 48", "lat = nan", "lat must be a number from -85 to 85."),
    ("lat = 48", "lat = 48,5", "Write degrees with a point, no comma: 48.5"),
    ("lat = 48", 'lat = "48"', "lat must be a number without quotation marks."),
    ("lat = 48", "", "lat is missing in [dot]."),
    ("lon = 75", "lon = 1e999999999", "lon must be a number from -180 to 180."),
    ("number = 3", "number = 2", "The number 2 is used twice, first in line 11."),
    ("number = 3", "number = 0", "number must be a whole number from 1 to 99, and it is 0."),
    ("number = 3", "number = 100", "number must be a whole number from 1 to 99, and it is 100."),
    ("approximate = true", "approximate = yes", "Write true or false"),
    ("approximate = true", "colour = 5", "colour is not known in [dot]."),
    ('ru = "Город"', "", "ru is missing in [name]."),
    ('ru = "Город"', f'ru = "{"Г" * 17}"', "ru has 17 characters, and at most 16 are kept."),
    ('ru = "Город"', "ru = Город", 'Write: ru = "Город"'),
    ("lat = 41", "lat = 31", "This place lies outside the map."),
    ('outline = "square"', 'outline = "../square"', "../square is not a slug."),
    ('outline = "square"', "", "outline is missing in [map]."),
    ('sources = ["Made for a test"]', "sources = []", "The drawing names no source."),
    ('sources = ["Made for a test"]', 'sources = "me"', "sources must be a list"),
    ("[map]", "[plan]", "A drawing is a map or a line of time."),
    ("[map]", "[line]", "[[dot]] belongs to another kind of drawing."),
    ("[[name]]", "[[place]]", "[place] is not known here."),
    ("[[name]]", "[name]", "name must be written [[name]]."),
    ("[[name]]", "[[name]", "A bracket"),
]


@pytest.mark.parametrize(("before", "after", "what"), MISTAKES)
def test_a_mistake_in_the_points_is_named(media: Path, before: str, after: str, what: str) -> None:
    assert before in MAP
    add_drawing(media, "famine", MAP.replace(before, after, 1))
    assert any(each.startswith("famine.toml:") and what in each for each in said(media))


def test_a_mistake_is_named_with_its_line(media: Path) -> None:
    points = MAP.replace("lat = 48", "lat = 58")
    add_drawing(media, "famine", points)
    (found,) = said(media)
    assert found.startswith(f"famine.toml:{line_of(points, 'lat = 58')}: ")


LINE_MISTAKES = [
    ("until = 1933", "until = 1929", "The year 1929 is before 1930."),
    ("year = 1988", "", "year is missing in [event]."),
    ("year = 1988", "year = -5", "year must be a whole number from 0."),
    ("[line]", "[line]\nfrom = 1900", "from is not known in [line]."),
    ("number = 3", "number = 1", "The number 1 is used twice"),
]


@pytest.mark.parametrize(("before", "after", "what"), LINE_MISTAKES)
def test_a_mistake_in_a_line_of_time_is_named(
    media: Path, before: str, after: str, what: str
) -> None:
    add_drawing(media, "famine", LINE.replace(before, after, 1))
    assert any(each.startswith("famine.toml:") and what in each for each in said(media))


def test_more_numbers_than_there_is_room_for_are_a_mistake(media: Path) -> None:
    events = "".join(f"[[event]]\nnumber = {at}\nyear = {1900 + at}\n" for at in range(1, 42))
    add_drawing(media, "famine", f'[line]\nsources = ["x"]\n{events}')
    assert any("A drawing has room for 30 numbers." in each for each in said(media))


def test_a_missing_outline_is_named(media: Path) -> None:
    add_drawing(media, "famine")
    (media / "drawings/outlines/square.tsv").unlink()
    (found,) = said(media)
    assert found.startswith("outlines/square.tsv:1: The file cannot be read")


def test_an_outline_that_is_a_strip_is_a_mistake(media: Path) -> None:
    add_drawing(media, "famine")
    strip = "60\t40\n80\t40\n80\t41\n60\t41\n"
    (media / "drawings/outlines/square.tsv").write_text(strip, encoding="utf-8")
    assert any("The outline is more than 4 to 1." in each for each in said(media))


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_missing_text_is_named(media: Path, language: Language) -> None:
    add_drawing(media, "famine")
    (media / f"drawings/famine.{language}.txt").unlink()
    (found,) = said(media)
    assert found.startswith(f"famine.{language}.txt:1: The file cannot be read")


TEXT_MISTAKES = [
    ("2 The second, kk\n", "", 1, "The number 2 of the drawing is not explained here."),
    ("2 The", "4 The", 1, "The number 4 is explained here, and the drawing does not have it."),
    ("2 The", "1 The", 6, "The number 1 is explained twice."),
    ("2 The", "The", 6, "A line of a legend begins with the number that it explains."),
    ("2 The", "2 **The**", 6, "**"),
    ("2 The", f"2 {'The ' * 70}", 6, "and at most 255 are kept."),
]


@pytest.mark.parametrize(("before", "after", "line", "what"), TEXT_MISTAKES)
def test_a_mistake_in_a_legend_is_named_with_its_line(
    media: Path, before: str, after: str, line: int, what: str
) -> None:
    add_drawing(media, "famine")
    path = media / "drawings/famine.kk.txt"
    path.write_text(path.read_text(encoding="utf-8").replace(before, after), encoding="utf-8")
    assert any(each.startswith(f"famine.kk.txt:{line}: ") and what in each for each in said(media))


def test_a_number_in_a_legend_may_have_a_point_behind_it(media: Path) -> None:
    add_drawing(media, "famine")
    path = media / "drawings/famine.kk.txt"
    path.write_text(path.read_text(encoding="utf-8").replace("2 The", "2. The"), encoding="utf-8")
    assert read(media).drawing is not None


def test_a_drawing_of_no_stop_is_a_mistake(media: Path) -> None:
    add_drawing(media, "hunger")
    found = read(media, "hunger")
    assert found.drawing is None
    assert str(found.findings[0].what) == "There is no stop hunger to show this drawing."


@pytest.mark.parametrize("name", [".famine.toml", "~famine.toml", "#famine.toml"])
def test_what_an_editor_keeps_for_itself_is_no_drawing(media: Path, name: str) -> None:
    add_drawing(media, "famine").rename(media / "drawings" / name)
    assert read_drawings(media, STOPS, THREE) == {}


def test_a_folder_named_as_a_drawing_is_named(media: Path) -> None:
    add_drawing(media, "famine").unlink()
    (media / "drawings/famine.toml").mkdir()
    assert any("it is a folder, not a file" in each for each in said(media))


def test_advice_on_the_words_of_a_drawing_asks_for_its_legend(media: Path) -> None:
    add_drawing(media, "famine")
    (media / "drawings/famine.kk.txt").write_text("Three dots.\n", encoding="utf-8")
    assert said(media)[0] == (
        "famine.kk.txt:1: The text does not say whose picture it is. Write what is to be seen, an "
        "empty line, whose drawing it is, an empty line, then a line for each number."
    )
