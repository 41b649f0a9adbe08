"""Try the guide as an attacker, a full disk or a wrong clock would: `bench.py --faults`.

Each trial is one line: held, fell short, or left out with the reason. All of it is on loopback.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from bench.trials import figures, modules
from bench.trials.ground import Ground
from bench.trials.trial import ALL, FELL_SHORT, Trial, chosen, judge, totals


def main() -> None:
    """Make the trials that were chosen; end with status 1 if one fell short."""
    parser = argparse.ArgumentParser(prog="bench.py --faults", description=__doc__)
    parser.add_argument(
        "--only",
        metavar="NAME",
        action="append",
        default=[],
        help="only trials whose name has this in it, or whose part this letter is",
    )
    parser.add_argument("--list", action="store_true", help="list the trials and make none")
    parser.add_argument("--quick", action="store_true", help="smaller crowds and shorter waits")
    parser.add_argument("--figures", action="store_true", help="measure kept pages, make no trial")
    parser.add_argument(
        "--against",
        type=Path,
        metavar="DIR",
        help="with --figures: another checkout with its .venv, in turns",
    )
    asked = parser.parse_args()
    modules.load()
    trials = chosen(ALL, asked.only)
    if asked.list:
        for each in trials:
            print(f"{each.part} {each.name}")
        return
    if asked.only and not trials and not asked.figures:
        parser.error("no trial is called so; --list names them all")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        if asked.figures:
            figures.measure(folder, asked.against, quick=asked.quick)
            return
        raise SystemExit(_make(trials, Ground(folder, asked.quick)))


def _make(trials: list[Trial], ground: Ground) -> int:
    began, verdicts = time.monotonic(), []
    for each in trials:
        verdicts.append(judge(each, ground, time.monotonic))
        print(verdicts[-1].line, flush=True)
        ground.clear()
    print(f"{totals(verdicts)}; {time.monotonic() - began:.0f} s")
    return int(any(verdict.kind == FELL_SHORT for verdict in verdicts))


if __name__ == "__main__":
    main()
