"""Draw a line of time: years to scale from above to below, numbered events beside them."""

from __future__ import annotations

from collections.abc import Sequence

from audioguide.content.drawings import places, svg
from audioguide.content.drawings.drawing import Drawn, Event, Line
from audioguide.content.drawings.svg import MARGIN, RADIUS
from audioguide.languages import Language

_GAP = 2 * RADIUS + 4  # from one number to the next
_LEAST_LENGTH = 240
_LEAST_STEP = 18  # from one year on the scale to the next, that can be read
_DECADES_X, _AXIS_X, _NUMBERS_X, _YEARS_X = 62, 74, 184, 206
_LANE, _BAR = 7, 4  # from one lane to the next, and how thick a bar is, where there is room


def draw(given: Line, language: Language) -> Drawn:
    """Draw a line of time; it has figures alone, and is the same in every language."""
    events = given.events
    first, last = min(each.first for each in events), max(each.last for each in events)
    length = max(_LEAST_LENGTH, _GAP * (len(events) - 1))
    scale = length / max(1, last - first)
    wished = [((each.first + each.last) / 2 - first) * scale for each in events]
    rows = places.in_a_row(wished, _GAP)
    top = MARGIN + RADIUS - min(0.0, *rows)
    bottom = top + max(length, *rows)
    at = {each.number: top + row for each, row in zip(events, rows, strict=True)}
    parts = [_decades(first, last, top, scale)]
    lanes = _lanes(events)
    lane_width = min(_LANE, (_NUMBERS_X - 2 * RADIUS - _AXIS_X) / max(1, *lanes))
    for each, lane in zip(events, lanes, strict=True):
        begin, end = (top + (year - first) * scale for year in (each.first, each.last))
        x, thick = _AXIS_X + lane * lane_width, lane_width * _BAR / _LANE
        parts.append(_event(each, x, thick, (begin, end), at[each.number]))
    return svg.picture(bottom + RADIUS + MARGIN, language, *parts)


def _decades(first: int, last: int, top: float, scale: float) -> str:
    """Draw the line itself, with a stroke and a year for every ten, or every hundred."""
    bottom = top + (last - first) * scale
    step = next(years for years in (10, 100, 1000, 10_000) if years * scale >= _LEAST_STEP)
    marks = []
    for year in range(first + -first % step, last + 1, step):
        y = top + (year - first) * scale
        marks.append(svg.line((_DECADES_X + 4, y), (_AXIS_X, y), "axis", 2))
        marks.append(svg.words(str(year), (_DECADES_X, y + 5), "soft", "end"))
    return svg.line((_AXIS_X, top), (_AXIS_X, bottom), "axis", 2) + "".join(marks)


def _event(event: Event, x: float, thick: float, span: tuple[float, float], row: float) -> str:
    """Draw an event: its year or years on the line, from there to its number, the figures."""
    begin, end = span
    middle = (begin + end) / 2
    mark = svg.dot((x, middle), 3.5)
    years = str(event.first)
    if event.last > event.first:
        mark = svg.line((x, begin), (x, end), "thin", round(thick, 1))
        years = f"{event.first}–{event.last}"
    return (
        svg.line((x, middle), (_NUMBERS_X, row), "thin", 0.8)
        + mark
        + svg.number(event.number, (_NUMBERS_X, row))
        + svg.words(years, (_YEARS_X, row + 5))
    )


def _lanes(events: Sequence[Event]) -> list[int]:
    """Give each event the first lane beside the line in which no other lies at its time."""
    ends: list[int] = []
    lanes = []
    for each in events:
        free = (lane for lane, end in enumerate(ends) if end < each.first)
        lane = next(free, len(ends))
        ends[lane : lane + 1] = [each.last]
        lanes.append(lane)
    return lanes
