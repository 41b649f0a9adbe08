"""German words for signs between numbers and words."""

from __future__ import annotations

from audioguide.languages.signs import first_rules, last_rules

SIGNS = {
    "≤": "höchstens",
    "≥": "mindestens",
    "<": "kleiner als",
    ">": "größer als",
    "≠": "ungleich",
    "=": "gleich",
    "≈": "ungefähr",
    "∞": "unendlich",
    "×": "mal",
    "÷": "geteilt durch",
    "²": "hoch zwei",
    "³": "hoch drei",
    "^": "hoch",
    "§": "Paragraf",
    "§§": "Paragrafen",
    "@": "ät",
    "#": "Nummer",
    "±": "plus minus",
    "+": "plus",
    "-": "minus",
    "‰": "Promille",
}
FIRST = first_rules(SIGNS)
LAST = last_rules(SIGNS)
