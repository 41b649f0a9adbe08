"""Uzbek words for signs, and the letters oʻ and gʻ, which keyboards write in many ways."""

from __future__ import annotations

from audioguide.languages.rules import Rule, rule
from audioguide.languages.signs import first_rules, last_rules

SIGNS = {
    **{"<": "kichik", ">": "katta", "≤": "koʻpi bilan", "≥": "kamida", "=": "teng"},
    **{"≠": "teng emas", "≈": "taxminan", "×": "karra", "÷": "boʻlingan", "+": "plyus"},
    **{"-": "minus", "±": "plyus-minus", "‰": "promille", "^": "daraja", "²": "kvadrat"},
    **{"³": "kub", "§": "paragraf", "§§": "paragraf", "@": "et", "∞": "cheksizlik", "#": "raqam"},
}
LETTERS: tuple[Rule, ...] = (rule(r"(?<=[oOgG])['‘’`ʼ´](?=\w|[\s.,;:!?-]|$)", "ʻ"),)
FIRST = first_rules(SIGNS)
LAST = last_rules(SIGNS)
