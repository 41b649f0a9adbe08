"""The texts to be proofread, with the line that each word stands in."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar

from audioguide.content import short_title
from audioguide.content.mistakes import Mistakes
from audioguide.content.sentences import split_text
from audioguide.content.text import SOURCES, Words
from audioguide.errors import Finding, Grade, Message
from audioguide.kinds import Kind
from audioguide.languages import Language

_MARKS = {"#", ">"}
_GROUPED = re.compile(r"(?<=\d)[\s,.](?=\d)")
_COUNTED = re.compile(r"\w[\w’'-]*")
_WORD = re.compile(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*")
_FIGURE_BEFORE = re.compile(r"\d-?$")
_OPENED, _CLOSED = "«“„", "»”“"
_Text = TypeVar("_Text", bound="PageText")


@dataclass(frozen=True)
class Passage:
    """A title, a content note or a paragraph; ``lines`` has one line number for each token."""

    text: str
    lines: tuple[int, ...]

    def line(self, position: int) -> int:
        """Return the line, counted from 1, of the character at ``position``."""
        index = len(self.text[: position + 1].split()) - 1
        return self.lines[max(index, 0)]

    @cached_property
    def quoted(self) -> tuple[tuple[int, int], ...]:
        """The stretches in quotation marks, «», “”, „“ or "", as start and end."""
        return tuple(_quotations(self.text))

    def is_quoted(self, start: int, end: int) -> bool:
        """Tell whether a stretch stands in quotation marks."""
        return any(opens < start and end <= closes for opens, closes in self.quoted)

    @cached_property
    def words(self) -> tuple[Word, ...]:
        """Every word of letters; what is joined to a figure ("1930-х", "14А") is none."""
        return tuple(
            Word(found.group(), found.start(), self.line(found.start()))
            for found in _WORD.finditer(self.text)
            if not _is_joined_to_a_figure(self.text, found)
        )


@dataclass(frozen=True)
class Word:
    """A word of a passage and where it stands."""

    text: str
    start: int
    line: int


@dataclass(frozen=True)
class PageText:
    """The words of a page in one language; ``file`` is as shown, media/tours/camps/kk.md.

    ``content`` is the whole file and serves to find lines; where it is empty, line 1 is named.
    """

    language: Language
    file: str
    words: Words
    content: str = ""

    @cached_property
    def passages(self) -> tuple[Passage, ...]:
        """The title, the content note if there is one, and the paragraphs."""
        texts = [self.words.title, self.words.content_note or "", *self.words.paragraphs]
        written = _written(self.content)
        return tuple(_passage(text, written) for text in texts if text)

    def error(self, line: int, what: Message, do: Message) -> Finding:
        """Make an error at a line of this file."""
        return Finding(Grade.ERROR, f"{self.file}:{line}", what, do)


@dataclass(frozen=True, kw_only=True)
class StopText(PageText):
    """The words of a stop in one language, which are spoken."""

    number: int
    slug: str
    kind: Kind

    @cached_property
    def word_count(self) -> int:
        """The number of words of the text without title and content note; 113 000 is one."""
        return len(counted_words(self.words.text))

    @cached_property
    def sentences(self) -> tuple[str, ...]:
        """The sentences of the text, as they are spoken one by one."""
        paragraphs = split_text(self.words.text, self.language)
        return tuple(sentence for paragraph in paragraphs for sentence in paragraph)

    def line_of(self, sentence: str) -> int:
        """Return the line in which a sentence begins; 1 where no passage has it."""
        for passage in self.passages:
            position = passage.text.find(sentence)
            if position >= 0:
                return passage.line(position)
        return 1

    def warning(self, line: int, what: Message, do: Message) -> Finding:
        """Make a warning at a line of this file: what the ear decides."""
        return Finding(Grade.WARNING, f"{self.file}:{line}", what, do)


def counted_words(text: str) -> list[str]:
    """Return the words of a text as they are counted; a figure is one, 113 000 too."""
    return _COUNTED.findall(_GROUPED.sub("", text))


def by_place(texts: Sequence[_Text]) -> tuple[tuple[_Text, ...], ...]:
    """Group texts by the folder they lie in, that of a stop or a page, in their order."""
    folders = dict.fromkeys(_folder(text) for text in texts)
    return tuple(tuple(text for text in texts if _folder(text) == each) for each in folders)


def _folder(text: PageText) -> str:
    return text.file.rpartition("/")[0]


def _is_joined_to_a_figure(text: str, found: re.Match[str]) -> bool:
    before = text[max(found.start() - 2, 0) : found.start()]
    return bool(_FIGURE_BEFORE.search(before)) or text[found.end() : found.end() + 1].isdigit()


def _written(content: str) -> Iterator[tuple[str, int]]:
    without_label, _, _ = short_title.take_out(content, Mistakes(""), is_stop=True)
    for number, line in enumerate(without_label.split("\n"), start=1):
        if line.strip() == SOURCES:
            return
        for token in line.split():
            if token not in _MARKS:
                yield token.removeprefix(">"), number


def _passage(text: str, written: Iterator[tuple[str, int]]) -> Passage:
    tokens = text.split()
    lines = [line for _, (_, line) in zip(tokens, written, strict=False)]
    last = lines[-1] if lines else 1
    return Passage(text, tuple(lines + [last] * (len(tokens) - len(lines))))


def _quotations(text: str) -> Iterator[tuple[int, int]]:
    opened: list[int] = []
    for position, letter in enumerate(text):
        if letter == '"':
            is_closing = bool(opened) and text[opened[-1]] == '"'
        else:
            is_closing = letter in _CLOSED and (letter not in _OPENED or "„" in _at(text, opened))
        if is_closing and opened:
            yield opened.pop(), position
        elif letter in _OPENED or (letter == '"' and not is_closing):
            opened.append(position)


def _at(text: str, positions: Sequence[int]) -> str:
    return "".join(text[position] for position in positions)
