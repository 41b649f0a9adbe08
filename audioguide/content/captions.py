"""What the texts of a picture say: what is to be seen, whose it is, what its numbers stand for."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from audioguide.content.decoding import note_strays, read_text
from audioguide.content.mistakes import Mistakes
from audioguide.content.text import MOST_CHARACTERS, check_words
from audioguide.languages import Language

MOST_IN_ALTERNATIVE = 500  # what is read aloud in half a minute
CAPTION_FORM = "Write what is to be seen, then an empty line, then whose picture it is."
_DRAWING_FORM = (
    "Write what is to be seen, an empty line, whose drawing it is, an empty line, then a line for "
    "each number."
)

_ENTRY = re.compile(r"(\d{1,4})[.)]?\s+(\S.*)")


@dataclass(frozen=True)
class Entry:
    """One entry of a legend: what a number in the picture stands for."""

    number: int
    words: str


@dataclass(frozen=True)
class Caption:
    """What is to be seen in a picture, for those who do not see it, and whose picture it is.

    A drawing has a legend besides.
    """

    alternative: str
    credit: str
    legend: tuple[Entry, ...] = ()


@dataclass(frozen=True)
class _Block:
    """Lines without an empty one between them, and the line at which they begin."""

    line: int
    lines: list[str]

    @property
    def words(self) -> str:
        return " ".join(self.lines)


def read_caption(
    path: Path, language: Language, mistakes: Mistakes, *, has_legend: bool = False
) -> Caption | None:
    """Read the text of a picture, or None with what is wrong; a drawing's text ``has_legend``."""
    text = read_text(path, mistakes)
    if text is None:
        return None
    note_strays(text.split("\n"), language, mistakes)
    blocks = _blocks(text)
    for place, most in ((0, MOST_IN_ALTERNATIVE), (1, MOST_CHARACTERS)):
        for block in blocks[place : place + 1]:
            for number, line in enumerate(block.lines, start=block.line):
                check_words(number, line, mistakes)
            _check_length(block.line, block.words, most, mistakes)
    if not blocks:
        mistakes.add(
            1,
            "The text does not say what is to be seen.",
            _DRAWING_FORM if has_legend else CAPTION_FORM,
        )
    elif len(blocks) == 1:
        mistakes.add(
            blocks[0].line,
            "The text does not say whose picture it is.",
            _DRAWING_FORM if has_legend else CAPTION_FORM,
        )
    elif len(blocks) > 2 and not has_legend:
        mistakes.add(blocks[2].line, "There are words below the credit.", CAPTION_FORM)
    legend = _legend(blocks[2:], mistakes) if has_legend else ()
    if mistakes.findings:
        return None
    return Caption(blocks[0].words, blocks[1].words, legend)


def _legend(blocks: list[_Block], mistakes: Mistakes) -> tuple[Entry, ...]:
    """Read the lines of a legend, each of which begins with its number."""
    entries: dict[int, Entry] = {}
    for block in blocks:
        for line, written in enumerate(block.lines, start=block.line):
            found = _ENTRY.fullmatch(written)
            if found is None:
                mistakes.add(
                    line,
                    "A line of a legend begins with the number that it explains.",
                    "Write: {example}",
                    example=f"1 {written[:40]}",
                )
                continue
            number, words = int(found[1]), found[2]
            check_words(line, words, mistakes)
            _check_length(line, words, MOST_CHARACTERS, mistakes)
            if number in entries:
                mistakes.add(
                    line,
                    "The number {number} is explained twice.",
                    "Take one of the lines out.",
                    number=number,
                )
            entries[number] = Entry(number, words)
    return tuple(entries.values())


def _check_length(line: int, words: str, most: int, mistakes: Mistakes) -> None:
    if len(words) > most:
        mistakes.add(
            line,
            "This has {count} characters, and at most {most} are kept.",
            "Write it shorter.",
            count=len(words),
            most=most,
        )


def _blocks(text: str) -> list[_Block]:
    """Return what stands between empty lines."""
    blocks: list[_Block] = []
    is_open = False
    for number, raw in enumerate(text.split("\n"), start=1):
        line = " ".join(raw.split())
        if line and is_open:
            blocks[-1].lines.append(line)
        elif line:
            blocks.append(_Block(number, [line]))
        is_open = bool(line)
    return blocks
