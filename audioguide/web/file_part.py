"""Range responses: a part of a file as the body, which a server sends from the disk itself."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class FilePart:
    """The bytes of a file from ``start`` up to ``end``; as a WSGI body it is one piece."""

    path: Path
    start: int
    end: int

    def __iter__(self) -> Iterator[bytes]:
        """Give them, for a server that sends no files."""
        with self.path.open("rb") as file:
            file.seek(self.start)
            yield file.read(self.end - self.start)
