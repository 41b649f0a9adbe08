"""Parse museum.toml, or another file of its form, into tables."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from audioguide import files
from audioguide.content.decoding import read_text
from audioguide.content.lines import LineMap
from audioguide.content.mistakes import Mistakes
from audioguide.content.tables import Table
from audioguide.content.toml_mistakes import add_toml_mistake
from audioguide.errors import AskedWrongly

STRUCTURE = "museum.toml"
_MOST_IN_LINE = 10_000
_TABLES = ("museum", "language", "kind", "hall", "stop", "tour")
_OF_THE_MUSEUM = ("hours", "closed", "price", "accounts")


@dataclass(frozen=True)
class StructureFile:
    """The tables of a file with their lines, and the mistakes found so far."""

    values: Mapping[str, Any]
    lines: LineMap
    mistakes: Mistakes

    def one(self, name: str) -> Table:
        """Return the table of which there is one."""
        found = self.values.get(name, {})
        if not isinstance(found, dict):
            self.mistakes.add(self.lines.line(name), "{key} must be written [{key}].", key=name)
            found = {}
        return Table(name, 0, found, self.lines, self.mistakes)

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
                table=self.mistakes.file.rpartition("/")[2],
            )
        return [
            Table(name, index, item, self.lines, self.mistakes) for index, item in enumerate(found)
        ]

    def inner(self, name: str) -> list[Table]:
        """Return the tables within one, as [language.kk] and [language.ru]."""
        found = self.values.get(name, {})
        if not isinstance(found, dict):
            self.mistakes.add(
                self.lines.line(name), "{key} must be written [{key}].", key=f"{name}.xx"
            )
            return []
        tables = []
        for inside, each in found.items():
            if isinstance(each, dict):
                tables.append(Table(f"{name}.{inside}", 0, each, self.lines, self.mistakes))
            else:
                whole = f"{name}.{inside}"
                line = self.lines.line(whole if isinstance(each, list) else name, 0, inside)
                self.mistakes.add(line, "{key} must be written [{key}].", key=whole)
        return tables

    def check_unknown(self, known: Sequence[str] = _TABLES) -> None:
        """Note every table that is not among the ``known``."""
        for name in self.values:
            if name not in known:
                self.mistakes.add(
                    self.lines.line(name),
                    "[{table}] is not known here.",
                    "Write [[museum.{table}]]."
                    if name in _OF_THE_MUSEUM and "museum" in known
                    else "",
                    table=name,
                )


def read_structure(folder: Path, mistakes: Mistakes) -> StructureFile | None:
    """Read museum.toml, or note what is wrong with it; raise AskedWrongly where there is none."""
    if (absent := no_pack(folder)) is not None:
        raise absent
    return read_tables(folder / STRUCTURE, mistakes)


def read_tables(path: Path, mistakes: Mistakes) -> StructureFile | None:
    """Read a file of tables, or note what is wrong with it."""
    text = read_text(path, mistakes)
    return None if text is None else parse_tables(text, mistakes)


def parse_tables(text: str, mistakes: Mistakes) -> StructureFile | None:
    """Parse a text into tables, or note what is wrong with it."""
    if _has_long_lines(text, mistakes):
        return None
    try:
        return StructureFile(tomllib.loads(text, parse_float=_exact), LineMap(text), mistakes)
    except (ValueError, RecursionError) as error:  # a number of 5,000 digits, 1,000 brackets
        add_toml_mistake(text, error, mistakes)
        return None


def _exact(written: str) -> Decimal:
    """Read 1500.50 as it is written; what has too many figures to be an amount is none."""
    try:
        return Decimal(written)
    except ArithmeticError:
        return Decimal("NaN")


def _lies_there(path: Path) -> bool:
    """Tell whether there is a file or a link, though it may lead nowhere: then that is said."""
    return path.is_symlink() or files.is_there(path)


def _has_long_lines(text: str, mistakes: Mistakes) -> bool:
    """Note lines that nobody wrote: of a key of 100,000 parts, tomllib copies every beginning."""
    long = [
        (n, len(line)) for n, line in enumerate(text.split("\n"), 1) if len(line) > _MOST_IN_LINE
    ]
    for number, count in long:
        mistakes.add(
            number,
            "The line has {count} characters, and at most {most} are read.",
            "Write it shorter.",
            count=count,
            most=_MOST_IN_LINE,
        )
    return bool(long)


def no_pack(folder: Path) -> AskedWrongly | None:
    """Say what is to be done where there is no pack in a folder; None where there is one."""
    if _lies_there(folder / STRUCTURE):
        return None
    begin = STRUCTURE.partition(".")[0]
    named = [each for each in files.entries(folder) if each.name.lower().startswith(begin)]
    if found := [each.name for each in named if each.is_file()]:
        return AskedWrongly(
            "There is no content pack in {folder}: {file} is missing. Rename {found} to {file}.",
            folder=folder,
            file=STRUCTURE,
            found=found[0],
        )
    return AskedWrongly(
        "There is no content pack in {folder}: {file} is missing.", folder=folder, file=STRUCTURE
    )
