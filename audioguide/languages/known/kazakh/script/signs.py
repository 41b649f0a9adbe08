"""Kazakh words for signs: less than, equals, section."""

from __future__ import annotations

import re

from audioguide.languages.rules import rule
from audioguide.languages.signs import AS_FIGURES, CYRILLIC, first_rules, last_rules

SIGNS = {
    **{"<": "кіші", ">": "үлкен", "≤": "кіші немесе тең", "≥": "үлкен немесе тең"},
    **{"=": "тең", "≠": "тең емес", "≈": "шамамен", "×": "көбейту", "÷": "бөлу"},
    **{"+": "плюс", "-": "минус", "±": "плюс-минус", "‰": "промилле", "^": "дәрежесі"},
    **{"²": "квадраты", "³": "кубы", "§": "параграф", "§§": "параграф"},
    **{"@": "эт", "∞": "шексіздік", "#": "нөмір"},
}

_NUMBER = r"\d+(?: \d{3})*(?:,\d+)?"
_UNIT = r"(?: ?(?:%|°C|°С|°|км|м|см|кг|га)(?!\w))?"


def _say_compared(match: re.Match[str]) -> str:
    """Write "5 < 7" as "5 7-дан кіші": what is compared with stands before, in the ablative."""
    said = {"<": "кіші", ">": "үлкен", "≤": "кіші немесе тең", "≥": "үлкен немесе тең"}
    return f" {match['other']}-дан {said[match['sign']]} "


def _say_power(match: re.Match[str]) -> str:
    """Write "10⁶" as "10-дың 6-дәрежесі": which power it is, is counted in order."""
    minus = "минус " if match.group(2) else ""
    return f"{match.group(1)}-дың {minus}{match.group(3).translate(AS_FIGURES)}-дәрежесі "


# A size, "30 × 40", is read with the dative: отызға қырық. "§ 5" is бесінші параграф.
_OWN = (
    rule(rf"(?<!\d)({_NUMBER})(⁻?)([⁰¹⁴-⁹]|(?<=⁻)[²³]|[⁰¹²³⁴-⁹]{{2,3}})(?![⁰¹²³⁴-⁹])", _say_power),
    rule(rf"√ ?({_NUMBER})", lambda match: f"{match.group(1)}-дың квадрат түбірі "),
    rule(rf" ?(?P<sign>[<>≤≥]) ?(?P<other>[-−+]?{_NUMBER}{_UNIT})(?![\w-])", _say_compared),
    rule(rf"({_NUMBER})×(?=\d)", lambda match: f"{match.group(1)}-ға "),
    rule(r"(?<!§)§ ?(\d+)(?![\d,–-])", lambda match: f"{match.group(1)}-параграф "),
)

FIRST = first_rules(SIGNS, (*CYRILLIC, *_OWN))
_MONEY = {"₸": "теңге", "₽": "рубль", "€": "еуро"}  # behind a word: "500 млн ₸"
LAST = (*last_rules(SIGNS), *(rule(rf"\s*{sign}", f" {word}") for sign, word in _MONEY.items()))
