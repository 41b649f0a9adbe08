"""Texts that are still to be written: below the title stands an ellipsis and nothing else."""

from __future__ import annotations

from pathlib import Path

from audioguide import files
from audioguide.errors import Finding, Grade, message

UNWRITTEN = "…"
_MOST_BYTES = 2_000  # a title and the mark; what is larger is read as a text
_MARKS = (UNWRITTEN, "...")


def findings(path: Path, shown_as: str, *, is_missed: bool) -> list[Finding]:
    """Say that a text is still to be written; nothing where it is, or cannot be read.

    It is an error where somebody misses it, and else a note.
    """
    try:
        text = files.read(path, _MOST_BYTES).decode("utf-8-sig")
    except (OSError, UnicodeDecodeError):
        return []
    lines = [(number, line) for number, line in enumerate(text.split("\n"), 1) if line.strip()]
    if len(lines) != 2 or not lines[0][1].startswith("# ") or lines[1][1].strip() not in _MARKS:
        return []
    where, grade = f"{shown_as}:{lines[1][0]}", Grade.ERROR if is_missed else Grade.NOTE
    do = message("Write it in the place of “{mark}”.", mark=lines[1][1].strip())
    return [Finding(grade, where, message("This text is still to be written."), do)]
