"""What the .toml of a drawing says: a map with its dots and names, or a line with its events."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from audioguide.content.drawings import maps
from audioguide.content.drawings.drawing import Dot, Event, Line, Map, Name, Outline, Point
from audioguide.content.drawings.outlines import MOST_EAST, MOST_NORTH, read_outline
from audioguide.content.mistakes import Mistakes
from audioguide.content.structure_file import StructureFile
from audioguide.content.tables import Table
from audioguide.errors import Finding
from audioguide.languages import Language, Languages

MOST_NUMBERS = 30  # more cannot stand beside one another on a phone
MOST_NUMBER = 99  # what has room on its disc
MOST_IN_NAME = 16  # letters: half of a drawing's width, so that one side of a mark has room
MOST_SIDES = 4  # as of a photograph: a strip would be a line on a phone

TABLES = ("map", "dot", "name", "line", "event")


def read_points(
    structure: StructureFile, outlines: Path, shown_as: str, languages: Languages
) -> tuple[Map | Line, Sequence[Finding]] | None:
    """Read a map or a line of time, or None with its mistakes noted in the ``structure``.

    ``outlines`` is the folder of outlines, ``shown_as`` how findings name it; those in an outline
    are given back.
    """
    mistakes = structure.mistakes
    structure.check_unknown(TABLES)
    kinds = [name for name in ("map", "line") if name in structure.values]
    if len(kinds) != 1:
        mistakes.add(
            1, "A drawing is a map or a line of time.", "Write [map] or [line], one of them."
        )
        return None
    if kinds == ["map"]:
        return _read_map(structure, outlines, shown_as, languages)
    return _read_line(structure), ()


def _read_map(
    structure: StructureFile, outlines: Path, shown_as: str, languages: Languages
) -> tuple[Map, Sequence[Finding]] | None:
    table = structure.one("map")
    slug = table.slug("outline")
    _read_sources(table)
    dot_tables = structure.several("dot", needed=True)
    dots = [_read_dot(each) for each in dot_tables]
    _check_numbers(dot_tables, [dot.number for dot in dots])
    name_tables = structure.several("name")
    names = [_read_name(each, languages) for each in name_tables]
    _refuse(structure, "event")
    if not slug:
        return None
    of_outline = Mistakes(f"{shown_as}/{slug}.tsv")
    outline = read_outline(outlines / f"{slug}.tsv", of_outline)
    if outline is None:
        return Map((), tuple(dots), tuple(names)), of_outline.findings
    _check_shape(table, outline)
    places = [*(dot.at for dot in dots), *(name.at for name in names)]
    for each, at in zip((*dot_tables, *name_tables), places, strict=True):
        _check_place(each, at, outline)
    return Map(outline, tuple(dots), tuple(names)), of_outline.findings


def _read_line(structure: StructureFile) -> Line:
    table = structure.one("line")
    _read_sources(table)
    tables = structure.several("event", needed=True)
    events = [_read_event(each) for each in tables]
    _check_numbers(tables, [event.number for event in events])
    for name in ("dot", "name"):
        _refuse(structure, name)
    return Line(tuple(sorted(events, key=lambda each: (each.first, each.last, each.number))))


def _read_sources(table: Table) -> None:
    """Read where the facts come from; no page shows it, and no drawing may lack it."""
    sources = table.several("sources", str)
    if table.is_right("sources") and not any(map(str.strip, sources)):
        table.wrong("sources", "The drawing names no source.", 'Write: sources = ["..."]')
    table.done()


def _read_dot(table: Table) -> Dot:
    dot = Dot(table.whole("number"), _read_place(table), table.flag("approximate", default=False))
    table.done()
    return dot


def _read_name(table: Table, languages: Languages) -> Name:
    place = _read_place(table)
    words = {
        language: table.text(language, needed=language not in languages.partial, most=MOST_IN_NAME)
        for language in languages
    }
    name = Name(place, _with_fallbacks(words, languages), table.flag("mark", default=False))
    table.done()
    return name


def _with_fallbacks(words: Mapping[Language, str], languages: Languages) -> dict[Language, str]:
    return {
        language: next((words[each] for each in languages.chain(language) if words[each]), "")
        for language in words
    }


def _read_place(table: Table) -> Point:
    north = table.degrees("lat", MOST_NORTH)
    return table.degrees("lon", MOST_EAST), north


def _read_event(table: Table) -> Event:
    number, first = table.whole("number"), table.whole("year")
    last = table.whole("until", default=first)
    if table.is_right("year", "until") and last < first:
        table.wrong("until", "The year {until} is before {year}.", until=last, year=first)
    table.done()
    return Event(number, first, last)


def _check_numbers(tables: Sequence[Table], numbers: Sequence[int]) -> None:
    first: dict[int, int] = {}
    for at, (table, number) in enumerate(zip(tables, numbers, strict=True)):
        if not table.is_right("number"):
            continue
        if not 1 <= number <= MOST_NUMBER:
            table.wrong(
                "number",
                "{name} must be a whole number from {least} to {most}, and it is {value}.",
                name="number",
                least=1,
                most=MOST_NUMBER,
                value=number,
            )
        elif number in first:
            table.wrong(
                "number",
                "The {key} {value} is used twice, first in line {line}.",
                value=number,
                line=table.lines.line(table.name, first[number], "number"),
            )
        first.setdefault(number, at)
    for table in tables[MOST_NUMBERS : MOST_NUMBERS + 1]:
        table.wrong(
            "number",
            "A drawing has room for {most} numbers.",
            "Take some out, or make two drawings.",
            most=MOST_NUMBERS,
        )


def _check_shape(table: Table, outline: Outline) -> None:
    if not 1 / MOST_SIDES <= maps.sides(outline) <= MOST_SIDES:
        table.wrong("outline", "The outline is more than {most} to 1.", most=MOST_SIDES)


def _check_place(table: Table, at: Point, outline: Outline) -> None:
    west, south, east, north = maps.frame(outline)
    if table.is_right("lat", "lon") and not (west <= at[0] <= east and south <= at[1] <= north):
        table.wrong(
            "lat",
            "This place lies outside the map.",
            "lat is north, {south} to {north}; lon is east, {west} to {east}. Are they exchanged?",
            south=round(south, 1),
            north=round(north, 1),
            west=round(west, 1),
            east=round(east, 1),
        )


def _refuse(structure: StructureFile, name: str) -> None:
    for table in structure.several(name)[:1]:
        table.wrong("", "[[{table}]] belongs to another kind of drawing.", "Take these blocks out.")
