"""museum.toml as tables; what they mean is for others to say."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from audioguide.content.decoding import decode
from audioguide.content.lines import LineMap
from audioguide.content.mistakes import Mistakes
from audioguide.content.tables import Table
from audioguide.content.toml_mistakes import add_toml_mistake
from audioguide.errors import AskedWrongly

STRUCTURE = "museum.toml"
_TABLES = ("museum", "hall", "stop", "tour")


@dataclass(frozen=True)
class StructureFile:
    """The tables of museum.toml with their lines, and the mistakes found so far."""

    values: Mapping[str, Any]
    lines: LineMap
    mistakes: Mistakes

    def one(self, name: str) -> Table:
        """Return the table of which there is one."""
        found = self.values.get(name, {})
        return Table(name, 0, found if isinstance(found, dict) else {}, self.lines, self.mistakes)

    def several(self, name: str, *, needed: bool = False) -> list[Table]:
        """Return the tables of which there are several."""
        found = self.values.get(name, [])
        if not isinstance(found, list) or not all(isinstance(item, dict) for item in found):
            self.mistakes.add(self.lines.line(name), "{key} must be written [[{key}]].", key=name)
            return []
        if needed and not found:
            self.mistakes.add(
                self.lines.line(name),
                "{key} is missing in [{table}].",
                key=f"[[{name}]]",
                table=STRUCTURE,
            )
        return [
            Table(name, index, item, self.lines, self.mistakes) for index, item in enumerate(found)
        ]

    def check_unknown(self) -> None:
        """Note every table that nobody knows."""
        for name in self.values:
            if name not in _TABLES:
                self.mistakes.add(self.lines.line(name), "[{table}] is not known here.", table=name)


def read_structure(folder: Path, mistakes: Mistakes) -> StructureFile | None:
    """Read museum.toml, or note what is wrong with it; raise AskedWrongly where there is none."""
    try:
        text = decode((folder / STRUCTURE).read_bytes(), mistakes)
    except FileNotFoundError as error:
        raise _no_pack(folder) from error
    if text is None:
        return None
    try:
        return StructureFile(tomllib.loads(text), LineMap(text), mistakes)
    except (ValueError, RecursionError) as error:  # a number of 5,000 digits, 1,000 brackets
        add_toml_mistake(text, error, mistakes)
        return None


def _no_pack(folder: Path) -> AskedWrongly:
    begin = STRUCTURE.partition(".")[0]
    found = sorted(each.name for each in folder.glob("*") if each.name.lower().startswith(begin))
    found = [name for name in found if (folder / name).is_file()]
    if found:
        return AskedWrongly(
            "There is no content pack in {folder}: {file} is missing. Rename {found} to {file}.",
            folder=folder,
            file=STRUCTURE,
            found=found[0],
        )
    return AskedWrongly(
        "There is no content pack in {folder}: {file} is missing.", folder=folder, file=STRUCTURE
    )
