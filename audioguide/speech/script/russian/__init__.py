"""Russian: the rules of text normalization, in the order in which they are applied."""

from __future__ import annotations

from audioguide.speech.script.russian import abbreviations, centuries, dates, quantities, signs

# Days before years, years before "г" could be a gram; the last rules leave no digit behind.
RULES = (
    quantities.PHONE,
    *signs.FIRST,
    *dates.RULES,
    *centuries.RULES,
    *quantities.RULES,
    *abbreviations.RULES,
    *quantities.REST,
    *signs.LAST,
)
