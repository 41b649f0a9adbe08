"""See the voices and install better ones: `python3 scripts/voices.py install kk ru en`."""

import sys

import environment

given = sys.argv[1:]
environment.run("audioguide", "voices", *given, pins=environment.pins_for_voices(given))
