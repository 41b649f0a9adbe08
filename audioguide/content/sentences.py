"""Split a text into sentences, once for the page, the voice and the cues alike.

The rules are those of an editor: a full stop ends a sentence unless it belongs to an
abbreviation or an initial, and unless what follows goes on in small letters; nothing ends
inside an aside in brackets.
"""

from __future__ import annotations

import re

from audioguide.characters import has_words
from audioguide.languages import Language

# After these a name, a number or a word goes on, whatever letter it begins with.
_NEVER_LAST = {
    Language("kk"): {"проф", "акад", "қ", "обл", "см", "№"},
    Language("ru"): {
        *("г", "ул", "им", "ст", "проф", "акад", "обл", "р", "св", "см", "стр", "пос", "с"),
        *("т", "т.е", "тов", "гр", "ок", "пер", "просп"),
    },
    Language("en"): {
        *("mr", "mrs", "ms", "dr", "st", "prof", "vol", "gen", "col", "lt", "capt", "sgt", "rev"),
        *("e.g", "i.e", "vs", "cf", "approx"),
    },
}
# These are words of their own too: only before a number are they abbreviations.
_BEFORE_A_NUMBER = {
    Language("kk"): {"бет", "көш", "б"},
    Language("ru"): {"п", "ч", "д", "кв", "гл"},
    Language("en"): {"no", "nos", "p", "pp", "fig", "ch"},
}
# So are these before an article of a law: "Art. 58", "art. 58(10)", and not "art. 58 pictures".
_BEFORE_AN_ARTICLE = {
    Language("kk"): set[str](),
    Language("ru"): set[str](),
    Language("en"): {
        *("art", "arts", "sec", "secs", "sect", "sects", "subsec", "para", "paras"),
        *("cl", "cls", "reg", "regs"),
    },
}
_ARTICLE = re.compile(r"\s+\d+[\s-]?\(")
# These may also be the last word of a sentence: then a capital letter follows.
_MAYBE_LAST = {
    Language("kk"): {"ж", "жж", "ғ", "ғғ", "т.б", "б", "т.с.с", "б.з.д", "мың", "млн", "млрд"},
    Language("ru"): {"гг", "в", "вв", "тыс", "млн", "млрд", "т.д", "т.п", "др", "руб", "н.э"},
    Language("en"): {"etc", "a.m", "p.m", "A.M", "P.M", "b.c", "a.d", "B.C", "A.D", "c", "ca"},
}
_END = re.compile(r"(?<![.!?…])[.!?…]+[\"'”“’»›)\]]*(?=\s)")
_LAST_WORD = re.compile(r"([\w№]+(?:\.\s?\w+)*)\.$")
_INITIALS = re.compile(
    r"(?:^|[\s(«“„‘\"'])(?:(?:\w|Дж|Ше|Ша|Ch|Gh|Kh|Sh|Th|Ts|Ya|Yu|Zh)\.\s?)*"
    r"(\w|Дж|Ше|Ша|Ch|Gh|Kh|Sh|Th|Ts|Ya|Yu|Zh)\.$"
)
_LOOK_BACK = 120  # characters before a full stop: more than any name with its initials
_NUMERALS_AMONG_CYRILLIC = {"I", "V", "X"}  # "Николай I. Потом": no initial, these are Latin
_NEXT = re.compile(r"\s+[\"'“„‘«(\[—–-]*\s*(\S)")
_YEAR_BEFORE = re.compile(r"\d\s?(?:г|ж)\.$")
# "В 1937 г. Казахстан ...": what is nothing but a date is no sentence yet.
_ONLY_A_DATE = re.compile(
    r"(?:(?:В|Во|До|К|На|От|По|После|С|Со)\s)?(?:\d{1,2}\s\w+\s)?"
    r"(?:\d{1,4}(?:\s?[–—-]\s?\d{1,4})?\s?(?:гг?|жж?)|[IVXХ]+(?:[–—-][IVXХ]+)?\s?(?:вв?|ғғ?))\."
)


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
    if looked_from == start and _ONLY_A_DATE.fullmatch(before):
        return False
    return _YEAR_BEFORE.search(before) is not None or _may_be_last(before, following, language)


def _in_aside(paragraph: str, start: int, end: re.Match[str]) -> bool:
    """Tell whether brackets that opened within this sentence are still open, or close here."""
    opened = paragraph.rfind("(", start, end.end())
    is_whole_sentence = not paragraph[start : max(opened, start)].strip()
    return not is_whole_sentence and paragraph.find(")", opened) >= end.start()


def _may_be_last(before: str, following: re.Match[str], language: Language) -> bool:
    found = _LAST_WORD.search(before)
    written = found.group(1).replace(" ", "") if found else ""
    if written not in _MAYBE_LAST[language] and _is_initial(before, language):
        return False
    word = written.lower()
    forms = {word, word.rsplit(".", 1)[-1]}
    if forms & _NEVER_LAST[language]:
        return False
    if following.group(1).isdigit() and _belongs_to_number(written, forms, following, language):
        return False
    return not forms & _MAYBE_LAST[language] or following.group(1).isupper()


def _belongs_to_number(
    written: str, forms: set[str], following: re.Match[str], language: Language
) -> bool:
    if forms & _BEFORE_A_NUMBER[language]:
        return True
    is_article = _ARTICLE.match(following.string, following.start()) is not None
    return bool(forms & _BEFORE_AN_ARTICLE[language]) and (written[:1].isupper() or is_article)


def _is_initial(before: str, language: Language) -> bool:
    found = _INITIALS.search(before)
    if found is None or not found.group(1)[0].isupper():
        return False
    return language == Language("en") or found.group(1) not in _NUMERALS_AMONG_CYRILLIC
