"""Run the tests: `python3 scripts/test.py`; what is given is handed to pytest."""

import os
import sys

import environment

os.chdir(environment.ROOT)
environment.run("pytest", "-n", "auto", "--dist", "worksteal", *sys.argv[1:], pins=environment.TEST)
