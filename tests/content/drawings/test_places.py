from __future__ import annotations

from itertools import combinations
from math import dist

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audioguide.content.drawings.places import Room, apart, in_a_row

ROOM = Room(width=320, height=190, border=17, between=27, beside=17)
NEAR = 1e-6
inside = st.tuples(st.floats(20, 300), st.floats(20, 170))


def test_a_number_with_room_stands_on_its_dot() -> None:
    dots = [(50.0, 50.0), (200.0, 100.0)]
    assert apart(dots, ROOM) == dots


def test_a_number_that_hides_no_dot_stays_on_its_own_though_another_is_near() -> None:
    first, second = (100.0, 100.0), (120.0, 100.0)
    placed = apart([first, second], ROOM)
    assert placed[0] == first
    assert placed[1][0] > second[0]  # outwards


def test_three_places_of_one_town_are_told_apart_and_all_their_dots_seen() -> None:
    dots = [(190.0, 80.0), (193.0, 79.0), (194.0, 82.0)]
    placed = apart(dots, ROOM)
    for one, other in combinations(placed, 2):
        assert dist(one, other) >= ROOM.between - NEAR
    for number in placed:
        assert all(dist(number, dot) >= ROOM.beside - NEAR for dot in dots)
        assert min(dist(number, dot) for dot in dots) < 2 * ROOM.between


def test_two_dots_at_one_place_have_two_numbers() -> None:
    one, other = apart([(100.0, 100.0), (100.0, 100.0)], ROOM)
    assert dist(one, other) >= ROOM.between - NEAR


@settings(max_examples=60, deadline=None)
@given(st.lists(inside, min_size=1, max_size=12))
def test_no_number_lies_on_another_or_leaves_the_picture(dots: list[tuple[float, float]]) -> None:
    placed = apart(dots, ROOM)
    assert len(placed) == len(dots)
    for one, other in combinations(placed, 2):
        assert dist(one, other) >= ROOM.between - NEAR
    for x, y in placed:
        assert ROOM.border <= x <= ROOM.width - ROOM.border
        assert ROOM.border <= y <= ROOM.height - ROOM.border


def test_where_there_is_no_room_left_every_number_still_has_a_place() -> None:
    small = Room(width=60, height=60, border=17, between=27, beside=17)
    assert len(apart([(30.0, 30.0)] * 9, small)) == 9
    assert apart([(0.0, 0.0)] * 2, Room(10, 10, 17, 27, 17)) == [(0.0, 0.0)] * 2


def test_dots_that_leave_no_place_between_them_have_numbers_all_the_same() -> None:
    small = Room(width=60, height=60, border=17, between=27, beside=17)
    dots = [(float(x), float(y)) for x in range(5, 60, 10) for y in range(5, 60, 10)]
    assert len(apart(dots, small)) == len(dots)


@pytest.mark.parametrize(
    ("wished", "placed"),
    [
        ([0, 100], [0, 100]),
        ([50, 50], [40, 60]),
        ([0, 0, 0, 100], [-20, 0, 20, 100]),
        ([0, 10, 12], [-12.67, 7.33, 27.33]),
        ([5], [5]),
    ],
)
def test_what_is_too_near_in_a_row_moves_as_little_as_it_can(
    wished: list[float], placed: list[float]
) -> None:
    assert in_a_row(wished, 20) == pytest.approx(placed, abs=0.01)
