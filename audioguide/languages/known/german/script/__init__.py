"""German: the rules of text normalization, in the order in which they are applied."""

from __future__ import annotations

from audioguide.languages.known.german.script import abbreviations, dates, quantities, signs
from audioguide.languages.rules import Script

# Telephones before all figures, days before years, and years before numbers of things.
SCRIPT = Script(
    rules=(
        *signs.FIRST,
        quantities.TELEPHONE,
        *dates.RULES,
        *quantities.RULES,
        *abbreviations.RULES,
        *quantities.REST,
        *signs.LAST,
    )
)
