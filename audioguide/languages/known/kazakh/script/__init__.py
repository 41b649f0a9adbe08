"""Kazakh: the rules of text normalization, in the order in which they are applied."""

from __future__ import annotations

from audioguide.languages.known.kazakh.script import abbreviations, dates, quantities, signs
from audioguide.languages.known.kazakh.script.endings import ENDING, attach
from audioguide.languages.rules import Script

# Years before "ж." alone, measures before "г" and "м" could be anything else.
SCRIPT = Script(
    rules=(
        quantities.PHONE,
        *signs.FIRST,
        *dates.RULES,
        *quantities.RULES,
        *abbreviations.RULES,
        *quantities.REST,
        *signs.LAST,
    ),
    attach=attach,
    endings=ENDING,
)
