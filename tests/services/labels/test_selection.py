from __future__ import annotations

import pytest

from audioguide.errors import AskedWrongly
from audioguide.services.labels.selection import chosen_codes
from museum import ALASH, FAMINE, MEMORIAL, WELCOME, World


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        ("1", {ALASH}),
        ("1-2", {ALASH, FAMINE}),
        ("1 – 14", {ALASH, FAMINE, MEMORIAL}),
        ("0, 14", {WELCOME, MEMORIAL}),
        ("hall:memorial", {MEMORIAL}),
        ("tour:short", {WELCOME, FAMINE, MEMORIAL}),
        ("hall:memorial,1", {ALASH, MEMORIAL}),
        ("famine", {FAMINE}),
        (ALASH.lower(), {ALASH}),
        ("1,1,1", {ALASH}),
    ],
)
def test_stops_are_chosen_by_what_people_call_them(
    world: World, wanted: str, expected: set[str]
) -> None:
    with world.database.reading() as session:
        assert chosen_codes(session, wanted) == expected


@pytest.mark.parametrize(
    ("wanted", "reason"),
    [
        ("77", "There is no stop 77. The stops are 0, 1, 2, 14."),
        ("101", "There is no stop 101"),  # it is not published
        ("5-9", "There is no stop 5-9"),
        ("2-1", "There is no stop 2-1"),
        ("1,x", "There is no stop x"),
        ("-1", "There is no stop -1"),
        ("hall:cellar", "a hall cellar. The halls are exposition, memorial."),
        ("tour:long", "a tour long. The tours are short."),
        ("", "names no stop"),
        (" , ", "names no stop"),
    ],
)
def test_what_means_no_published_stop_is_asked_wrongly(
    world: World, wanted: str, reason: str
) -> None:
    with world.database.reading() as session, pytest.raises(AskedWrongly) as refused:
        chosen_codes(session, wanted)
    assert reason in str(refused.value)
