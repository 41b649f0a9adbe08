"""Split a text into sentences, once for the page, the voice and the cues alike.

The rules are those of an editor: a full stop ends a sentence unless it belongs to an
abbreviation or an initial, and unless what follows goes on in small letters.
"""

from __future__ import annotations

import re

from audioguide.languages import Language

# After these a name, a number or a word goes on, whatever letter it begins with.
_NEVER_LAST = {
    Language.KK: {"проф", "акад", "бет", "қ", "обл", "көш", "см", "№"},
    Language.RU: {"г", "ул", "им", "ст", "проф", "акад", "обл", "р", "св", "см", "стр", "пос", "с"},
    Language.EN: {"mr", "mrs", "ms", "dr", "st", "prof", "no", "vol", "gen", "col", "e.g", "i.e"},
}
# These may also be the last word of a sentence: then a capital letter follows.
_MAYBE_LAST = {
    Language.KK: {"ж", "жж", "ғ", "ғғ", "т.б", "б", "т.с.с", "б.з.д", "мың", "млн", "млрд"},
    Language.RU: {"гг", "в", "вв", "тыс", "млн", "млрд", "т.д", "т.п", "др", "руб", "н.э", "т.е"},
    Language.EN: {"etc", "a.m", "p.m", "b.c", "a.d", "c", "ca"},
}
_END = re.compile(r"[.!?…]+[\"'”»)\]]*(?=\s)")
_LAST_WORD = re.compile(r"([\w№]+(?:\.\s?\w+)*)\.$")
_INITIAL = re.compile(r"(?:^|[\s(«“\"])(?:\w|Дж|Ш[еa]|Ю|Th|Ch|Sh|Zh)\.$")
_NEXT = re.compile(r"\s+[\"'“«(\[—–-]*\s*(\S)")
_YEAR_BEFORE = re.compile(r"\d\s?(?:г|ж)\.$")


def split(paragraph: str, language: Language) -> tuple[str, ...]:
    """Split a paragraph into its sentences; joined with single spaces they are the paragraph."""
    sentences: list[str] = []
    start = 0
    for end in _END.finditer(paragraph):
        if _ends_here(paragraph, start, end, language):
            sentences.append(paragraph[start : end.end()].strip())
            start = end.end()
    if rest := paragraph[start:].strip():
        sentences.append(rest)
    return tuple(sentences)


def split_text(text: str, language: Language) -> tuple[tuple[str, ...], ...]:
    """Split a text, whose paragraphs are separated by empty lines, into sentences by paragraph."""
    return tuple(split(part, language) for part in text.split("\n\n") if part.strip())


def _ends_here(paragraph: str, start: int, end: re.Match[str], language: Language) -> bool:
    following = _NEXT.match(paragraph, end.end())
    if following is None:
        return False
    goes_on_small = following.group(1).islower()
    if end.group() != ".":
        return not goes_on_small  # "Why? he asked" and "..." go on; a closing mark ends
    before = paragraph[start : end.end()]
    if goes_on_small or _is_initial(before):
        return False
    return _YEAR_BEFORE.search(before) is not None or _may_be_last(before, following, language)


def _may_be_last(before: str, following: re.Match[str], language: Language) -> bool:
    word = _LAST_WORD.search(before)
    whole = word.group(1).lower().replace(" ", "") if word else ""
    forms = {whole, whole.rsplit(".", 1)[-1]}
    if forms & _NEVER_LAST[language]:
        return False
    return not forms & _MAYBE_LAST[language] or following.group(1).isupper()


def _is_initial(before: str) -> bool:
    found = _INITIAL.search(before)
    return found is not None and found.group().lstrip(' («“"')[0].isupper()
