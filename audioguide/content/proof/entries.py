"""Read the lists of the proof room line by line."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from audioguide.errors import Finding, Grade, Message, PackBroken


@dataclass(frozen=True)
class Entry:
    """One line of a list: its columns, and where it stands as file:line."""

    columns: tuple[str, ...]
    where: str

    def error(self, what: Message, do: Message) -> Finding:
        """Make an error at this line."""
        return Finding(Grade.ERROR, self.where, what, do)


def read_entries(content: str, file: str, *, columns: int) -> tuple[Entry, ...]:
    """Read lines of tab-separated columns; empty lines and lines that begin with # are passed over.

    Raise PackBroken with every line that has another number of columns or an empty one.
    """
    entries = tuple(_entries(content, file))
    wrong = [
        entry.error(
            Message(
                "The line has {count} columns, not {columns}.",
                {"count": len(entry.columns), "columns": columns},
            ),
            Message("Separate the columns by one tab each, and leave none empty."),
        )
        for entry in entries
        if len(entry.columns) != columns or not all(entry.columns)
    ]
    if wrong:
        raise PackBroken(wrong)
    return entries


def _entries(content: str, file: str) -> Iterator[Entry]:
    text = unicodedata.normalize("NFC", content.removeprefix("\ufeff"))
    for number, line in enumerate(text.splitlines(), start=1):
        if line.strip() and not line.lstrip().startswith("#"):
            columns = tuple(" ".join(part.split()) for part in line.split("\t"))
            yield Entry(columns, f"{file}:{number}")
