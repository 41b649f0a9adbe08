"""Read the outline of a country: a point a line, a part of it for itself below an empty line."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

from audioguide.content.decoding import read_text
from audioguide.content.drawings.drawing import Outline, Point
from audioguide.content.mistakes import Mistakes

MOST_POINTS = 4_000  # more than a phone can show, and what it fetches would be larger than a page
LEAST_SIDE = 0.01  # degrees, about a kilometre; of less, the scale cannot be reckoned
MOST_EAST, MOST_NORTH = 180, 85  # at a pole no map of this kind has a width

_FORM = "Write east and north in degrees, with one Tab between them."


def read_outline(path: Path, mistakes: Mistakes) -> Outline | None:
    """Read an outline, or None with what is wrong; a line that begins with # is a note."""
    text = read_text(path, mistakes)
    if text is None:
        return None
    rings: list[list[Point]] = [[]]
    for number, line in enumerate(text.split("\n"), start=1):
        if line.startswith("#"):
            continue
        if not line.strip():
            rings.append([])
            continue
        point = _point(line)
        if point is None:
            mistakes.add(number, "This is no point of an outline.", _FORM)
            return None  # a file of another kind has a mistake in each of its lines
        rings[-1].append(point)
    return _whole([ring for ring in rings if ring], mistakes)


def _whole(rings: list[list[Point]], mistakes: Mistakes) -> Outline | None:
    """Note what cannot be a country: fewer than three points, too many, hardly apart."""
    points = [point for ring in rings for point in ring]
    if len(points) > MOST_POINTS:
        mistakes.add(
            1,
            "The outline has {count} points, and at most {most} are drawn.",
            "Take one with fewer points.",
            count=len(points),
            most=MOST_POINTS,
        )
    elif not points or any(len(set(ring)) < 3 for ring in rings):
        mistakes.add(1, "A part of an outline has at least three points.", _FORM)
    elif any(_extent(points, side) < LEAST_SIDE for side in (0, 1)):
        mistakes.add(
            1,
            "The outline is less than {least} degrees wide or high.",
            _FORM,
            least=LEAST_SIDE,
        )
    else:
        return tuple(map(tuple, rings))
    return None


def _extent(points: list[Point], side: int) -> float:
    along = [point[side] for point in points]
    return max(along) - min(along)


def _point(line: str) -> Point | None:
    try:
        east, north = (Decimal(each.strip()) for each in line.split("\t"))
        is_on_earth = abs(east) <= MOST_EAST and abs(north) <= MOST_NORTH
    except (ArithmeticError, ValueError):  # words, three columns, NaN
        return None
    return (float(east), float(north)) if is_on_earth else None
