"""English words for signs: less than, equals, section."""

from __future__ import annotations

from audioguide.languages.rules import rule
from audioguide.languages.signs import ONE_AMOUNT, RANGE, first_rules, last_rules

SIGNS = {
    **{"<": "less than", ">": "greater than", "≤": "at most", "≥": "at least"},
    **{"=": "equals", "≠": "is not", "≈": "about", "×": "by", "÷": "divided by"},
    **{"+": "plus", "-": "minus", "±": "plus or minus", "‰": "per mille"},
    **{"^": "to the power of", "²": "squared", "³": "cubed"},
    **{"§": "section", "§§": "sections", "@": "at", "∞": "infinity", "#": "number"},
}

_NUMBER = r"\d[\d.,]*(?:\s?(?:%|°C|°|[a-z]{1,2})(?!\w))?"

# "5 < 7" is a sentence of its own, and "< 7" a part of one.
_COMPARED = (
    rule(rf"(?<=\d) ?< ?(?={_NUMBER})", " is less than "),
    rule(rf"(?<=\d) ?> ?(?={_NUMBER})", " is greater than "),
)

MONEY = {"$": "dollars", "£": "pounds", "€": "euros", "₽": "roubles", "₸": "tenge"}

_OWN = (
    rule(rf"([$€£₸₽]) ?({RANGE})", lambda at: f"{at.group(2)} {MONEY[at.group(1)]}"),
    rule(rf"(?<![\d.,])({RANGE}) ?([$€£₸₽])", lambda at: f"{at.group(1)} {MONEY[at.group(2)]}"),
    rule(
        rf"(?<![$€£₸₽\d,.–-])({ONE_AMOUNT}) ?([$€£₸₽])(?! ?\d)",
        lambda at: f"{at.group(2)}{at.group(1)}",
    ),
    rule(r"√ ?(?=\d)", "the square root of "),
)

FIRST = first_rules(SIGNS, (*_COMPARED, *_OWN))
LAST = last_rules(SIGNS)
