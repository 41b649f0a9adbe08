"""Measure a phone of a group from outside: what it plays and shows, and what it should.

The pages have no way in for tests. Where a phone should be is reckoned from what the server tells
every phone, by the scripts' own `due`, which is held against the desk's reckoning elsewhere.
"""

from __future__ import annotations

import re
import urllib.error
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Page

from audioguide.languages import Language
from audioguide.web.javascript import SOURCES
from audioguide.words import say
from page_scripts import function
from started import fetch_json


def _plain(module: str) -> str:
    """Read a script without what makes it a module."""
    text = (SOURCES / module).read_text(encoding="utf-8")
    return re.sub(r"^export |^import .*;$", "", text, flags=re.MULTILINE)


_DUE = _plain("rows.js") + _plain("group/pace.js")
MEASURE = f"told => {{ {_DUE} return ({function('in_step.js')})(told); }}"


@dataclass(frozen=True)
class Seen:
    """A phone at one moment: it should play the sentence ``due``, and plays ``heard``.

    ``distance_s`` is how far its sound is from where it should be while that ``moves``.
    """

    due: int
    moves: bool
    over: bool
    distance_s: float
    heard: int
    sounds: bool
    number: str
    said: str
    language: Language

    @property
    def has_ended(self) -> bool:
        """Tell whether the phone says that the tour has ended."""
        return self._says("The tour has ended. Thank you for walking with us.")

    @property
    def is_lost(self) -> bool:
        """Tell whether the phone says that it has no connection."""
        return self._says("No connection. The audio goes on; the phone will catch up.")

    @property
    def is_in_step(self) -> bool:
        """Tell whether the phone plays what it should."""
        return self.heard == self.due and (self.sounds or not self.moves)

    def _says(self, sentence: str) -> bool:
        return self.said == say(self.language, sentence)


class Measured:
    """A group whose phones are looked at; ``address`` is where they ask for its state."""

    def __init__(self, address: str) -> None:
        self._address = address
        self._told: dict[str, Any] = {}

    def tell(self) -> None:
        """Ask the server how the group stands; while it does not say, what it said last counts."""
        try:
            state = fetch_json(f"{self._address}/state")
            visit = fetch_json(f"{self._address}/visit/{state['visit']}")
        except (urllib.error.URLError, ConnectionError):
            if not self._told:
                raise
        else:
            self._told = {"state": state, "visit": visit}

    @property
    def number(self) -> str:
        """Return the number of the stop where the group is."""
        return str(self._told["visit"]["number"])

    def look(self, page: Page) -> Seen:
        """Look at a phone."""
        seen = page.evaluate(MEASURE, self._told)
        language, distance_s = Language(seen.pop("language")), seen.pop("distance")
        return Seen(language=language, distance_s=distance_s, **seen)
