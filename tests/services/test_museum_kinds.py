from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select

from audioguide.kinds import THE_SEVEN
from audioguide.languages import Language
from audioguide.models import Stop, StopKind
from audioguide.operations.pack import bring_what_is_whole
from audioguide.services import editions, museum_kinds
from audioguide.services.importing import Imported
from museum import ROOT, World

FOLK = ROOT / "tests/packs/folk-museum"
KK, RU = Language("kk"), Language("ru")
BLOCK = '[[kind]]\nslug = "tool"\n\n'


@pytest.fixture
def folk(tmp_path: Path) -> Iterator[World]:
    """The invented museum whose objects are a kind of their own, imported."""
    world = World(tmp_path / "folk", FOLK)
    world.bring()
    yield world
    world.close()


def bring(world: World) -> Imported:
    report = bring_what_is_whole(world.opened())
    assert report is not None
    return report


def slugs(world: World) -> tuple[str, ...]:
    with world.database.reading() as session:
        return museum_kinds.of_museum(session).slugs


def kind_of(world: World, slug: str) -> str:
    with world.database.reading() as session:
        return session.scalars(select(Stop.kind).where(Stop.slug == slug)).one()


def names(world: World) -> dict[str, dict[Language, str]]:
    with world.database.reading() as session:
        return {each.kind.slug: dict(each.names) for each in museum_kinds.entries(session)}


def edition(world: World) -> int:
    with world.database.reading() as session:
        return editions.edition_number(session)


def add_tool(world: World) -> None:
    """Add a kind, without its names, and make the loom one."""
    world.edit("museum.toml", '[[kind]]\nslug = "hall"', f'{BLOCK}[[kind]]\nslug = "hall"')
    loom = 'slug = "loom"\nkind = '
    world.edit("museum.toml", f'{loom}"object"', f'{loom}"tool"')


def name_tool(world: World) -> None:
    for language, name in (("kk", "Құрал"), ("ru", "Орудие")):
        path = world.media / f"kinds/tool/{language}.md"
        path.parent.mkdir(exist_ok=True)
        path.write_text(f"# {name}\n", encoding="utf-8")


def test_a_museum_that_declares_none_has_the_seven_and_no_row(world: World) -> None:
    with world.database.reading() as session:
        assert museum_kinds.of_museum(session) == THE_SEVEN
        assert session.scalars(select(StopKind)).all() == []


def test_every_one_of_the_seven_has_a_name_in_each_language(world: World) -> None:
    told = names(world)
    assert told["portrait"] == {"kk": "Портрет", "ru": "Портрет", "en": "Portrait"}
    assert told["welcome"] == {"kk": "Сәлемдесу", "ru": "Приветствие", "en": "Welcome"}
    assert len(told) == 7


def test_the_kinds_of_the_pack_are_those_of_the_museum(folk: World) -> None:
    assert slugs(folk) == ("welcome", "object", "hall")
    assert names(folk)["object"] == {KK: "Жәдігер", RU: "Предмет"}
    assert names(folk)["hall"] == {KK: "Зал", RU: "Зал"}  # the program's: it has no folder
    assert kind_of(folk, "loom") == "object"


def test_imported_twice_nothing_has_changed(folk: World) -> None:
    before = edition(folk)
    assert not folk.bring().anything
    assert edition(folk) == before


def test_a_corrected_name_is_seen(folk: World) -> None:
    before = edition(folk)
    folk.edit("kinds/object/ru.md", "Предмет", "Вещь")
    assert bring(folk).structure_changed
    assert names(folk)["object"] == {KK: "Жәдігер", RU: "Вещь"}
    assert edition(folk) == before + 1


def test_a_new_kind_comes_with_its_stops(folk: World) -> None:
    add_tool(folk)
    name_tool(folk)
    assert bring(folk).broken == ()
    assert slugs(folk) == ("welcome", "object", "tool", "hall")
    assert kind_of(folk, "loom") == "tool"


def test_a_kind_that_is_declared_no_more_is_gone_and_its_old_stops_keep_it(folk: World) -> None:
    text = (folk.media / "museum.toml").read_text(encoding="utf-8")
    block = text[text.index("[[stop]]\nnumber = 5") : text.index("[[tour]]")]
    folk.edit("museum.toml", block, "")
    folk.edit("museum.toml", "4, 5]", "4]")
    folk.edit("museum.toml", '[[kind]]\nslug = "hall"\n\n', "")
    shutil.rmtree(folk.media / "stops/5-schoolroom")
    assert bring(folk).retired == ["5 schoolroom"]
    assert slugs(folk) == ("welcome", "object")
    assert kind_of(folk, "schoolroom") == "hall"


def test_a_museum_that_takes_its_blocks_out_has_the_seven_again(folk: World) -> None:
    path = folk.media / "museum.toml"
    text = path.read_text(encoding="utf-8")
    text = text[: text.index("[[kind]]")] + text[text.index("[[hall]]") :]
    path.write_text(text.replace('"object"', '"section"'), encoding="utf-8")
    shutil.rmtree(folk.media / "kinds")
    assert bring(folk).broken == ()
    assert slugs(folk) == THE_SEVEN.slugs
    assert kind_of(folk, "loom") == "section"


def test_a_new_kind_without_its_names_holds_itself_back_and_nothing_else(folk: World) -> None:
    add_tool(folk)
    folk.edit("stops/4-milling-stone/ru.md", "# Ручная мельница", "# Ручная мельница наш")
    report = bring(folk)
    assert [each.where for each in report.broken] == ["media/kinds/tool"]
    assert slugs(folk) == ("welcome", "object", "hall")
    assert kind_of(folk, "loom") == "object"
    assert report.changed == ["4 milling-stone ru"]
    name_tool(folk)
    assert bring(folk).broken == ()
    assert kind_of(folk, "loom") == "tool"


def test_a_broken_museum_toml_leaves_the_kinds_as_they_were(folk: World) -> None:
    folk.edit("museum.toml", 'slug = "object"', 'slug = "Зат"')
    folk.edit("kinds/object/kk.md", "Жәдігер", "Зат")
    assert bring(folk).broken
    assert slugs(folk) == ("welcome", "object", "hall")
    assert names(folk)["object"][KK] == "Зат"


def test_a_name_that_got_lost_stays_as_it_was(folk: World) -> None:
    (folk.media / "kinds/object/ru.md").unlink()
    assert [each.where for each in bring(folk).broken] == ["media/kinds/object/ru.md:1"]
    assert names(folk)["object"] == {KK: "Жәдігер", RU: "Предмет"}
