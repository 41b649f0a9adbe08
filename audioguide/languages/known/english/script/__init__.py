"""English: the rules of text normalization, in the order in which they are applied."""

from __future__ import annotations

from audioguide.languages.known.english.script import abbreviations, dates, quantities, signs
from audioguide.languages.rules import Script

# "No. 1937" and "Article 58" are numbers of things, so they are said before years are looked for.
SCRIPT = Script(
    rules=(
        quantities.PHONE,
        *signs.FIRST,
        *quantities.RULES[:2],
        *dates.RULES,
        *quantities.RULES[2:],
        *abbreviations.RULES,
        *quantities.REST,
        *signs.LAST,
    ),
)
