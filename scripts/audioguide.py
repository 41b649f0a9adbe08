"""Give the guide a command: `python3 scripts/audioguide.py labels print --help`."""

import sys

import environment

installs = sys.argv[1:3] == ["voices", "install"]  # with the package that lets them speak
pins = environment.pins_for_voices(sys.argv[1:]) if installs else environment.RUN
environment.run("audioguide", *sys.argv[1:], pins=pins)
