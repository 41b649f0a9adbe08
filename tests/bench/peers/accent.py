"""Set the stress of Russian sentences by silero-stress: a list of JSON in, the same list out.

Run by stress.py in an environment of its own; a plus stands before each stressed vowel.
"""

from __future__ import annotations

import json
import sys

from silero_stress import load_accentor

accent = load_accentor()
sentences = json.load(sys.stdin)
json.dump([accent(each, put_yo=False, put_yo_homo=False) for each in sentences], sys.stdout)
