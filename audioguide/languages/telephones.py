"""Telephone numbers, said in pairs (dossier D2)."""

from __future__ import annotations

import re
from collections.abc import Callable

from audioguide.languages.rules import Rule, rule

_OF_SEVEN = r"\+?(?<!\d)[78][ -]?\(?\d{3,5}\)?[ -]?\d{1,3}(?:[- ]\d{2,3}){1,3}(?!\d)"


def telephone_rule(
    plus: str,
    cardinal: Callable[[int], str],
    figures: Callable[[str], str],
    written: str = _OF_SEVEN,
) -> Rule:
    """Make the rule that says "+7 (7252) 21-01-40" by groups, parted by pauses.

    ``written`` is a pattern of the numbers of other countries.
    """

    def pair(digits: str) -> str:
        return figures(digits) if digits[0] == "0" else cardinal(int(digits))

    def group(digits: str) -> str:
        cut = len(digits) % 2
        parts = [digits[:cut], *(digits[at : at + 2] for at in range(cut, len(digits), 2))]
        return " ".join(pair(part) for part in parts if part)

    def say(match: re.Match[str]) -> str:
        said = ", ".join(group(digits) for digits in re.findall(r"\d+", match.group()))
        return f"{plus} {said}" if "+" in match.group() else said

    return rule(written, say)
