"""Where numbers stand that would lie on one another: beside their dots, as near as they can."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import atan2, cos, dist, hypot, pi, sin

from audioguide.content.drawings.drawing import Point

_STEP = 3.0  # from one ring around a dot to the next
_WAYS = 24  # that a number may go from its dot


@dataclass(frozen=True)
class Room:
    """How large a picture is, and how much of it a number needs around its centre.

    Two numbers are at least ``between`` apart, a number and the dot of another ``beside``.
    """

    width: float
    height: float
    border: float
    between: float
    beside: float


def apart(dots: Sequence[Point], room: Room) -> list[Point]:
    """Place a number for each dot: on it where that hides nothing, else as near as there is room.

    Where there is none left at all, a number stands where it is farthest from the others.
    """
    if not dots:
        return []
    middle = (sum(x for x, _ in dots) / len(dots), sum(y for _, y in dots) / len(dots))
    neighbours = [sum(dist(one, other) < room.between for other in dots) for one in dots]
    placed: dict[int, Point] = {}
    for at in sorted(range(len(dots)), key=lambda at: neighbours[at]):
        others = [*dots[:at], *dots[at + 1 :]]
        free = (
            place
            for place in _places(dots[at], middle, room)
            if all(dist(place, number) >= room.between for number in placed.values())
            and all(dist(place, other) >= room.beside for other in others)
        )
        placed[at] = next(free, None) or _farthest(dots[at], middle, room, [*placed.values()])
    return [placed[at] for at in range(len(dots))]


def _places(dot: Point, middle: Point, room: Room) -> Iterator[Point]:
    """Give the places around a dot, nearest first, and of those the ones that lead outwards."""
    if _is_inside(dot, room):
        yield dot
    outwards = atan2(dot[1] - middle[1], dot[0] - middle[0])
    turns = sorted(range(_WAYS), key=lambda way: (min(way, _WAYS - way), way))
    distance = room.beside
    while distance < hypot(room.width, room.height):
        for turn in turns:
            angle = outwards + 2 * pi * turn / _WAYS
            place = (dot[0] + distance * cos(angle), dot[1] + distance * sin(angle))
            if _is_inside(place, room):
                yield place
        distance += _STEP


def _farthest(dot: Point, middle: Point, room: Room, numbers: Sequence[Point]) -> Point:
    def room_at(place: Point) -> float:
        return min((dist(place, each) for each in numbers), default=0.0)

    return max(_places(dot, middle, room), key=room_at, default=dot)


def _is_inside(place: Point, room: Room) -> bool:
    return (
        room.border <= place[0] <= room.width - room.border
        and room.border <= place[1] <= room.height - room.border
    )


def in_a_row(wished: Sequence[float], gap: float) -> list[float]:
    """Place what is in order at least ``gap`` apart, moving all together as little as can be.

    The squares of the ways are the least there are (isotonic regression: neighbours that are too
    near are put together and moved to their mean).
    """
    groups: list[tuple[float, int]] = []
    for at, wish in enumerate(wished):
        mean, count = wish - at * gap, 1
        while groups and groups[-1][0] > mean:
            other, others = groups.pop()
            mean = (mean * count + other * others) / (count + others)
            count += others
        groups.append((mean, count))
    means = [mean for mean, count in groups for _ in range(count)]
    return [mean + at * gap for at, mean in enumerate(means)]
