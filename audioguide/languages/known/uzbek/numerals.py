"""Uzbek numbers in words; the letter after o and g is U+02BB."""

from __future__ import annotations

from audioguide.languages.rules import listed

UNITS = listed("nol bir ikki uch toʻrt besh olti yetti sakkiz toʻqqiz")
TENS = listed("- oʻn yigirma oʻttiz qirq ellik oltmish yetmish sakson toʻqson")
SCALES = {10**9: "milliard", 10**6: "million", 1000: "ming"}
_VOWELS = "aeiou"
LARGEST = 10**12


def cardinal(number: int) -> str:
    """Return a number in words: bir ming toʻqqiz yuz oʻttiz yetti."""
    if number >= LARGEST:
        return " ".join(UNITS[int(figure)] for figure in str(number))
    if number == 0:
        return UNITS[0]
    words = []
    for scale, word in SCALES.items():
        head, number = divmod(number, scale)
        if head:
            words += [_below_thousand(head), word]
    return " ".join([*words, *([_below_thousand(number)] if number else [])])


def ordinal(number: int) -> str:
    """Return an ordinal: birinchi, ikkinchi, oʻttiz yettinchi."""
    words = cardinal(number)
    return words + ("nchi" if words[-1] in _VOWELS else "inchi")


def _below_thousand(number: int) -> str:
    hundreds, rest = divmod(number, 100)
    tens, units = divmod(rest, 10)
    words = [f"{UNITS[hundreds]} yuz"] if hundreds else []
    words += [TENS[tens]] if tens else []
    return " ".join([*words, *([UNITS[units]] if units else [])])
