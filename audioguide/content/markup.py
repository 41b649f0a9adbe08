"""Markup that the guide does not have: what would be shown to visitors with its marks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias

from audioguide.errors import Message, message
from audioguide.languages import any_typed

_Kind: TypeAlias = "tuple[re.Pattern[str], Message, Message]"

_AS_IT_STANDS = message("{marked} would appear with these symbols.")
_WITHOUT = message("Write it without them.")
_MOST_SHOWN = 60
_MOST_FOUND = 20  # in one paragraph: a page of asterisks is one mistake

_NOTE = message("{marked} is a note in the text, and visitors would read it.")
_TAKE_OUT = message("Take it out.")
_COMMENT = (
    re.compile(
        r"""
          <!--.{0,200}?(?:-->|$)|<-{2,}|(?<!-)-{2,}>               # <!-- note -->, <--- note
        | /\*.{0,200}?\*/|/\*|\*/|%%(?:.{0,200}?%%)?              # /* note */, %% note %%
        | \{\#.{0,200}?\#\}|\{%.{0,200}?%\}                       # {# note #}, {% command %}
        | \b(?:TODO|FIXME|TBD)\b:?
        """,
        re.VERBOSE,
    ),
    _NOTE,
    _TAKE_OUT,
)
_TAG = (
    re.compile(r"</?\s?[^\W\d_][^<>]{0,200}>|<[!?/][^<>]{0,200}>|<(?:https?:|/?(?:br|p|b|i)\b)"),
    _AS_IT_STANDS,
    message("Write the words alone."),
)
_ENTITY = (
    re.compile(
        r"&(?:[A-Za-z][A-Za-z0-9]{1,30}|#\d{1,7}|#[xX][0-9a-fA-F]{1,6});"
        r"|&(?:nbsp|amp|lt|gt|quot|[nm]dash|[lr]aquo|hellip|shy)\b"
    ),
    _AS_IT_STANDS,
    message("Type the character itself."),
)
_FOOTNOTE = (
    re.compile(
        r"(?<!\d)\[\s?\^?\d{1,3}(?:\s?[,;–-]\s?\d{1,3}){0,10}\s?\](?!\()"
        r"|\[\^[^\]\s]{1,40}\]|\[[*†‡]\]"
        r"|(?:(?<=[^\W\d_]{3})|(?<=[.,;:!?»”\")]))[⁰¹²³⁴⁵⁶⁷⁸⁹]+|[†‡]"
    ),
    message("{marked} is a footnote mark, and there are no footnotes here."),
    message("Take it out; where facts come from stands under ## Sources."),
)
# Nothing here may be followed to the end of a text in vain again and again: what stands between two
# marks holds none that begins another, so that each beginning is followed to the next one only.
_MARKDOWN = (
    re.compile(
        r"""
          \*\*(?=\S)[^*]+(?<=\S)\*\*                              # **bold**
        | (?<!\*)\*\*(?=\w)|(?<=\w)\*\*(?!\*)                     # **bold, and never closed
        | (?<![\w*])\*(?=[^\s*])[^*]*(?<=\S)\*(?!\w)               # *emphasis*
        | (?<![\w@/])_{1,3}(?=[^\s_])(?:[^_]|(?<=\w)_(?=\w))*(?<=[^\s_])_{1,3}(?!\w)  # _emphasis_
        | !?\[[^\[\]]+\]\([^)\[]*\)                               # [link](address), ![](picture)
        | !?\[[^\[\]]+\]\[[^\[\]]*\]                              # [link][1]
        | !\[[^\[\]]*\]                                           # ![picture]
        | \[\[[^\[\]]+\]\]|\{\{[^{}]*\}\}                         # [[wiki]], {{template}}
        | \[/?(?:b|i|u|s|url|img|quote|size|color)(?:=[^\[\]]*)?\]  # [b]
        | \^[^\s^]{1,20}\^|(?<![\s~])~[^\s~]{1,20}~(?!~)         # x^2^, H~2~O
        | \$(?=[^\s$])(?=[^$]{0,60}[\\^_=])[^$]{1,60}(?<=\S)\$    # $x^2$, never $5 and $6
        | ~~|(?<![=\w])==(?=\S)[^=]+==                            # ~~struck~~, ==marked==
        | (?<!\w)`{1,3}[^`]+`{1,3}(?!\w)|```                      # `code`, never O`zbek
        | \\[\\*_#\[\]<>~`.!-]                                    # \*
        """,
        re.VERBOSE,
    ),
    _AS_IT_STANDS,
    _WITHOUT,
)
# An editor adds a word to what somebody said, or leaves some out; elsewhere brackets hold notes.
_BRACKETS = (
    re.compile(r"\[[^\[\]]{0,200}\]|[\[\]]"),
    message("{marked} stands in square brackets, as a note does."),
    message("Take it out, or write round brackets; inside a quotation it may stand."),
)
_LEFT_OUT = re.compile(r"\[(?:…|\.\s?\.\s?\.|sic!?|так!|sic\s?!)\]", re.IGNORECASE)
_QUOTATION = re.compile(r"«[^«»]*»|„[^„“”]*[“”]|“[^“”]*”|\"[^\"]*\"")
_OF_A_NOTE = re.compile(rf"\[[^\]]*:|\[\s?(?:{any_typed('note')})", re.IGNORECASE)
_IN_SOURCES = (_COMMENT, _TAG, _ENTITY)
_IN_WORDS = (*_IN_SOURCES, _FOOTNOTE, _MARKDOWN)

_BULLETS = "•·▪▫■□●○◦‣∙⦁➢➤►▶▸➔→⇒❖◆◇★☆✓✔✦✪"
_LISTED = re.compile(rf"[-+*] |[{_BULLETS}]")
_NUMBERED = re.compile(r"\(?(\d{1,2}|[a-zа-яә])(?:\)|(?<!\(.)(?<!\(..)\.) |([A-ZА-ЯӘ])\) ")
_LETTERS = {"a": 1, "а": 1, "b": 2, "ә": 2, "б": 2}  # of the two that begin a list
_ROW = re.compile(r"\||.*\|.*\||.*\|$|[:-]{3,}\s?\|")
_FENCE = re.compile(r"```|~~~|(?:\+\+\+|---) \S|@@ [-+]\d|diff --git ")
_DEFINED = re.compile(r"\[[^\[\]]{1,100}\]: ")


@dataclass(frozen=True)
class Markup:
    """Marks in a text: where they stand, how long, how they are written, what to say of them."""

    start: int
    length: int
    marked: str
    what: Message
    do: Message


def in_words(text: str) -> tuple[Markup, ...]:
    """Find the markup in words that visitors read or a guide says."""
    marked = _found(text, _IN_WORDS)
    return marked if "[" not in text and "]" not in text else _with_brackets(text, marked)


def in_source(text: str) -> tuple[Markup, ...]:
    """Find what may not stand in a source either: addresses and titles may hold any other mark."""
    return _found(text, _IN_SOURCES)


def is_listed(line: str) -> bool:
    """Tell whether a line begins as one of a list; a dash begins what somebody says."""
    return _LISTED.match(line) is not None


def number_of_list(line: str) -> int | None:
    """Return the number with which a line begins as one of a list: `2. `, `(2) `, `б) `.

    Capitals with a full stop are somebody's initials.
    """
    found = _NUMBERED.match(line)
    if found is None:
        return None
    head = (found.group(1) or found.group(2)).lower()
    return int(head) if head.isdecimal() else _LETTERS.get(head)


def of_line(line: str) -> tuple[Message, Message] | None:
    """Say what is wrong with a line that is a table's, a fence, or the target of a link."""
    if _ROW.match(line) and any(letter.isalnum() or letter == "-" for letter in line):
        return message("Tables do not work when spoken."), message("Write sentences.")
    if line.startswith("//"):
        return _NOTE, _TAKE_OUT
    if _FENCE.match(line) or _DEFINED.match(line):
        return _AS_IT_STANDS, _WITHOUT
    return None


def shortened(text: str) -> str:
    """Return a text as a finding shows it."""
    return text if len(text) <= _MOST_SHOWN else f"{text[:_MOST_SHOWN]}…"


def _with_brackets(text: str, marked: tuple[Markup, ...]) -> tuple[Markup, ...]:
    """Add the square brackets that are no editor's and that nothing else was found in."""
    quoted = [found.span() for found in _QUOTATION.finditer(text)]
    taken = bytearray(len(text) + 1)
    for start, end in quoted:
        taken[start:end] = b"\1" * (end - start)
    pattern, what, do = _BRACKETS
    found = [
        Markup(match.start(), len(match.group()), shortened(match.group()), what, do)
        for match in pattern.finditer(text)
        if not _LEFT_OUT.fullmatch(match.group())
        and (not taken[match.start()] or _OF_A_NOTE.match(match.group()))
        and not any(each.start <= match.start() < each.start + each.length for each in marked)
    ]
    return tuple(sorted([*marked, *found[:_MOST_FOUND]], key=lambda each: each.start))[:_MOST_FOUND]


def _found(text: str, kinds: tuple[_Kind, ...]) -> tuple[Markup, ...]:
    taken = bytearray(len(text))  # what one kind has found is not said again as another
    found = []
    for place, marked, what, do in _matches(text, kinds):
        stretch = slice(place, place + len(marked))
        if not any(taken[stretch]):
            taken[stretch] = b"\1" * len(marked)
            found.append(Markup(place, len(marked), shortened(marked), what, do))
    return tuple(sorted(found, key=lambda each: each.start)[:_MOST_FOUND])


def _matches(text: str, kinds: tuple[_Kind, ...]) -> Iterator[tuple[int, str, Message, Message]]:
    for pattern, what, do in kinds:
        for match in pattern.finditer(text):
            yield match.start(), match.group(), what, do
