"""German: the rules of text normalization, in the order in which they are applied."""

from __future__ import annotations

from audioguide.languages.known.german.script import abbreviations, dates, quantities, signs
from audioguide.languages.rules import Script

# Days before years, and years before numbers of things.
SCRIPT = Script(
    rules=(
        *signs.FIRST,
        *dates.RULES,
        *quantities.RULES,
        *abbreviations.RULES,
        *quantities.REST,
        *signs.LAST,
    )
)
