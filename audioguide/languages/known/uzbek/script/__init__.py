"""Uzbek: the rules of text normalization, in the order in which they are applied."""

from __future__ import annotations

from audioguide.languages.known.uzbek.script import quantities, signs
from audioguide.languages.rules import Script

SCRIPT = Script(rules=(*signs.LETTERS, *signs.FIRST, *quantities.RULES, *signs.LAST))
