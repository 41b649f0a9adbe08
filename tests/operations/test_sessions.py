from __future__ import annotations

import pytest

from audioguide.errors import AskedWrongly
from audioguide.operations import sessions
from audioguide.operations.sessions import Entered
from audioguide.roles import Role
from audioguide.services.staff import signing_in
from audioguide.services.staff.signing_in import FREE_TRIES, Refused
from museum import World

PASSWORD = "three quiet words"
HALL, STREET = "192.0.2.1", "198.51.100.9"


@pytest.fixture
def key(world: World) -> str:
    """The invitation that Marat the guide was given."""
    with world.database.writing() as session:
        return signing_in.add(session, "Marat", Role.GUIDE)


def test_an_invitation_lets_in_once(world: World, key: str) -> None:
    entered = sessions.accept(world.opened(), key, PASSWORD)
    assert entered is not None
    assert entered.role is Role.GUIDE
    with world.database.reading() as session:
        known = signing_in.known(session, entered.cookie)
    assert known is not None
    assert known.name == "Marat"
    assert sessions.accept(world.opened(), key, PASSWORD) is None


def test_a_password_that_is_too_short_leaves_the_invitation_open(world: World, key: str) -> None:
    with pytest.raises(AskedWrongly):
        sessions.accept(world.opened(), key, "short")
    assert sessions.accept(world.opened(), key, PASSWORD) is not None


def test_a_password_lets_in_and_a_wrong_one_makes_that_place_wait(world: World, key: str) -> None:
    opened = world.opened()
    sessions.accept(opened, key, PASSWORD)
    tries = [sessions.sign_in(opened, "Marat", HALL, "wrong words") for _ in range(FREE_TRIES)]
    assert tries[0] == Refused(0)
    assert isinstance(tries[-1], Refused)
    assert tries[-1].wait_seconds > 0
    assert isinstance(sessions.sign_in(opened, "Marat", HALL, PASSWORD), Refused)
    assert isinstance(sessions.sign_in(opened, "Marat", STREET, PASSWORD), Entered)


def test_a_name_that_nobody_has_is_refused_as_a_wrong_password_is(world: World) -> None:
    assert sessions.sign_in(world.opened(), "Nobody", HALL, PASSWORD) == Refused(0)
