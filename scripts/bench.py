"""Measure what the design promises in figures: `python3 scripts/bench.py --labels`.

Without a part's name the foundation is measured; what follows is handed to that part's bench.
`--pictures DIR` measures nothing: it leaves pictures of every kind of page, for people to look at.
"""

import os
import sys

import environment

PARTS = (
    "--alignment",
    "--ear",
    "--faults",
    "--group",
    "--kills",
    "--labels",
    "--large",
    "--narrations",
    "--pictures",
    "--serve",
    "--stress",
    "--voice",
    "--web",
)

given = sys.argv[1:]
named = given[0].lstrip("-") if given and given[0] in PARTS else None
program = environment.ROOT / "tests" / "bench" / f"{named or 'foundation'}.py"
os.environ["PYTHONPATH"] = str(environment.ROOT / "tests")  # what tests and benches share
environment.run("python", str(program), *(given[1:] if named else given), pins=environment.TEST)
