"""Blocks (TOML: tables of an array) of museum.toml: written, and added with all else as it was."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Mapping, Sequence
from typing import TypeAlias

from audioguide.content.lines import table_of

Value: TypeAlias = str | int | bool | Sequence[str] | Sequence[int]


def value(written: Value) -> str:
    """Write a value as TOML has it."""
    if isinstance(written, bool):
        return "true" if written else "false"
    if isinstance(written, str):  # a basic string of TOML escapes as JSON does, and DEL besides
        return json.dumps(written, ensure_ascii=False).replace("\x7f", "\\u007f")
    if isinstance(written, int):
        return str(written)
    return f"[{', '.join(map(value, written))}]"


def block(header: str, values: Mapping[str, Value]) -> str:
    """Write a block: its header as it stands there, `[[stop]]`, and a line for each value."""
    return "\n".join([header, *(f"{key} = {value(each)}" for key, each in values.items()), ""])


def with_block(
    text: str, name: str, values: Mapping[str, Value], place: int | None = None
) -> str | None:
    """Return museum.toml with one more block [[name]], its other lines as they were.

    It becomes the one of that ``place`` among its like, counted from 0, or the last. None where
    that cannot be done by lines: then it must be written by hand.
    """
    ends = "\r\n" if "\r\n" in text else "\n"
    lines = text.replace("\r\n", "\n").split("\n")
    headers = [n for n, line in enumerate(lines) if table_of(line) is not None]
    alike = [n for n in headers if _is_list_of(lines[n], name)]
    new = block(f"[[{name}]]", values).rstrip("\n").split("\n")
    if place is not None and place < len(alike):
        at = alike[place]
        changed = [*lines[:at], *new, "", *lines[at:]]
    else:
        following = next((n for n in headers if alike and n > alike[-1]), len(lines))
        at = _end_of_block(lines, following) if alike else _end_of_block(lines, len(lines))
        changed = [*lines[:at], "", *new, *lines[at:]]
        changed += [""] if changed[-1] else []
    written = "\n".join(changed)
    return written.replace("\n", ends) if _has_gained(text, written, name, values) else None


def _is_list_of(line: str, name: str) -> bool:
    return re.match(rf"\s*\[\[\s*{re.escape(name)}\s*\]\]", line) is not None


def _end_of_block(lines: Sequence[str], following: int) -> int:
    """Return where a block ends: what stands above the next one, without a gap, belongs to that."""
    at = following
    while at and not lines[at - 1].strip():
        at -= 1
    if at < following or following == len(lines):  # a gap, or the end of the file
        return _above_remarks(lines, at)
    while at and lines[at - 1].lstrip().startswith("#"):
        at -= 1
    return _end_of_block(lines, at) if at < following else at


def _above_remarks(lines: Sequence[str], end: int) -> int:
    """Return where remarks begin that stand by themselves, behind a gap: they open what follows."""
    at = end
    while at and lines[at - 1].lstrip().startswith("#"):
        at -= 1
    if at == end or not at or lines[at - 1].strip():
        return end  # there are none, or they belong to the line above them
    return _end_of_block(lines, at)


def _has_gained(before: str, after: str, name: str, values: Mapping[str, Value]) -> bool:
    """Tell whether the one block was gained, and nothing else has changed."""
    try:
        old, new = (tomllib.loads(each.replace("\r\n", "\n")) for each in (before, after))
    except tomllib.TOMLDecodeError:
        return False
    was, gained = old.pop(name, []), new.pop(name, [])
    if not isinstance(gained, list) or not isinstance(was, list):
        return False
    without = [each for each in gained if each != dict(values)]
    return old == new and len(gained) == len(was) + 1 and without == was
