"""Kazakh words for signs: less than, equals, section."""

from __future__ import annotations

import re

from audioguide.speech.script.rules import rule
from audioguide.speech.script.signs import first_rules, last_rules

SIGNS = {
    **{"<": "кіші", ">": "үлкен", "≤": "кіші немесе тең", "≥": "үлкен немесе тең"},
    **{"=": "тең", "≠": "тең емес", "≈": "шамамен", "×": "көбейту", "÷": "бөлу"},
    **{"+": "плюс", "-": "минус", "±": "плюс-минус", "‰": "промилле", "^": "дәрежесі"},
    **{"²": "квадраты", "³": "кубы", "§": "параграф", "§§": "параграф"},
    **{"@": "эт", "#": "нөмір"},
}

_NUMBER = r"\d+(?: \d{3})*(?:,\d+)?"
_UNIT = r"(?: ?(?:%|°C|°С|°|км|м|см|кг|га)(?!\w))?"


def _say_compared(match: re.Match[str]) -> str:
    """Write "5 < 7" as "5 7-дан кіші": what is compared with stands before, in the ablative."""
    said = {"<": "кіші", ">": "үлкен", "≤": "кіші немесе тең", "≥": "үлкен немесе тең"}
    return f" {match['other']}-дан {said[match['sign']]} "


# A size, "30 × 40", is read with the dative: отызға қырық. "§ 5" is бесінші параграф.
_OWN = (
    rule(rf" ?(?P<sign>[<>≤≥]) ?(?P<other>[-−+]?{_NUMBER}{_UNIT})(?![\w-])", _say_compared),
    rule(rf"({_NUMBER})×(?=\d)", lambda match: f"{match.group(1)}-ға "),
    rule(r"(?<!§)§ ?(\d+)(?![\d,–-])", lambda match: f"{match.group(1)}-параграф "),
)

FIRST = first_rules(SIGNS, _OWN)
LAST = last_rules(SIGNS)
