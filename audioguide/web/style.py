"""The style sheets: each page carries, inline, the sections that it uses, minified at start."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path

from rcssmin import cssmin

BY_CHOICE = ("visitor", "player", "guide")
SECTIONS = ("base", *BY_CHOICE, "print")  # in this order, since a later rule wins
_FOLDER = Path(__file__).parent / "static"


@dataclass(frozen=True)
class Sheet:
    """The style of one kind of page, and its hash as the security policy names it."""

    text: str
    digest: str


def sheet(chosen: Sequence[str] = ()) -> Sheet:
    """Join what every page carries with the sections that a page has chosen."""
    unknown = set(chosen) - set(BY_CHOICE)
    if unknown:
        raise ValueError(f"no section of the style: {sorted(unknown)}; there are {BY_CHOICE}")
    return _joined(tuple(each for each in SECTIONS if each not in BY_CHOICE or each in chosen))


@cache
def _joined(names: tuple[str, ...]) -> Sheet:
    text = "".join(_minified(name) for name in names)
    return Sheet(text, base64.b64encode(sha256(text.encode()).digest()).decode())


@cache
def _minified(name: str) -> str:
    text: str = cssmin((_FOLDER / f"{name}.css").read_text(encoding="utf-8"))
    return text
