"""Kazakh: the rules of text normalization, in the order in which they are applied."""

from __future__ import annotations

from audioguide.speech.script.kazakh import abbreviations, dates, quantities, signs

# Years before "ж." alone, measures before "г" and "м" could be anything else.
RULES = (
    quantities.PHONE,
    *signs.FIRST,
    *dates.RULES,
    *quantities.RULES,
    *abbreviations.RULES,
    *quantities.REST,
    *signs.LAST,
)
