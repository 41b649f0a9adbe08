"""Start the guide: `python3 scripts/serve.py --port 8000`."""

import sys

import environment

environment.run("audioguide", "serve", *sys.argv[1:])
