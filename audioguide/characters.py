"""Clean Unicode text: characters that come along unseen from Word, PDF and phones.

Three kinds: those that mean nothing and are dropped, those that have an ordinary sibling and are
set as it, and those that would change or lose words, which are refused.
"""

from __future__ import annotations

import re
import unicodedata

_SPACES = "\u2028\u2029\u0085\u2800\v\f"  # line ends of Word and of PDF, an empty braille cell
_SIBLINGS = {
    **dict.fromkeys("\u2010\u2011\u2043\u02d7\ufe63", "-"),
    **dict.fromkeys("\u2012\ufe58", "\N{EN DASH}"),
    **dict.fromkeys("\u2015\u2e3a\u2e3b", "\N{EM DASH}"),
    **{"\u201f": "\u201c", "\u201b": "\u2018", "\u2e42": "\u201e", "\u301d": "\u201c"},
    **{"\u301e": "\u201d", "\u301f": "\u201e", "\u2024": ".", "\u2025": "..", "\u2044": "/"},
    **{"\u2215": "/", "\u2236": ":", "\u2217": "*", "\u2223": "|", "\u02c8": "'"},
}
_BY_COMPATIBILITY = (*range(0xFB00, 0xFB07), *range(0xFF01, 0xFF5F))  # ligatures, full width
_ORDINARY = str.maketrans(
    _SIBLINGS
    | {chr(code): unicodedata.normalize("NFKC", chr(code)) for code in _BY_COMPATIBILITY}
    | {chr(code): " " for code in range(0x3001) if unicodedata.category(chr(code)) == "Zs"}
)
_DROPPED = frozenset(
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u180e\u3164\uffa0\ufeff"
    "\u200b\u200c\u200d\u200e\u200f\u2060\u2061\u2062\u2063\u2064\u202a\u202c\u2066\u2068\u2069"
    + "".join(map(chr, (*range(0x206A, 0x2070), *range(0xFE00, 0xFE10))))
)
# Behind letters of some alphabets they are spelling: of Persian, Sinhala, Hindi.
_JOINERS = "\u200c\u200d"
_JOINED = "\u0600-\u08ff\u0900-\u0dff\u0f00-\u109f\u1780-\u18af\ufb50-\ufdff\ufe70-\ufefc"
_PASSED_OVER = re.compile(
    rf"(?<![{_JOINED}])[{_JOINERS}]|[{''.join(sorted(_DROPPED - set(_JOINERS)))}]"
)
_LOST = "\ufffd\ufffc"  # where a program lost a letter, and where it left out a picture
_MUTE = frozenset("ЬЪьъ")  # alone they have no sound
# Latin, Greek, Cyrillic, Armenian and Georgian.
_ALPHABETS = (*range(0x250), *range(0x370, 0x590), *range(0x10A0, 0x1100), *range(0x1E00, 0x2000))
_ALPHABETS_WITHOUT_CAPITALS = 0x590  # Hebrew, Arabic, and all that come after
_WORDS = frozenset(
    chr(code)
    for code in _ALPHABETS
    if unicodedata.category(chr(code)) in ("Lu", "Ll", "Lt", "Nd") and chr(code) not in _MUTE
)
_UNSEEN = ("Cc", "Cf", "Co", "Cn", "Cs")


def ordinary(text: str) -> str:
    """Return ``text`` with hyphens, spaces, quotation marks and ligatures as keyboards have them.

    Tabs and line ends stay.
    """
    return text.translate(_ORDINARY)


def plain(text: str) -> str:
    """Return ``text`` as ``ordinary`` does, without the characters that mean nothing."""
    kept = _PASSED_OVER.sub("", text)
    return ordinary(kept.translate(dict.fromkeys(map(ord, _SPACES), " ")))


def has_words(text: str) -> bool:
    """Tell whether a text says anything: a letter that can be heard, or a figure.

    Signs are no words, though Unicode counts some of them among letters and numbers: ② ² ꞌ ʻ.
    """
    return not _WORDS.isdisjoint(text) or any(map(_is_word, text))


def _is_word(letter: str) -> bool:
    """Tell a letter or a figure of an alphabet without capitals: Arabic, Hebrew, Chinese."""
    is_far = ord(letter) >= _ALPHABETS_WITHOUT_CAPITALS and letter not in _DROPPED
    return is_far and unicodedata.category(letter) in ("Lo", "Nd")


def passed_over(line: str) -> tuple[str, ...]:
    """Return the unseen characters of a line that ``plain`` passes over, each once, in order."""
    found = {match.start() for match in _PASSED_OVER.finditer(line)}
    unseen = (each for at, each in enumerate(line) if at in found or each in _SPACES)
    return tuple(dict.fromkeys(unseen))


def refused(text: str) -> tuple[int, ...]:
    """Return where characters stand that turn words round, or stand in the place of a letter."""
    return tuple(place for place, letter in enumerate(text) if _is_refused(letter))


def _is_refused(letter: str) -> bool:
    if letter in "\t\n" or letter in _DROPPED or letter in _SPACES:
        return False
    return letter in _LOST or unicodedata.category(letter) in _UNSEEN


def around(line: str, place: int, letters: int = 24) -> str:
    """Return the words of a line around a place, in which the character is shown by its number."""
    before = line[max(0, place - letters) : place].lstrip()
    after = line[place + 1 : place + 1 + letters].rstrip()
    cut = ("…" if place > letters else "", "…" if place + 1 + letters < len(line) else "")
    shown = "".join(letter for letter in after if not _is_refused(letter))
    kept = "".join(letter for letter in before if not _is_refused(letter))
    return f"{cut[0]}{plain(kept)}[{numbered(line[place])}]{plain(shown)}{cut[1]}"


def numbered(letter: str) -> str:
    """Return the number of a character: U+202E."""
    return f"U+{ord(letter):04X}"
