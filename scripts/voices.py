"""See the voices and install better ones: `python3 scripts/voices.py install kk ru en`."""

import sys

import environment

given = sys.argv[1:]
asks = {"-h", "--help"} & set(given)  # and wants nothing installed
pins = environment.RUN if asks else environment.PIPER
environment.run("audioguide", "voices", *given, pins=pins)
