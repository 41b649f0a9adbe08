"""The scripts of the pages, each named by the hash of what it says; nothing is built or bundled."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path

from audioguide.storage import HASH_DIGITS

FOLDER = "/script/"
_IN_ORDER = (
    "page.js",
    "player.js",
    "sync.js",
    "follow.js",
    "lead.js",
)  # a script imports only from those before it


@dataclass(frozen=True)
class Script:
    """A script as it is sent, and its name by hash."""

    name: str
    text: str


def script_address(file: str) -> str:
    """Return the address of a script by its file's name."""
    return FOLDER + _by_file()[file].name


def script_addresses() -> tuple[str, ...]:
    """Return the address of every script."""
    return tuple(FOLDER + each.name for each in _by_file().values())


def find_script(name: str) -> Script | None:
    """Find a script by its name; a name of earlier days finds none."""
    return next((each for each in _by_file().values() if each.name == name), None)


@cache
def _by_file() -> Mapping[str, Script]:
    made: dict[str, Script] = {}
    for file in _IN_ORDER:
        text = (Path(__file__).parent / "static" / file).read_text(encoding="utf-8")
        for earlier, script in made.items():
            text = text.replace(f'"./{earlier}"', f'"./{script.name}"')
        made[file] = Script(sha256(text.encode()).hexdigest()[:HASH_DIGITS] + ".js", text)
    return made
