"""Print labels for the wall into qr_codes/: `python3 scripts/print_labels.py`."""

import sys

import environment

folder = str(environment.ROOT / "qr_codes")  # said first, so that --out, however given, wins
environment.run("audioguide", "labels", "print", "--out", folder, *sys.argv[1:])
