"""Run the tests of an installation: `python3 scripts/test.py`; with --all every test.

What is given is handed to pytest; tests that are named are run, whatever they need.
"""

import os
import sys

import environment

os.chdir(environment.ROOT)
environment.run(*environment.PYTEST, *sys.argv[1:], pins=environment.TEST)
