"""Russian words for signs: less than, equals, section."""

from __future__ import annotations

from audioguide.speech.script.signs import first_rules, last_rules

SIGNS = {
    **{"<": "меньше", ">": "больше", "≤": "меньше или равно", "≥": "больше или равно"},
    **{"=": "равно", "≠": "не равно", "≈": "примерно", "×": "на", "÷": "разделить на"},
    **{"+": "плюс", "-": "минус", "±": "плюс-минус", "‰": "промилле", "^": "в степени"},
    **{"²": "в квадрате", "³": "в кубе", "§": "параграф", "§§": "параграфы"},
    **{"@": "собака", "#": "номер"},
}

FIRST = first_rules(SIGNS)
LAST = last_rules(SIGNS)
