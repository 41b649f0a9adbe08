"""Line numbers of a TOML file: where a table and a key stand, which tomllib forgets."""

from __future__ import annotations

import re
from collections import defaultdict

_PART = r"(?:[\w\-]+|\"[^\"]*\"|'[^']*')"
_HEADER = re.compile(rf"^\s*\[{{1,2}}\s*({_PART}(?:\s*\.\s*{_PART})*)\s*\]{{1,2}}")
_KEY = re.compile(r"^\s*([\w\-]+)\s*=")


class LineMap:
    """Finds the line, counted from 1, of the n-th table of a name and of its keys."""

    def __init__(self, text: str) -> None:
        self._tables: dict[str, list[dict[str, int]]] = defaultdict(list)
        table: dict[str, int] = {"": 1}
        self._tables[""].append(table)
        for number, line in enumerate(text.split("\n"), start=1):
            if (name := table_of(line)) is not None:
                table = {"": number}
                self._tables[name].append(table)
            elif key := _KEY.match(line):
                table.setdefault(key.group(1), number)

    def line(self, table: str, index: int = 0, key: str = "") -> int:
        """Return the line of a key, else of its table, else of a key so called, else 1."""
        tables = self._tables.get(table, [])
        if index >= len(tables):
            return self._tables[""][0].get(table, 1)
        return tables[index].get(key) or tables[index][""]


def table_of(line: str) -> str | None:
    """Return the table that a line opens, as Python has it: [language."uz-Latn"] without marks."""
    found = _HEADER.match(line)
    if found is None:
        return None
    return ".".join(part.strip("\"'") for part in re.findall(_PART, found[1]))
