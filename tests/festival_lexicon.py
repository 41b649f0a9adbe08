"""Ask Festival's own lexicon how it stresses words; nothing is spoken."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Sequence

from audioguide.speech.festival import PROGRAM, USUAL_SPEAKER
from audioguide.speech.festival_letters import written

LONGEST_SECONDS = 120


def stressed_syllables(words: Sequence[str]) -> list[list[int]]:
    """Give the places of the stressed syllables of each word."""
    asked = "".join(
        f'(format t "WORD %l\\n" (lex.lookup "{written(word)}" nil))\n' for word in words
    )
    ended = subprocess.run(
        [PROGRAM, "--pipe"],
        input=f"(voice_{USUAL_SPEAKER})\n{asked}".encode(),
        capture_output=True,
        timeout=LONGEST_SECONDS,
        check=True,
    )
    said = [line for line in ended.stdout.decode().splitlines() if line.startswith("WORD ")]
    syllables = [re.findall(r"\) ([01])\)", line) for line in said]
    return [[place for place, mark in enumerate(each) if mark == "1"] for each in syllables]
