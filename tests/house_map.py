"""Draw the house from its imports, as one SVG: floors with their rooms, and who imports whom."""

from __future__ import annotations

import configparser
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from xml.sax.saxutils import escape

import grimp

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = "audioguide"
WIDTH, MARGIN, BAND_NAME = 1180, 16, 96
ROWS, ROW, COLUMN = 12, 15, 128  # of the names of modules in a room
CELL, CELL_NAMES = 30, 170
GROUND = "ground"  # the single modules of the lowest floor, as one room


@dataclass(frozen=True)
class Room:
    """A package, or one module that stands by itself, with what lies directly in it."""

    name: str
    modules: tuple[str, ...]

    @property
    def columns(self) -> int:
        return max(1, -(-len(self.modules) // ROWS))

    @property
    def width(self) -> int:
        return max(self.columns * COLUMN + 12, 20 + 7 * len(self.name))

    @property
    def height(self) -> int:
        return 26 + ROW * min(ROWS, len(self.modules)) + (6 if self.modules else 0)


@dataclass(frozen=True)
class House:
    """Floors from the top, each a row of rooms, and how many imports lead from room to room."""

    floors: tuple[tuple[Room, ...], ...]
    imports: Counter[tuple[str, str]]

    @property
    def rooms(self) -> list[Room]:
        return [room for floor in self.floors for room in floor]


def survey(root: Path = ROOT) -> House:
    """Read the floors from the import contract in setup.cfg, the rest from the imports."""
    graph = grimp.build_graph(PACKAGE, cache_dir=None)
    modules = sorted(each.removeprefix(f"{PACKAGE}.") for each in graph.modules if each != PACKAGE)
    packages = {each.rpartition(".")[0] for each in modules} - {""}
    *above, ground = _floors(root / "setup.cfg")
    floors = [
        tuple(room for name in names for room in _rooms(name, modules, packages)) for names in above
    ]
    below = tuple(room for name in ground if name in packages for room in _ground(name, modules))
    alone = tuple(name for name in ground if name not in packages)
    floors.append((Room(GROUND, alone), *below))
    at = {
        f"{room.name}.{name}": room.name
        for floor in floors
        for room in floor
        for name in room.modules
    }
    at |= dict.fromkeys(ground, GROUND) | {
        room.name: room.name for floor in floors for room in floor
    }
    imports: Counter[tuple[str, str]] = Counter()
    for module in modules:
        for other in graph.find_modules_directly_imported_by(f"{PACKAGE}.{module}"):
            pair = _room_of(module, at), _room_of(other.removeprefix(f"{PACKAGE}."), at)
            if pair[0] != pair[1] and pair[1]:
                imports[pair] += 1
    return House(tuple(floors), imports)


def _floors(setup: Path) -> list[list[str]]:
    contracts = configparser.ConfigParser()
    contracts.read(setup, encoding="utf-8")
    layers = contracts["importlinter:contract:floors"]["layers"].strip().splitlines()
    return [layer.replace("|", " ").replace(":", " ").split() for layer in layers]


def _rooms(name: str, modules: list[str], packages: set[str]) -> list[Room]:
    inside = [each for each in sorted({name, *packages}) if f"{each}.".startswith(f"{name}.")]
    return [
        Room(each, tuple(m.rpartition(".")[2] for m in modules if _holds(each, m, packages)))
        for each in inside
    ]


def _ground(name: str, modules: list[str]) -> list[Room]:
    """Draw a package of the ground with the one below it: each language in it is one name."""
    rooms = dict.fromkeys(each.rpartition(".")[0] for each in modules if each.count(".") in (1, 2))
    return [
        Room(room, tuple(m.rpartition(".")[2] for m in modules if m.rpartition(".")[0] == room))
        for room in sorted(rooms)
        if f"{room}.".startswith(f"{name}.")
    ]


def _room_of(module: str, at: Mapping[str, str]) -> str:
    """Return the room in which a module lies, or "" for one of another package."""
    while module and module not in at:
        module = module.rpartition(".")[0]
    return at.get(module, "")


def _holds(room: str, module: str, packages: set[str]) -> bool:
    return module.rpartition(".")[0] == room and module not in packages


def draw(house: House) -> str:
    """Draw the floors, and below them the matrix of imports."""
    floors, y = _draw_floors(house, MARGIN)
    matrix, y = _draw_matrix(house, y + 2 * MARGIN)
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {y + MARGIN}" '
        'font-family="system-ui, sans-serif" font-size="11.5">'
        f'<rect width="{WIDTH}" height="{y + MARGIN}" fill="#fff"/>'
    )
    return "\n".join([head, *floors, *matrix, "</svg>"]) + "\n"


def _draw_floors(house: House, y: int) -> tuple[list[str], int]:
    drawn: list[str] = []
    for number, floor in zip(range(len(house.floors), 0, -1), house.floors, strict=True):
        boxes, bottom = _draw_rooms(floor, y + 10)
        height = bottom + 10 - y
        drawn.append(_box(MARGIN, y, WIDTH - 2 * MARGIN, height, "#f3f1ec"))
        drawn.append(_text(MARGIN + 10, y + 26, f"floor {number - 1}", "#555"))
        drawn += boxes
        y += height + 8
    return drawn, y


def _draw_rooms(floor: tuple[Room, ...], y: int) -> tuple[list[str], int]:
    drawn: list[str] = []
    x, tallest = MARGIN + BAND_NAME, 0
    for room in floor:
        if x + room.width > WIDTH - MARGIN - 8:
            x, y, tallest = MARGIN + BAND_NAME, y + tallest + 8, 0
        drawn.append(_box(x, y, room.width, room.height, "#fff", stroke="#8a8578"))
        drawn.append(_text(x + 8, y + 18, room.name, "#000", "bold"))
        for place, name in enumerate(room.modules):
            column, row = divmod(place, ROWS)
            drawn.append(_text(x + 8 + column * COLUMN, y + 36 + row * ROW, name, "#333"))
        x, tallest = x + room.width + 8, max(tallest, room.height)
    return drawn, y + tallest


def _draw_matrix(house: House, y: int) -> tuple[list[str], int]:
    """Draw who (row) imports from whom (column); green is a room that was named before."""
    names = [room.name for room in house.rooms]
    left, top = MARGIN + CELL_NAMES, y + CELL_NAMES
    drawn = [
        _text(
            MARGIN,
            y + 14,
            "A row imports from a column, so many times; green: from a room named before it.",
            "#000",
            "bold",
        )
    ]
    for place, name in enumerate(names):
        at = left + place * CELL + CELL // 2
        drawn.append(_text(left - 6, top + place * CELL + 16, name, "#333", anchor="end"))
        drawn.append(
            f'<text transform="translate({at + 4} {top - 6}) rotate(-90)" fill="#333">{name}</text>'
        )
        drawn.append(_box(left + place * CELL, top + place * CELL, CELL, CELL, "#d9d4c7"))
    for (importer, imported), times in sorted(house.imports.items()):
        row, column = names.index(importer), names.index(imported)
        x, at_y = left + column * CELL, top + row * CELL
        drawn.append(_box(x, at_y, CELL, CELL, "#cfe0f3" if column > row else "#dcecd8"))
        drawn.append(_text(x + CELL // 2, at_y + 16, str(times), "#000", anchor="middle"))
    return drawn, top + len(names) * CELL


def _box(x: int, y: int, width: int, height: int, fill: str, stroke: str = "none") -> str:
    return (
        f'<rect x="{x}" y="{y}" width="{width}" height="{height}" fill="{fill}" stroke="{stroke}"/>'
    )


def _text(
    x: int, y: int, words: str, fill: str, weight: str = "normal", anchor: str = "start"
) -> str:
    return (
        f'<text x="{x}" y="{y}" fill="{fill}" font-weight="{weight}" text-anchor="{anchor}">'
        f"{escape(words)}</text>"
    )


if __name__ == "__main__":
    (ROOT / "docs" / "house.svg").write_text(draw(survey()), encoding="utf-8")
