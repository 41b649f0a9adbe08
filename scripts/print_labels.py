"""Print labels for the wall into qr_codes/: `python3 scripts/print_labels.py`."""

import sys

import environment

given = sys.argv[1:]
folder = [] if "--out" in given else ["--out", str(environment.ROOT / "qr_codes")]
environment.run("audioguide", "labels", "print", *folder, *given)
