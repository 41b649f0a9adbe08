from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from audioguide.services.visitor import scanning
from audioguide.services.visitor.scanning import UNKNOWN, Outcome, Scan
from museum import ALASH, SPARE, World

FOUND_ALASH = Scan(Outcome.FOUND, "alash")


def scan(world: World, typed: str) -> Scan:
    with world.database.reading() as session:
        return scanning.scan(session, typed)


def key_in(world: World, typed: str) -> Scan:
    with world.database.reading() as session:
        return scanning.key_in(session, typed)


@pytest.mark.parametrize("typed", [ALASH, "11rr1", "IlRR-i", " 11 RR 1 "])
def test_a_code_leads_to_its_stop_however_it_is_typed(world: World, typed: str) -> None:
    assert scan(world, typed) == FOUND_ALASH


@pytest.mark.parametrize("typed", ["11RR2", "2K9X3", "", "1", "11RR11", ALASH + " " * 40 + "X"])
def test_a_wrong_or_unknown_code_leads_nowhere(world: World, typed: str) -> None:
    assert scan(world, typed) == UNKNOWN


def test_a_stop_that_is_not_published_is_unknown(world: World) -> None:
    assert scan(world, SPARE) == UNKNOWN
    assert key_in(world, "101") == UNKNOWN


@pytest.mark.parametrize("typed", ["1", " 1 ", "01", "001", "١"])
def test_a_number_leads_to_its_stop(world: World, typed: str) -> None:
    assert key_in(world, typed) == FOUND_ALASH


def test_the_welcome_has_the_number_nought(world: World) -> None:
    assert key_in(world, "0") == Scan(Outcome.FOUND, "welcome")


def test_a_code_may_be_keyed_in_like_a_number(world: World) -> None:
    assert key_in(world, "11rr-1") == FOUND_ALASH


@pytest.mark.parametrize("typed", ["", "3", "-1", "1.0", "1e0", "9" * 4000, "½", "²", "one"])
def test_a_number_that_is_none_of_ours_leads_nowhere(world: World, typed: str) -> None:
    assert key_in(world, typed) == UNKNOWN


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(typed=st.text(max_size=50))
def test_nothing_that_is_typed_ends_in_a_crash(world: World, typed: str) -> None:
    assert scan(world, typed).outcome in Outcome
    assert key_in(world, typed).outcome in Outcome
