"""Measure a large museum: what an import asks the database, and how long it takes.

`bench.py --large [--stops 40 400]`. Ends with status 1 where more stops ask more of it: then
something asks once a stop.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from audioguide.operations.opened import Opened
from audioguide.operations.pack import bring_what_is_whole
from large_pack import correct_every_text, touch_the_structure, write_large_pack
from museum import World
from statements import counted


@dataclass(frozen=True)
class Import:
    """One import of a museum: what had changed, what was asked, and the seconds it took."""

    what: str
    statements: int
    seconds: float


CHANGES: dict[str, Callable[[Path], None]] = {
    "nothing new": touch_the_structure,
    "every text corrected": correct_every_text,
}


def main() -> None:
    """Measure and print a table."""
    parser = argparse.ArgumentParser(prog="bench.py --large", description=__doc__)
    parser.add_argument("--stops", type=int, nargs="+", default=[40, 400], help="sizes to compare")
    asked = parser.parse_args()
    print(f"{'import':<24} {'stops':>6} {'statements':>11} {'seconds':>8}")
    asks: dict[str, set[int]] = {}
    for stops in asked.stops:
        for each in imports(stops):
            print(
                f"{each.what:<24} {stops:>6} {each.statements:>11} {each.seconds:>8.2f}", flush=True
            )
            asks.setdefault(each.what, set()).add(each.statements)
    sys.exit(any(len(counts) > 1 for counts in asks.values()))


def imports(stops: int) -> Iterator[Import]:
    """Import a museum of so many stops when it is new, and after each change."""
    with tempfile.TemporaryDirectory() as folder:
        pack = write_large_pack(Path(folder) / "pack", stops)
        world = World(Path(folder) / "museum", pack)
        opened = world.opened()
        yield measured("all of it new", opened)
        for what, change in CHANGES.items():
            change(world.media)
            yield measured(what, opened)
        world.close()


def measured(what: str, opened: Opened) -> Import:
    """Import the pack as a start does, and want its texts spoken."""
    began = time.monotonic()
    with counted() as said:
        bring_what_is_whole(opened)
    return Import(what, len(said), time.monotonic() - began)


if __name__ == "__main__":
    main()
