from __future__ import annotations

from pathlib import Path

from audioguide.services import publishing
from museum import World


def test_the_first_edition_is_number_one(tmp_path: Path) -> None:
    world = World(tmp_path)
    with world.database.writing() as session:
        assert publishing.edition_number(session) == 0
        assert publishing.raise_edition(session) == 1
    world.close()


def test_each_scope_has_a_number_of_its_own(world: World) -> None:
    with world.database.writing() as session:
        before = publishing.edition_number(session)
        assert publishing.raise_edition(session, "group:12345") == 1
        assert publishing.raise_edition(session, "group:12345") == 2
        assert publishing.edition_number(session) == before
