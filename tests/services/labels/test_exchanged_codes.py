"""A code that hangs on a wall is no longer the museum.toml's to change."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select

from audioguide.errors import PackBroken
from audioguide.models import Stop
from audioguide.services.labels import printing, register
from audioguide.services.labels.printing import Wish
from museum import ALASH, FAMINE, MEMORIAL, STRUCTURE, World

HOST = "https://guide.museum.kz"
OTHER = "7K2MZ"


def hang(world: World, stops: str = "1,2,14") -> None:
    with world.database.reading() as session:
        order = printing.plan(session, Wish(stops=stops, previews=False), HOST)
    out = world.folder / "out"
    printed = printing.make(order, out, draft=False, made_on=date(2026, 11, 22))
    with world.database.writing() as session:
        printing.keep_in_register(session, order, printed, new_base=False)


def write(world: World, structure: str) -> None:
    (world.media / "museum.toml").write_text(structure, encoding="utf-8")


def line_of(world: World, code: str) -> int:
    lines = (world.media / "museum.toml").read_text(encoding="utf-8").splitlines()
    return lines.index(f'code = "{code}"') + 1


def codes(world: World) -> dict[str, str]:
    with world.database.reading() as session:
        return {each.slug: each.code for each in session.scalars(select(Stop))}


def take_down(world: World, *named: str) -> None:
    with world.database.writing() as session:
        for each in named:
            register.take_down(session, each)


def test_a_printed_code_is_not_exchanged_and_file_and_line_are_named(world: World) -> None:
    hang(world)
    world.edit("museum.toml", ALASH, OTHER)
    with pytest.raises(PackBroken) as broken:
        world.bring()
    (finding,) = broken.value.findings
    assert finding.where == f"media/museum.toml:{line_of(world, OTHER)}"
    assert "This code is printed" in str(finding)
    assert f'Write "{ALASH}" again' in str(finding)
    assert codes(world)["alash"] == ALASH


def test_a_code_that_was_never_printed_may_be_exchanged(world: World) -> None:
    hang(world, "2")
    world.edit("museum.toml", ALASH, OTHER)
    world.bring()
    assert world.phone().get(f"/Q/{OTHER}").location == "/kk/stops/alash"


def test_two_stops_do_not_change_their_printed_codes(world: World) -> None:
    hang(world, "1,2")
    swapped = STRUCTURE.replace(ALASH, "?").replace(FAMINE, ALASH).replace("?", FAMINE)
    write(world, swapped)
    with pytest.raises(PackBroken) as broken:
        world.bring()
    assert sorted(each.where for each in broken.value.findings) == [
        f"media/museum.toml:{line_of(world, FAMINE)}",
        f"media/museum.toml:{line_of(world, ALASH)}",
    ]


def test_one_printed_code_is_enough_to_refuse_a_swap(world: World) -> None:
    hang(world, "1")
    write(world, STRUCTURE.replace(ALASH, "?").replace(FAMINE, ALASH).replace("?", FAMINE))
    with pytest.raises(PackBroken, match="printed"):
        world.bring()


def test_a_code_is_not_exchanged_together_with_its_folder(world: World) -> None:
    hang(world)
    (world.media / "stops" / "1-alash").rename(world.media / "stops" / "1-leaders")
    write(world, STRUCTURE.replace(ALASH, OTHER).replace('slug = "alash"', 'slug = "leaders"'))
    with pytest.raises(PackBroken, match=f'Write "{ALASH}" again'):
        world.bring()


def test_a_stop_that_was_closed_does_not_come_back_under_another_code(world: World) -> None:
    hang(world)
    start = STRUCTURE.index("[[stop]]\nnumber = 1\n")
    end = STRUCTURE.index("[[stop]]", start + 1)
    write(world, STRUCTURE[:start] + STRUCTURE[end:])
    world.bring()
    write(world, STRUCTURE.replace(ALASH, OTHER))
    with pytest.raises(PackBroken, match=f'Write "{ALASH}" again'):
        world.bring()


def test_a_code_is_free_once_all_its_labels_are_taken_down(world: World) -> None:
    hang(world)
    hang(world, "1")  # the first paper is replaced and may still hang
    world.edit("museum.toml", ALASH, OTHER)
    with pytest.raises(PackBroken):
        world.bring()
    take_down(world, ALASH)
    world.bring()
    assert world.phone().get(f"/Q/{OTHER}").location == "/kk/stops/alash"
    assert world.phone().get(f"/Q/{ALASH}").status_code == 410


def test_numbers_slugs_and_titles_go_on_changing_under_a_printed_code(world: World) -> None:
    hang(world)
    (world.media / "stops" / "1-alash").rename(world.media / "stops" / "7-leaders")
    changed = STRUCTURE.replace('slug = "alash"', 'slug = "leaders"')
    write(world, changed.replace("number = 1\n", "number = 7\n"))
    world.edit("stops/7-leaders/ru.md", "# Лидеры Алаша", "# Вожди Алаша")
    world.bring()
    assert world.phone().get(f"/Q/{ALASH}").location == "/kk/stops/leaders"


def test_a_folder_copied_for_a_new_stop_is_no_exchange(world: World) -> None:
    hang(world)
    copied = world.media / "stops" / "3-copied"
    copied.mkdir()
    for path in (world.media / "stops" / "1-alash").iterdir():
        (copied / path.name).write_bytes(path.read_bytes())
    block = '[[stop]]\nnumber = 3\ncode = "{}"\nslug = "copied"\nkind = "section"\n'
    hall = 'hall = "exposition"\n\n[[tour]]'
    write(world, STRUCTURE.replace("[[tour]]", block.format(OTHER) + hall))
    world.bring()
    assert codes(world)["copied"] == OTHER
    assert codes(world)["memorial-hall"] == MEMORIAL
