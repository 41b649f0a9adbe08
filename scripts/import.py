"""Bring the texts in media/ into the guide: `python3 scripts/import.py`."""

import sys

import environment

environment.run("audioguide", "import", *sys.argv[1:])
