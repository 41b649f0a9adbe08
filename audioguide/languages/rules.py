"""Rules of text normalization: what one is, and what the rules of a language are made of."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

WHOLE = r"(?<![\d,.])(?:\d{1,3}(?: \d{3})+(?!\d)|\d+)"
"""A whole number, its thousands apart by spaces or not."""

DASH = r" ?[-–—‒−] ?"
"""What stands between the two ends of a range."""

FRACTION = r"(?<![\d,./])(?:(?<!, )|(?=\d+/\d+ \w))(?P<parts>\d{1,2})/(?P<whole>\d{1,2})(?![\d/])"
"""Two numbers about a slash; after a comma and with no word behind them, they are an address."""

ROMAN = r"(?<![\w\u0301'])[IVXLCDMІХ]+(?![\w\u0301'])"
"""A Roman numeral, typed with Latin letters or with their Cyrillic look-alikes."""

SHORT_ROMAN = r"(?<![\w\u0301'-])[IVXІХ]+(?![\w\u0301'])"
"""A Roman numeral below forty; away from a century, letters such as CD or MI are no numeral."""

_NEAR = 200  # characters: more than any three words
_ROMAN_SHAPE = re.compile(r"(?=.)M{0,3}(CM|CD|D?C{0,3})(XC|XL|L?X{0,3})(IX|IV|V?I{0,3})")
_ROMAN_VALUES = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100, "D": 500, "M": 1000}
_LOOK_ALIKES = str.maketrans("ІХ", "IX")


@dataclass(frozen=True)
class Rule:
    """Rewrite every place that ``pattern`` finds with what ``say`` answers for it."""

    pattern: re.Pattern[str]
    say: Callable[[re.Match[str]], str]

    def apply(self, text: str) -> str:
        """Return ``text`` with each found place rewritten, from left to right."""
        return self.pattern.sub(self.say, text)


@dataclass(frozen=True)
class Script:
    """How a language is prepared for a voice: its rules, in the order in which they are applied.

    Where names take endings, ``endings`` is a pattern of them, and ``attach`` joins one to a word.
    """

    rules: tuple[Rule, ...] = ()
    attach: Callable[[str, str], str] | None = None
    endings: str = ""


def rule(pattern: str, say: Callable[[re.Match[str]], str] | str) -> Rule:
    """Make a rule; a plain string is said as it stands."""
    if isinstance(say, str):
        words = say
        return Rule(re.compile(pattern), lambda _: words)
    return Rule(re.compile(pattern), say)


def one_of(words: Iterable[str]) -> str:
    """Return a pattern for any of ``words``, the longest first."""
    return "(?:" + "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True)) + ")"


def listed(words: str) -> tuple[str, ...]:
    """Return the words of a table that is written as running text."""
    return tuple(words.split())


def spell(letters: str, names: Mapping[str, str] | None = None) -> str:
    """Return ``letters`` by their ``names``: "эн-ка-вэ-дэ", and "N K V D" where they need none."""
    if not names:
        return " ".join(letters.upper())
    return "-".join(names.get(letter, letter) for letter in letters.lower())


def whole(digits: str) -> int:
    """Return the number that ``digits`` write, whatever parts their thousands."""
    return int(re.sub(r"[ ,]", "", digits))


def roman(letters: str) -> int | None:
    """Return the value of a Roman numeral, or None where the letters are not a proper one."""
    latin = letters.translate(_LOOK_ALIKES)
    if not _ROMAN_SHAPE.fullmatch(latin):
        return None
    values = [_ROMAN_VALUES[letter] for letter in latin]
    following = [*values[1:], 0]
    return sum(-v if v < after else v for v, after in zip(values, following, strict=True))


def last_words(text: str, count: int = 1) -> str:
    """Return up to ``count`` words at the end of ``text``, lower case, as ``words_before`` does."""
    near = text[-_NEAR:]  # of a long row of figures, each would look at all before it
    found = re.search(rf"(?:[\w\u0301'-]+ ){{0,{count - 1}}}[\w\u0301'-]+ $", near)
    return found.group().strip().lower() if found else ""


def words_before(match: re.Match[str], count: int = 1) -> str:
    """Return up to ``count`` words just before ``match``, lower case; a mark ends them."""
    return last_words(match.string[: match.start()], count)


def words_after(match: re.Match[str]) -> tuple[str, ...]:
    """Return the words just after ``match`` up to the next mark, as written, at most three."""
    near = match.string[match.end() : match.end() + _NEAR]
    found = re.match(r"(?: [^\W\d][\w\u0301'-]*){1,3}", near)
    return tuple(found.group().split()) if found else ()


def ends_sentence(match: re.Match[str]) -> bool:
    """Tell whether nothing but closing marks follows ``match``."""
    return not re.search(r"[\w%°№]", match.string[match.end() :])
