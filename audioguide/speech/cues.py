"""Say when each sentence is heard, and write it as W3C WebVTT."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from audioguide.errors import AudioguideError
from audioguide.languages import Language

_LINE_END = re.compile(r"\r\n|\r|\n")
_TIMING = re.compile(r"(\d{2,}):(\d\d):(\d\d)\.(\d{3}) --> (\d{2,}):(\d\d):(\d\d)\.(\d{3})")


@dataclass(frozen=True)
class Cue:
    """The words of one sentence, and from when to when they are heard."""

    start_ms: int
    end_ms: int
    text: str


def write_webvtt(cues: Sequence[Cue], language: Language) -> str:
    """Write cues as WebVTT with the identifiers 1 to n (W3C WebVTT, 4.1)."""
    blocks = ["WEBVTT", f"NOTE Language: {language}"]
    for number, cue in enumerate(cues, start=1):
        timing = f"{_timestamp(cue.start_ms)} --> {_timestamp(cue.end_ms)}"
        blocks.append(f"{number}\n{timing}\n{_escape(cue.text)}")
    return "\n\n".join(blocks) + "\n"


def read_webvtt(text: str) -> tuple[Cue, ...]:
    """Read the cues of a WebVTT file as ``write_webvtt`` writes it.

    Raise ``AudioguideError`` where it is something else.
    """
    lines = _LINE_END.split(text.removeprefix("\ufeff"))
    if lines[0] != "WEBVTT":
        raise AudioguideError("The cues cannot be read: their first line is not WEBVTT.")
    cues = []
    for number, line in enumerate(lines):
        if "-->" not in line:
            continue
        timing = _TIMING.fullmatch(line)
        if timing is None or number + 1 >= len(lines):
            raise AudioguideError(
                "The cues cannot be read: line {number} is “{line}”.", number=number + 1, line=line
            )
        figures = [int(figure) for figure in timing.groups()]
        cues.append(Cue(_ms(figures[:4]), _ms(figures[4:]), _unescape(lines[number + 1])))
    return tuple(cues)


def _timestamp(ms: int) -> str:
    seconds, ms = divmod(ms, 1000)
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours:02}:{minutes:02}:{seconds:02}.{ms:03}"


def _ms(figures: Sequence[int]) -> int:
    hours, minutes, seconds, ms = figures
    return ((hours * 60 + minutes) * 60 + seconds) * 1000 + ms


def _escape(text: str) -> str:
    # An empty line would end the cue, and "-->" would begin another.
    line = _LINE_END.sub(" ", text)
    return line.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _unescape(line: str) -> str:
    return line.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
