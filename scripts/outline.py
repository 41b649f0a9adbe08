"""Take the outline of a country from Natural Earth: `python3 scripts/outline.py 398 kazakhstan`.

The number is the country's in ISO 3166-1. For developers, once for each country: it fetches the
npm package world-atlas (Natural Earth at 1:50 million, public domain) by npm itself, and writes
media/drawings/outlines/<name>.tsv. Nothing of it runs where the guide runs.
"""

import argparse
import json
import pathlib
import subprocess
import sys
import tarfile
import tempfile
from typing import Any

Point = tuple[float, float]  # east and north, in degrees

PACKAGE = "world-atlas@2.0.2"
MEMBER = "package/countries-50m.json"
OUTLINES = pathlib.Path(__file__).resolve().parent.parent / "media" / "drawings" / "outlines"
HEAD = """\
# The outline of a country: east, Tab, north, in degrees; a part for itself below an empty line.
# Natural Earth, public domain (naturalearthdata.com), 1:50 million, from npm {package},
# by python3 scripts/outline.py {number} {name}
"""


def main(number: str, name: str) -> None:
    """Write the outline of the country that has the number, under the name."""
    atlas = fetched()
    known = {each.get("id"): each for each in atlas["objects"]["countries"]["geometries"]}
    if number not in known:
        sys.exit(f"There is no country {number} in {PACKAGE}.")
    arcs = [decoded(arc, atlas["transform"]) for arc in atlas["arcs"]]
    rings = [joined(ring, arcs) for ring in outer_rings(known[number])]
    parts = ("\n".join(f"{east:.3f}\t{north:.3f}" for east, north in ring) for ring in rings)
    head = HEAD.format(package=PACKAGE, number=number, name=name)
    path = OUTLINES / f"{name}.tsv"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(head + "\n\n".join(parts) + "\n", encoding="utf-8", newline="\n")
    print(f"{path}: {sum(map(len, rings))} points")


def fetched() -> Any:
    """Fetch the package by npm, and read the atlas that lies in it."""
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(["npm", "pack", "--silent", PACKAGE], cwd=folder, check=True)
        (package,) = pathlib.Path(folder).glob("*.tgz")
        with tarfile.open(package) as files:
            files.extract(MEMBER, folder, filter="data")
        return json.loads((pathlib.Path(folder) / MEMBER).read_text(encoding="utf-8"))


def decoded(arc: Any, transform: Any) -> "list[Point]":
    """Return the points of an arc in degrees: the file has whole steps from one to the next."""
    (wide, high), (west, south) = transform["scale"], transform["translate"]
    x = y = 0
    points: list[Point] = []
    for step in arc:
        x, y = x + step[0], y + step[1]
        points.append((west + x * wide, south + y * high))
    return points


def outer_rings(country: Any) -> "list[list[int]]":
    """Return the numbers of the arcs of each part of a country, without its lakes and enclaves."""
    parts: list[list[list[int]]] = (
        country["arcs"] if country["type"] == "MultiPolygon" else [country["arcs"]]
    )
    return [part[0] for part in parts]


def joined(ring: "list[int]", arcs: "list[list[Point]]") -> "list[Point]":
    """Join arcs to a ring; a number below 0 is walked from its end (TopoJSON 1.0, 2.1.4)."""
    points: list[Point] = []
    for number in ring:
        arc = arcs[number] if number >= 0 else arcs[~number][::-1]
        points += arc[1:] if points else arc
    return points[:-1]  # the last is the first


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("number", help="of the country in ISO 3166-1: 398")
    parser.add_argument("name", help="of the file that is written: kazakhstan")
    asked = parser.parse_args()
    main(asked.number, asked.name)
