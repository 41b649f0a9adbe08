"""Split a text into sentences, once for the page, the voice and the cues alike.

The rules are those of an editor: a full stop ends a sentence unless it belongs to an
abbreviation or an initial, and unless what follows goes on in small letters; nothing ends
inside an aside in brackets.
"""

from __future__ import annotations

import re
from functools import lru_cache

from audioguide.characters import has_words
from audioguide.languages import Language, facts

_ARTICLE = re.compile(r"\s+\d+[\s-]?\(")
_ENDS = ".!?…؟۔।॥։።။។"  # of Arabic, Urdu, Hindi, Armenian, Amharic, Burmese and Khmer, too
_END = re.compile(rf"(?<![{_ENDS}])[{_ENDS}]+[\"'”“’»›)\]]*(?=\s)")
_LAST_WORD = re.compile(r"([\w№]+(?:\.\s?\w+)*)\.$")
_LOOK_BACK = 120  # characters before a full stop: more than any name with its initials
_LATIN_NUMERALS = {"I", "V", "X"}  # "Николай I. Потом": among Cyrillic letters no initial
_NEXT = re.compile(r"\s+[\"'“„‘«(\[—–-]*\s*(\S)")


def split(paragraph: str, language: Language) -> tuple[str, ...]:
    """Split a paragraph into its sentences; joined with single spaces they are the paragraph.

    Marks alone are no sentence, for no voice can say them: they stay with the one before.
    """
    sentences: list[str] = []
    start = 0
    for end in _END.finditer(paragraph):
        if _ends_here(paragraph, start, end, language):
            _append(sentences, paragraph[start : end.end()].strip())
            start = end.end()
    if rest := paragraph[start:].strip():
        _append(sentences, rest)
    return tuple(sentences)


def _append(sentences: list[str], found: str) -> None:
    if sentences and not (has_words(found) and has_words(sentences[-1])):
        sentences[-1] = f"{sentences[-1]} {found}"
    else:
        sentences.append(found)


def split_text(text: str, language: Language) -> tuple[tuple[str, ...], ...]:
    """Split a text, whose paragraphs are separated by empty lines, into sentences by paragraph.

    A paragraph of marks alone is passed over: it would leave the whole stop without sound.
    """
    return tuple(split(part, language) for part in text.split("\n\n") if has_words(part))


def _ends_here(paragraph: str, start: int, end: re.Match[str], language: Language) -> bool:
    following = _NEXT.match(paragraph, end.end())
    if following is None or following.group(1).islower() or _in_aside(paragraph, start, end):
        return False  # "Why? he asked" and "..." go on
    if end.group() != ".":
        return True
    looked_from = max(start, end.end() - _LOOK_BACK)
    before = paragraph[looked_from : end.end()].strip()
    stops = facts(language).full_stops
    if looked_from == start and stops.only_a_date.fullmatch(before):
        return False
    if stops.ordinal.match(paragraph, end.start()):
        return False
    return stops.year.search(before) is not None or _may_be_last(before, following, language)


def _in_aside(paragraph: str, start: int, end: re.Match[str]) -> bool:
    """Tell whether brackets that opened within this sentence are still open, or close here."""
    opened = paragraph.rfind("(", start, end.end())
    is_whole_sentence = not paragraph[start : max(opened, start)].strip()
    return not is_whole_sentence and paragraph.find(")", opened) >= end.start()


def _may_be_last(before: str, following: re.Match[str], language: Language) -> bool:
    found = _LAST_WORD.search(before)
    written = found.group(1).replace(" ", "") if found else ""
    stops = facts(language).full_stops
    if written not in stops.maybe_last and _is_initial(before, language):
        return False
    word = written.lower()
    forms = {word, word.rsplit(".", 1)[-1]}
    if forms & stops.never_last:
        return False
    if following.group(1).isdigit() and _belongs_to_number(written, forms, following, language):
        return False
    return not forms & stops.maybe_last or following.group(1).isupper()


def _belongs_to_number(
    written: str, forms: set[str], following: re.Match[str], language: Language
) -> bool:
    stops = facts(language).full_stops
    if forms & stops.before_a_number:
        return True
    is_article = _ARTICLE.match(following.string, following.start()) is not None
    return bool(forms & stops.before_an_article) and (written[:1].isupper() or is_article)


def _is_initial(before: str, language: Language) -> bool:
    found = _initials(facts(language).full_stops.initial).search(before)
    if found is None or not found.group(1)[0].isupper():
        return False
    return language.script != "Cyrl" or found.group(1) not in _LATIN_NUMERALS


@lru_cache
def _initials(initial: str) -> re.Pattern[str]:
    return re.compile(rf"(?:^|[\s(«“„‘\"'])(?:(?:{initial})\.\s?)*({initial})\.$")
