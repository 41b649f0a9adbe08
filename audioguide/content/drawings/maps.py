"""Draw a map: an outline, names, numbered dots."""

from __future__ import annotations

from collections.abc import Sequence
from math import cos, dist, radians

from audioguide.content.drawings import places, svg
from audioguide.content.drawings.drawing import Drawn, Map, Name, Outline, Point
from audioguide.content.drawings.places import Room
from audioguide.content.drawings.svg import MARGIN, RADIUS, WIDTH
from audioguide.languages import Language

_MOVED = _TOLD_APART = 1.0
_LETTER = 8.0  # as wide as a letter of the soft type is, taken together


def frame(outline: Outline) -> tuple[float, float, float, float]:
    """Return the west, south, east and north of an outline, in degrees."""
    east = [point[0] for ring in outline for point in ring]
    north = [point[1] for ring in outline for point in ring]
    return min(east), min(north), max(east), max(north)


class _Projection:
    """Degrees to places in the picture: true to scale along the middle parallel.

    An equirectangular projection (Snyder, Map Projections, 1987, chapter 12).
    """

    def __init__(self, outline: Outline) -> None:
        self._west, south, east, self._north = frame(outline)
        self._narrowed = cos(radians((south + self._north) / 2))
        self._scale = (WIDTH - 2 * MARGIN) / ((east - self._west) * self._narrowed)
        self.height = (self._north - south) * self._scale + 2 * MARGIN

    def place(self, at: Point) -> Point:
        """Return where a point of the earth lies in the picture."""
        return (
            MARGIN + (at[0] - self._west) * self._narrowed * self._scale,
            MARGIN + (self._north - at[1]) * self._scale,
        )


def sides(outline: Outline) -> float:
    """Return how many times as high as wide the map of an outline is."""
    return _Projection(outline).height / WIDTH


def draw(given: Map, language: Language) -> Drawn:
    """Draw a map with its names in one language."""
    projection = _Projection(given.outline)
    dots = [projection.place(dot.at) for dot in given.dots]
    room = Room(WIDTH, projection.height, RADIUS + 5, 2 * RADIUS + 3, RADIUS + 5)
    numbers = places.apart(dots, room)
    leaders = [
        svg.line(dot, number) + svg.dot(dot)
        for dot, number in zip(dots, numbers, strict=True)
        if dist(dot, number) > _MOVED
    ]
    return svg.picture(
        projection.height,
        language,
        _land(given.outline, projection),
        *(_name(each, projection.place(each.at), language) for each in given.names),
        *leaders,
        *(
            svg.number(dot.number, place, approximate=dot.approximate)
            for dot, place in zip(given.dots, numbers, strict=True)
        ),
    )


def _land(outline: Outline, projection: _Projection) -> str:
    rings = "".join(f"M{_way(ring, projection)}z" for ring in outline)
    return f'<path class="land" stroke-linejoin="round" d="{rings}"/>'


def _way(ring: Sequence[Point], projection: _Projection) -> str:
    """Write the way along a ring, without the points that nobody could tell from the one before."""
    kept: list[Point] = []
    for place in map(projection.place, ring):
        if not kept or dist(place, kept[-1]) >= _TOLD_APART:
            kept.append(place)
    return "L".join(f"{x:.1f} {y:.1f}" for x, y in kept)


def _name(name: Name, place: Point, language: Language) -> str:
    said = name.words[language]
    if not name.marked:
        half = len(said) * _LETTER / 2
        middle = min(max(place[0], half), WIDTH - half)  # at a border beside its place, but whole
        return svg.words(said, (middle, place[1]), "soft", "middle")
    is_right = place[0] > WIDTH / 2
    side, anchor = (-9, "end") if is_right else (9, "start")
    beside = svg.words(said, (place[0] + side, place[1] + 5), "words", anchor)
    return svg.dot(place, 4, "words") + beside
