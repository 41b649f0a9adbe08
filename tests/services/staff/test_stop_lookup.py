from __future__ import annotations

import pytest

from audioguide.errors import AskedWrongly
from audioguide.models import Stop
from audioguide.services.staff import stop_lookup
from museum import ALASH, SPARE, World


def code_of(world: World, named: str) -> str:
    with world.database.reading() as session:
        return session.get_one(Stop, stop_lookup.stop_id(session, named)).code


@pytest.mark.parametrize("named", ["1", "01", "alash", ALASH, "ilrr-1"])
def test_a_stop_is_found_by_number_slug_or_code(world: World, named: str) -> None:
    assert code_of(world, named) == ALASH


def test_staff_find_a_stop_that_is_not_published_yet(world: World) -> None:
    assert code_of(world, "101") == SPARE


@pytest.mark.parametrize("named", ["99", "", "nowhere", "9" * 5000, "²"])
def test_an_unknown_stop_is_answered_with_those_there_are(world: World, named: str) -> None:
    with pytest.raises(AskedWrongly, match=r"The stops are 0, 1, 2, 14\.$"):
        code_of(world, named)


def test_a_retired_stop_is_not_found(world: World) -> None:
    world.edit("museum.toml", ALASH, "8G21T")
    world.bring()
    assert code_of(world, "alash") == "8G21T"
    with pytest.raises(AskedWrongly):
        code_of(world, ALASH)
