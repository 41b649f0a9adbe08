from __future__ import annotations

from pathlib import Path

import pytest

from audioguide.content.reading import read_pack, read_whole
from audioguide.content.unread import unread_files
from audioguide.kinds import THE_SEVEN, Kind
from audioguide.languages import Language
from audioguide.words import say
from museum import LANGUAGES, write_pack

BLOCKS = """[[kind]]
slug = "welcome"

[[kind]]
slug = "house"
route = true

[[kind]]
slug = "maker"
person = true

"""
NAMES = {"house": ("Үй", "Дом", "House"), "maker": ("Шебер", "Мастер", "Maker")}
STOPS = (('"section"', '"house"'), ('"hall"', '"house"'), ('"portrait"', '"maker"'))


@pytest.fixture
def media(tmp_path: Path) -> Path:
    """Write the small museum with three kinds of stops, two of which are its own."""
    folder = write_pack(tmp_path / "media")
    path = folder / "museum.toml"
    text = path.read_text(encoding="utf-8").replace("[[hall]]", f"{BLOCKS}[[hall]]", 1)
    for old, new in STOPS:
        text = text.replace(f"kind = {old}", f"kind = {new}")
    path.write_text(text, encoding="utf-8")
    for slug, names in NAMES.items():
        for language, name in zip(LANGUAGES, names, strict=True):
            file = folder / "kinds" / slug / f"{language}.md"
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(f"# {name}\n", encoding="utf-8")
    return folder


def edit(media: Path, old: str, new: str, count: int = 1) -> None:
    path = media / "museum.toml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, count), encoding="utf-8")


def found(media: Path, language: str = "en") -> list[tuple[str, str]]:
    """Return where the findings are, and what they say in a language."""
    return [
        (each.where, say(Language(language), each.what.sentence, **each.what.values))
        for each in read_whole(media).findings
    ]


def line_of(media: Path, text: str, which: int = 1) -> str:
    lines = (media / "museum.toml").read_text(encoding="utf-8").split("\n")
    places = [number for number, line in enumerate(lines, 1) if text in line]
    return f"media/museum.toml:{places[which - 1]}"


def test_a_pack_without_a_block_has_the_seven(tmp_path: Path) -> None:
    pack = read_pack(write_pack(tmp_path / "media"))
    assert pack.kinds == ()
    assert pack.all_kinds == THE_SEVEN


def test_a_pack_has_the_kinds_that_it_declares_and_no_other(media: Path) -> None:
    pack = read_pack(media)
    house, maker = Kind("house", is_route=True), Kind("maker", is_person=True)
    assert tuple(pack.all_kinds) == (Kind("welcome"), house, maker)
    assert {stop.kind for stop in pack.stops} == {"welcome", "house", "maker"}
    names = {each.kind.slug: each.words for each in pack.kinds}
    assert [names["house"][each].title for each in LANGUAGES] == ["Үй", "Дом", "House"]
    assert names["welcome"] == {}  # one of the seven is called as the program calls it


def test_one_of_the_seven_may_have_a_name_of_the_museum_too(media: Path) -> None:
    for language in LANGUAGES:
        path = media / f"kinds/welcome/{language}.md"
        path.parent.mkdir(exist_ok=True)
        path.write_text("# Greeting\n", encoding="utf-8")
    (welcome, *_) = read_pack(media).kinds
    assert {words.title for words in welcome.words.values()} == {"Greeting"}


def test_a_folder_of_a_kind_is_read_and_one_that_no_block_names_is_said(media: Path) -> None:
    assert unread_files(media, read_pack(media)) == ()
    (media / "kinds/lamp").mkdir()
    (media / "kinds/lamp/en.md").write_text("# Lamp\n", encoding="utf-8")
    (said,) = unread_files(media, read_pack(media))
    assert said.where == "media/kinds/lamp"


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("kk", "section деген түр жоқ."),
        ("ru", "Неизвестный вид: section."),
        ("en", "The kind section is not known."),
    ],
)
def test_a_stop_of_a_kind_that_there_is_not_is_named_in_every_language(
    media: Path, language: str, said: str
) -> None:
    edit(media, 'kind = "house"', 'kind = "section"')
    ((where, what),) = found(media, language)
    assert where == line_of(media, 'kind = "section"')
    assert what == said


@pytest.mark.parametrize(
    ("old", "new", "text", "which", "said"),
    [
        ('slug = "maker"', 'slug = "house"', 'slug = "house"', 2, "The slug house is used twice"),
        ('slug = "maker"', 'slug = "Ұста"', "Ұста", 1, "Ұста is not a slug."),
        ('slug = "maker"', f'slug = "{"a" * 65}"', "aaa", 1, "slug has 65 characters"),
        ('slug = "maker"\n', "", "[[kind]]", 3, "slug is missing in [kind]."),
        ("person = true", "route = true", "route", 2, "The route line follows one kind, and line"),
        ("route = true", 'route = "yes"', "route", 1, "route must be true or false."),
        ("route = true", "color = 1", "color", 1, "color is not known in [kind]."),
    ],
)
def test_a_mistake_in_a_block_is_named_by_its_line(
    media: Path, old: str, new: str, text: str, which: int, said: str
) -> None:
    edit(media, old, new)
    reported = dict(found(media))
    assert reported[line_of(media, text, which)].startswith(said)
    assert not [what for what in reported.values() if "The kind" in what]  # of none that is right


def test_of_a_block_in_single_brackets_that_alone_is_said(media: Path) -> None:
    edit(media, BLOCKS, '[kind]\nslug = "house"\n\n')
    assert found(media) == [(line_of(media, "[kind]"), "kind must be written [[kind]].")]


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_two_routes_are_said_with_both_lines_in_every_language(media: Path, language: str) -> None:
    edit(media, "person = true", "route = true")
    ((where, what),) = found(media, language)
    assert where == line_of(media, "route = true", 2)
    assert line_of(media, "route = true").partition(":")[2] in what


def test_a_kind_without_its_name_in_a_language_is_named_by_its_file(media: Path) -> None:
    (media / "kinds/house/ru.md").unlink()
    assert [where for where, _ in found(media)] == ["media/kinds/house/ru.md:1"]


def test_a_kind_without_its_folder_is_named(media: Path) -> None:
    (media / "kinds/maker").rename(media / "kinds/makers")
    ((where, what),) = found(media)
    assert where == "media/kinds/maker"
    assert what.startswith("This folder is missing")


def test_a_name_that_is_none_is_named_by_its_line(media: Path) -> None:
    (media / "kinds/house/ru.md").write_text("Дом\n", encoding="utf-8")
    assert found(media) == [("media/kinds/house/ru.md:1", "The title is missing.")]


def test_where_a_block_is_wrong_the_kinds_of_before_stand(media: Path, tmp_path: Path) -> None:
    known = read_pack(media)
    edit(media, 'slug = "maker"', 'slug = "Ұста"')
    reading = read_whole(media, known)
    assert reading.pack is not None
    assert reading.pack.all_kinds == known.all_kinds
    assert {each.kind.slug: dict(each.words) for each in reading.pack.kinds} == {
        each.kind.slug: dict(each.words) for each in known.kinds
    }
