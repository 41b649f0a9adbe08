"""Take the short title of a label out of a text file."""

from __future__ import annotations

import re

from audioguide.content.mistakes import Mistakes

_LINE = re.compile(r"\s*label\s*:(.*)", re.IGNORECASE)


def take_out(content: str, mistakes: Mistakes, *, is_stop: bool) -> tuple[str, str | None, int]:
    """Return the text with its `Label:` line empty, what that says or None, and its line from 1.

    Note one that stands anywhere but directly under the title of a stop, or is not shorter.
    """
    lines = content.split("\n")
    title = next((index for index, line in enumerate(lines) if line.strip()), 0)
    label, at = None, 1
    for index, line in enumerate(lines):
        if (found := _LINE.fullmatch(line)) is None:
            continue
        lines[index] = ""
        short = " ".join(found[1].split())
        if not is_stop:
            mistakes.add(index + 1, "Only a stop has a label.", "Take the line Label: out.")
        elif index != title + 1 or not lines[title].lstrip().startswith("# "):
            mistakes.add(
                index + 1,
                "The line Label: is in the wrong place.",
                "Put it directly below the line with # and the title, once.",
            )
        elif not 0 < len(short) < len(lines[title].strip().removeprefix("# ").strip()):
            mistakes.add(
                index + 1,
                "The line Label: is for a title that is shorter than the one above it.",
                "Write a shorter one behind it, or take the line out.",
            )
        else:
            label, at = short, index + 1
    return "\n".join(lines), label, at
