"""The sources of a text as they are shown: addresses among their words become links."""

from __future__ import annotations

import re

from markupsafe import Markup

_ADDRESS = re.compile(r"https://[^\s<>\"“”«»]+")
_LINK = Markup('<a href="{0}" rel="noopener noreferrer">{0}</a>')
_OF_THE_SENTENCE = ".,;:!?…'’"


def linked(source: str) -> Markup:
    """Return a source with links; every other word of it is escaped."""
    parts: list[str | Markup] = []
    done = 0
    for found in _ADDRESS.finditer(source):
        address = _without_end(found.group())
        if len(address) <= len("https://"):
            continue
        parts += [source[done : found.start()], _LINK.format(address)]
        done = found.start() + len(address)
    return Markup("").join([*parts, source[done:]])


def _without_end(address: str) -> str:
    """Leave out what ends the sentence around an address; a bracket that it opens is its own."""
    while address:
        last = address[-1]
        is_bracket = (last == ")" and address.count(")") > address.count("(")) or (
            last == "]" and address.count("]") > address.count("[")
        )
        if last not in _OF_THE_SENTENCE and not is_bracket:
            break
        address = address[:-1]
    return address
