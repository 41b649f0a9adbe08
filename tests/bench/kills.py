"""Kill a worker a hundred times while it speaks: `bench.py --kills [--times 100] [--seed 2]`.

Nothing may be lost, doubled or halved; what is, ends it with the narration's name.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from pathlib import Path

from sqlalchemy import select

from audioguide.models import Narration
from audioguide.operations.narrations import want
from killed_workers import crash, prove_all
from museum import World
from toy_voice import write_voice


def main() -> None:
    """Kill, prove, and say how long it took."""
    parser = argparse.ArgumentParser(prog="bench.py --kills", description=__doc__)
    parser.add_argument("--times", type=int, default=100, help="how often it is killed")
    parser.add_argument("--seed", type=int, default=2, help="of the moments")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        world = World(Path(folder))
        world.bring()
        write_voice(world.settings.data / "voices", "kk_KZ-issai-high")
        want(world.opened())
        with world.database.reading() as session:
            wanted = len(session.scalars(select(Narration.id)).all())
        began = time.monotonic()
        crash(world, asked.times, asked.seed)
        prove_all(world, rows=wanted)
        world.close()
    took = time.monotonic() - began
    print(f"killed {asked.times} times in {took:.0f} s; nothing lost, doubled or halved")


if __name__ == "__main__":
    main()
