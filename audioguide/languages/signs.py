"""Signs between numbers and words, as a reader says them; each language gives its own words."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from audioguide.languages.rules import Rule, rule

_FRACTIONS = {"¼": "1/4", "¾": "3/4", "⅓": "1/3", "⅔": "2/3", "⅕": "1/5", "⅛": "1/8"}

_RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹"
_LOWERED = "₀₁₂₃₄₅₆₇₈₉"
AS_FIGURES = str.maketrans(_RAISED + _LOWERED + "⁻", "0123456789" * 2 + "-")
_LATIN_UNITS = {"km": "км", "m": "м", "cm": "см", "mm": "мм", "kg": "кг", "ha": "га"}

ONE_AMOUNT = r"\d+(?: \d{3}(?!\d))*(?:[.,]\d+)*"
RANGE = rf"{ONE_AMOUNT}[-–]{ONE_AMOUNT}"
"""Numbers beside a sign of money; thousands are apart by spaces, points, commas or not at all."""

_CENTS = re.compile(r"\.(?=\d{1,2}(?!\d))")

# What only parts or decorates: a pause, or nothing. "<<" and ">>" stand for « and ».
_TIDIED: tuple[Rule, ...] = (
    rule(r"<<|>>|[©®™†‡]", ""),
    rule(r"\s*(?:[-–—=]+>|<[-–—]+|[→←↔⇒])\s*", ", "),
    rule(r"\s*[•▪■□●○◦‣∙]\s*|(?<!\d)\s*·\s*", ", "),
    rule(r"[¼¾⅓⅔⅕⅛]", lambda found: f" {_FRACTIONS[found.group()]} "),
    rule(rf"(?<=\w)[{_LOWERED}]+", lambda found: f" {found.group().translate(AS_FIGURES)} "),
    rule(r"(?<![\w+±])([+±]) (?=\d)", lambda found: found.group(1)),
    rule(r"(?<=\d)\s?[×✕✖∙·*]\s?(?=\d)|(?<=\d)\s?[xх]\s?(?=\d)", "×"),
    rule(r"(?<=\w)_+(?=\w)|(?<!\w)[_*]+|[_*]+(?!\w)", " "),
)


CYRILLIC: tuple[Rule, ...] = (
    rule(
        rf"([$€£₸₽]) ?((?:{RANGE}|{ONE_AMOUNT})(?: ?(?:тыс|мың|млн|млрд)(?!\w))?)",
        lambda found: f"{_CENTS.sub(',', found.group(2))} {found.group(1)}",
    ),
    rule(
        r"(?<=\d)( ?)(km|cm|mm|m|kg|ha)(?![^\W²³]|[\u0301/])",
        lambda found: found.group(1) + _LATIN_UNITS[found.group(2)],
    ),
)
"""What Kazakh and Russian have otherwise: the sign of money stands behind, units are Cyrillic."""


def first_rules(words: Mapping[str, str], before: Sequence[Rule] = ()) -> tuple[Rule, ...]:
    """Make the rules that say signs before numbers are said.

    ``words`` are by sign; ``before`` are the language's own for signs that need more than a word.
    """
    said = {
        r"<=|[≤⩽]": words["≤"],
        r">=|[≥⩾]": words["≥"],
        r"<(?=\s?[\w+−-])": words["<"],
        r">(?=\s?[\w+−-])": words[">"],
        r"[≠]|!=": words["≠"],
        r"={1,2}(?=\s?[\w+−-])": words["="],
        r"[≈≃]|~(?=\s?\d)": words["≈"],
        r"∞": words["∞"],
        r"×": words["×"],
        r"÷": words["÷"],
        r"\^\s?2(?!\w)": words["²"],
        r"\^\s?3(?!\w)": words["³"],
        r"\^(?=\s?\w)": words["^"],
        r"§{2,}": words["§§"],
        r"§": words["§"],
        r"@": words["@"],
        r"#(?=\s?\d)": words["#"],
    }
    rules = [rule(rf"\s*(?:{sign})\s*", f" {word} ") for sign, word in said.items()]
    power = rule(
        rf"(?<=\d)(?:⁻?[⁰¹⁴⁵⁶⁷⁸⁹]|⁻[²³]|[{_RAISED}]{{2}})[{_RAISED}]*",
        lambda found: f" {words['^']} {found.group().translate(AS_FIGURES)} ",
    )
    apart = rule(r"(?<=\d)(?=[²³])", " ")
    return (*_TIDIED, *before, power, apart, *rules)


def last_rules(words: Mapping[str, str]) -> tuple[Rule, ...]:
    """Make the rules for what is left of signs when numbers and units have been said."""
    said = {r"±": words["±"], r"\+": words["+"], r"‰": words["‰"], "²": words["²"], "³": words["³"]}
    rules = [rule(rf"\s*{sign}\s*", f" {word} ") for sign, word in said.items()]
    return (*rules, rule(r"\s*[<>=^~#]+\s*", " "))


def sign_of_number(sign: str | None, words: Mapping[str, str]) -> str:
    """Return the word for the sign in front of a number with a space behind it, or ""."""
    return "" if not sign else f"{words.get(sign, words['-'])} "


SIGNED = r"(?:(?<![\w-])(?P<minus>[-−–+±])(?=\d))?"
"""The sign in front of a number."""
