"""A program in the place of Festival, with a folder of voices beside it."""

from __future__ import annotations

import sys
from pathlib import Path

from audioguide.speech.festival import USUAL_SPEAKER as USUAL

# A program in the place of Festival: one line comes in for the voice, one for each piece.
HEAD = f"""#!{sys.executable}
import os, pathlib, struct, sys, time
HERE = pathlib.Path(__file__).parent
STARTS = HERE / "starts"
STARTS.write_text(str(int(STARTS.read_text() if STARTS.exists() else 0) + 1))
(HERE / "pid").write_text(str(os.getpid()))
def say(said):
    sys.stdout.buffer.write(said)
    sys.stdout.buffer.flush()
def sound(text, rate=16000):
    tone = b"\\x00\\x20\\x00\\xe0" * (800 * len(text))
    form = struct.pack("<HHIIHH", 1, 1, rate, 2 * rate, 2, 16)
    length = struct.pack("<I", 36 + len(tone))
    return (b"sound\\nRIFF" + length + b"WAVEfmt " + struct.pack("<I", 16) + form
            + b"data" + struct.pack("<I", len(tone)) + tone)
sys.stdin.readline()
say(b"ready\\n")
for line in sys.stdin:
    text = line.split('"')[1]
    with (HERE / "asked").open("a") as asked:
        asked.write(text + "\\n")
"""
SPEAKS = "    say(sound(text))"


class StandIn:
    """A program under Festival's name with a folder of voices beside it."""

    def __init__(self, folder: Path) -> None:
        self.program = folder / "bin" / "festival"
        self.program.parent.mkdir(parents=True)
        self.voices = folder / "share" / "festival" / "voices"
        self.has_voice("russian", USUAL)

    def does(self, script: str, head: str = HEAD) -> None:
        self.program.write_text(head + script + "\n", encoding="utf-8")
        self.program.chmod(0o755)

    def has_voice(self, language: str, speaker: str) -> None:
        festvox = self.voices / language / speaker / "festvox"
        festvox.mkdir(parents=True)
        (festvox / f"{speaker}.scm").touch()

    @property
    def scheme(self) -> Path:
        return self.voices / "russian" / USUAL / "festvox" / f"{USUAL}.scm"

    def pid(self) -> int:
        return int((self.program.parent / "pid").read_text())

    def starts(self) -> int:
        file = self.program.parent / "starts"
        return int(file.read_text()) if file.exists() else 0

    def asked(self) -> list[str]:
        return (self.program.parent / "asked").read_text(encoding="utf-8").splitlines()
