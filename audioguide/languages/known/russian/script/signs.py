"""Russian words for signs: less than, equals, section."""

from __future__ import annotations

from audioguide.languages.rules import rule
from audioguide.languages.signs import CYRILLIC, first_rules, last_rules

SIGNS = {
    **{"<": "меньше", ">": "больше", "≤": "меньше или равно", "≥": "больше или равно"},
    **{"=": "равно", "≠": "не равно", "≈": "примерно", "×": "на", "÷": "разделить на"},
    **{"+": "плюс", "-": "минус", "±": "плюс-минус", "‰": "промилле", "^": "в степени"},
    **{"²": "в квадрате", "³": "в кубе", "§": "параграф", "§§": "параграфы"},
    **{"@": "собака", "∞": "бесконечность", "#": "номер"},
}

FIRST = first_rules(SIGNS, (*CYRILLIC, rule(r"√ ?(?=\d)", "корень из ")))
LAST = last_rules(SIGNS)
