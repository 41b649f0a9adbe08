"""The scripts of the pages: each joined from its modules at start, and named by its hash."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path

from audioguide.storage import HASH_DIGITS
from audioguide.web.modules import Bundle, bundle

FOLDER = "/script/"
SOURCES = Path(__file__).parent / "static"
_EVERY_PAGE = "page.js"  # the others import from it what it has, so that no page loads it twice
_OF_SOME_PAGES = ("player.js", "follow.js", "lead.js")


@dataclass(frozen=True)
class Script:
    """A script as it is sent, its name by hash, and the paths of its sources."""

    name: str
    text: str
    sources: tuple[str, ...]


def script_address(file: str) -> str:
    """Return the address of a script by its first module's name."""
    return FOLDER + _by_file()[file].name


def scripts() -> Iterator[Script]:
    """Return every script."""
    yield from _by_file().values()


def script_addresses() -> tuple[str, ...]:
    """Return the address of every script."""
    return tuple(FOLDER + each.name for each in scripts())


def find_script(name: str) -> Script | None:
    """Find a script by its name; a name of earlier days finds none."""
    return next((each for each in scripts() if each.name == name), None)


@cache
def _by_file() -> Mapping[str, Script]:
    shared = bundle(SOURCES, _EVERY_PAGE)
    made = {_EVERY_PAGE: _named(shared)}
    address = f"./{made[_EVERY_PAGE].name}"
    for file in _OF_SOME_PAGES:
        made[file] = _named(bundle(SOURCES, file, shared, address))
    return made


def _named(joined: Bundle) -> Script:
    digest = sha256(joined.text.encode()).hexdigest()[:HASH_DIGITS]
    return Script(f"{digest}.js", joined.text, tuple(joined.modules))
