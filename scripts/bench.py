"""Measure what the design promises in figures: `python3 scripts/bench.py`."""

import sys

import environment

program = environment.ROOT / "tests" / "bench" / "foundation.py"
environment.run("python", str(program), *sys.argv[1:], tests=True)
