"""Russian: the rules of text normalization, in the order in which they are applied."""

from __future__ import annotations

from audioguide.languages.known.russian.script import (
    abbreviations,
    centuries,
    dates,
    quantities,
    signs,
)
from audioguide.languages.rules import Script

# Days before years, years before "г" could be a gram; the rules of signs leave no digit behind, and
# only then is every year in words, and its "году" stressed.
SCRIPT = Script(
    rules=(
        quantities.PHONE,
        *signs.FIRST,
        *dates.RULES,
        *centuries.RULES,
        *quantities.RULES,
        *abbreviations.RULES,
        *quantities.REST,
        *signs.LAST,
        dates.IN_A_YEAR,
    ),
)
