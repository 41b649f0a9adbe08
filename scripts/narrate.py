"""Make the narrations that are missing: `python3 scripts/narrate.py --stop 9`."""

import sys

import environment

environment.run("audioguide", "narrate", *sys.argv[1:])
