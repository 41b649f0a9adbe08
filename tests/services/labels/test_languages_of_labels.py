from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from audioguide.errors import Finding, Grade
from audioguide.languages import Language, Languages
from audioguide.operations.inspection import inspect
from audioguide.operations.label_printing import Address, print_labels
from audioguide.services.labels import label_words, register
from audioguide.services.labels.printing import Wish
from museum import EN, FAMINE, KK, RU, World

HOST = "https://guide.museum.kz"
WALL = Address(HOST, draft=False, new_base=False)
DE, UZ = Language("de"), Language("uz-Latn")


@pytest.fixture
def worlds(tmp_path: Path) -> Iterator[list[World]]:
    made: list[World] = []
    yield made
    for each in made:
        each.close()


def museum(worlds: list[World], folder: Path, languages: Languages, *without: str) -> World:
    worlds.append(World(folder / str(len(worlds)), languages=languages, without=without))
    worlds[-1].bring()
    return worlds[-1]


def titles(world: World, code: str = FAMINE) -> list[tuple[str, str]]:
    with world.database.reading() as session:
        (label,) = label_words.labels(session, HOST, {code})
    return list(label.titles.items())


def on_the_wall(world: World) -> list[str]:
    """What hangs there, with why it is no longer right."""
    with world.database.reading() as session:
        return [
            f"{label.number} {' '.join(label.titles)} {' '.join(label.stale)}".strip()
            for label in register.on_the_wall(session)
        ]


def findings(world: World) -> tuple[Finding, ...]:
    with world.database.reading() as session:
        return register.wall_findings(session)


def test_labels_have_the_museums_languages_in_its_order(
    worlds: list[World], tmp_path: Path
) -> None:
    world = museum(worlds, tmp_path, Languages((EN, DE)))
    assert titles(world) == [(EN, "The Famine"), (DE, "The Famine de")]


def test_labels_have_the_languages_that_are_chosen_for_them(
    worlds: list[World], tmp_path: Path
) -> None:
    world = museum(worlds, tmp_path, Languages((KK, RU, EN, DE), shown_on_labels=(KK, EN)))
    assert titles(world) == [(KK, "Ашаршылық"), (EN, "The Famine")]


def test_where_a_text_is_missing_the_title_that_stands_in_is_printed(
    worlds: list[World], tmp_path: Path
) -> None:
    partial = Languages((KK, RU, UZ), frozenset((UZ,)))
    world = museum(worlds, tmp_path, partial, "stops/2-famine")
    assert titles(world) == [(KK, "Ашаршылық"), (RU, "Голод"), (UZ, "Ашаршылық")]


def test_a_label_in_a_language_that_the_museum_no_longer_has_goes_on_working(
    worlds: list[World], tmp_path: Path
) -> None:
    world = museum(worlds, tmp_path, Languages((KK, RU, DE)))
    opened = world.opened(BASE_URL=HOST)
    print_labels(opened, Wish(stops="2"), WALL, tmp_path / "out")
    assert on_the_wall(world) == ["2 kk ru de"]
    world.edit("museum.toml", '["kk", "ru", "de"]', '["kk", "ru"]')
    world.bring()
    assert on_the_wall(world) == ["2 kk ru de languages"]
    assert [str(each.what) for each in findings(world)] == [
        "The label has other languages than the museum has now; it still leads to its stop."
    ]
    assert world.phone("de").get(f"/Q/{FAMINE}").headers["Location"] == "/kk/stops/famine"
    print_labels(opened, Wish(changed=True), WALL, tmp_path / "out")
    assert on_the_wall(world) == ["2 kk ru"]


def test_check_warns_of_a_language_without_a_typeface_and_says_what_to_write(
    worlds: list[World], tmp_path: Path
) -> None:
    world = museum(worlds, tmp_path, Languages((EN, Language("th"), DE)))
    warnings = [each for each in inspect(world.opened()) if each.where == "museum.toml"]
    assert [each.grade for each in warnings] == [Grade.WARNING]
    assert warnings[0].do is not None
    assert warnings[0].do.values["line"] == 'label_languages = ["en", "de"]'
    world.edit("museum.toml", "[museum]", '[museum]\nlabel_languages = ["en", "de"]')
    world.bring()
    assert not [each for each in inspect(world.opened()) if each.where == "museum.toml"]
