"""See the voices and install better ones: `python3 scripts/voices.py install kk ru en`."""

import sys

import environment

environment.run("audioguide", "voices", *sys.argv[1:], pins=environment.PIPER)
