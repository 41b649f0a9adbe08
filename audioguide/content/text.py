"""The words of one text file: title, content note, paragraphs, sources."""

from __future__ import annotations

import hashlib
import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import accumulate, pairwise
from pathlib import Path

from audioguide import characters
from audioguide.content import markup, short_title
from audioguide.content.decoding import note_strays, read_text
from audioguide.content.mistakes import Mistakes
from audioguide.errors import message
from audioguide.languages import Language, all_known

SOURCES = "## Sources"
MOST_CHARACTERS = 255  # of a title, an address, a name: what the database keeps
MOST_IN_PARAGRAPH = 5_000  # seven times the longest of ours; what splits and speaks it is slower

_FORM = "A text is: # Title, perhaps > a content note, paragraphs, and ## Sources at the end."
_ALONE = "This file has paragraphs alone, without title, note or sources: {line}"
_RULE = re.compile(r"[-*_=~+|:\s–—]{2,}")


@dataclass(frozen=True)
class Words:
    """What one text file says; ``text`` has its paragraphs separated by an empty line.

    ``label`` is a shorter title, which stands on labels alone.
    """

    title: str
    content_note: str | None
    text: str
    sources: tuple[str, ...]
    label: str | None = None

    @property
    def paragraphs(self) -> tuple[str, ...]:
        """The paragraphs of the text, the first of which is the summary."""
        return tuple(self.text.split("\n\n")) if self.text else ()

    @property
    def digest(self) -> str:
        """The SHA-256 of everything in the file that somebody may correct."""
        label = [f"Label: {self.label}"] if self.label else []  # no source can be one
        said = [self.title, self.content_note or "", self.text, *self.sources, *label]
        return sha256("\0".join(said))


def sha256(text: str) -> str:
    """Compute the SHA-256 of a text, in hexadecimal digits."""
    return hashlib.sha256(text.encode()).hexdigest()


@dataclass
class _Block:
    line: int
    lines: list[str]

    @cached_property
    def joined(self) -> str:
        return " ".join(self.lines)

    @cached_property
    def _ends(self) -> list[int]:
        return list(accumulate(len(text) + 1 for text in self.lines))

    def line_at(self, place: int) -> int:
        """Return the line of the character at a place in ``joined``."""
        return self.line + bisect_right(self._ends, place)


def read_words(
    path: Path,
    shown_as: str,
    *,
    needs_text: bool,
    has_address: bool = False,
    has_label: bool = True,
    language: Language | None = None,
) -> tuple[Words | None, Mistakes]:
    """Read a text file; return its words, or None, with the mistakes found in it."""
    mistakes = Mistakes(shown_as)
    content = read_text(path, mistakes, message("Put it there, as in the other languages."))
    if content is None:
        return None, mistakes
    if language is not None:
        note_strays(_shown_lines(content), language, mistakes)
    words = parse_words(
        content, mistakes, needs_text=needs_text, has_address=has_address, has_label=has_label
    )
    return words, mistakes


def parse_words(
    content: str,
    mistakes: Mistakes,
    *,
    needs_text: bool,
    has_address: bool = False,
    has_label: bool = True,
) -> Words | None:
    """Parse the content of a text file, noting what is wrong with it."""
    content, label, line = short_title.take_out(content, mistakes, is_stop=has_label)
    if label:
        check_words(line, label, mistakes)
    body, sources = _sources(content, mistakes)
    blocks = _blocks(body)
    title = _title(blocks, mistakes)
    note = _content_note(blocks, mistakes)
    spoken = [block for block in blocks if _is_paragraph(block, mistakes)]
    _check_numbered(spoken, mistakes)
    if has_address and spoken and len(spoken[0].joined) > MOST_CHARACTERS:
        mistakes.add(
            spoken[0].line,
            "The address, which is the first paragraph, has {count} characters, "
            "and at most {most} are kept.",
            "Write it shorter.",
            count=len(spoken[0].joined),
            most=MOST_CHARACTERS,
        )
    if needs_text and not spoken and not mistakes.findings:
        line = body.rstrip("\n").count("\n") + 1
        mistakes.add(line, "There are no words under the title.", "Write at least one paragraph.")
    if mistakes.findings:
        return None
    return Words(title, note, "\n\n".join(block.joined for block in spoken), sources, label)


def paragraphs(content: str, mistakes: Mistakes) -> tuple[str, ...]:
    """Parse a text that has paragraphs alone, noting what is wrong with them."""
    blocks = []
    for block in _blocks(content):
        if (line := block.lines[0]).startswith(("#", ">")):
            mistakes.add(block.line, _ALONE, "Take the line out.", line=markup.shortened(line))
        elif _is_paragraph(block, mistakes):
            blocks.append(block)
    _check_numbered(blocks, mistakes)
    return tuple(block.joined for block in blocks)


def check_words(line: int, text: str, mistakes: Mistakes) -> None:
    """Note what may not stand in one line of words: marks alone, a list, markup."""
    _is_paragraph(_Block(line, [text]), mistakes)


def _sources(content: str, mistakes: Mistakes) -> tuple[str, tuple[str, ...]]:
    lines = content.split("\n")
    for index, line in enumerate(lines):
        if line.strip() == SOURCES:
            return "\n".join(lines[:index]), _listed(lines, index + 1, mistakes)
        if index and _sources_meant().fullmatch(line.strip()):
            mistakes.add(
                index + 1,
                "The heading {heading} is written {sources} in every language.",
                "Write it so.",
                heading=line.strip(),
                sources=SOURCES,
            )
            return "\n".join(lines[:index]), ()
    return content, ()


@cache
def _sources_meant() -> re.Pattern[str]:
    words = sorted(word for known in all_known().values() for word in known.sources)
    return re.compile(rf"#{{1,6}}\s*(?:{'|'.join(words)})\s*:?", re.IGNORECASE)


def _shown_lines(content: str) -> list[str]:
    lines = content.split("\n")
    ends = [index for index, line in enumerate(lines) if line.strip() == SOURCES]
    return lines[: ends[0]] if ends else lines


def _listed(lines: list[str], start: int, mistakes: Mistakes) -> tuple[str, ...]:
    sources: list[list[str]] = []
    for index in range(start, len(lines)):
        line = lines[index].strip()
        _add_marked(index + 1, markup.in_source(line), mistakes)
        if line.startswith("- "):
            sources.append([line.removeprefix("- ").strip()])
        elif line.startswith("#"):
            mistakes.add(index + 1, "A heading stands below the sources.", _FORM)
        elif line and sources:
            sources[-1].append(line)
        elif line:
            mistakes.add(index + 1, "A source does not begin with a hyphen.", "Write: - source.")
    return tuple(" ".join(each) for each in sources)


def _blocks(body: str) -> list[_Block]:
    blocks: list[_Block] = []
    open_block: _Block | None = None
    for number, raw in enumerate(body.split("\n"), start=1):
        line = " ".join(raw.split())
        if not line:
            open_block = None
            continue
        # A heading or a list needs no empty line around it: it must not become spoken words.
        heading_ended = open_block is not None and open_block.lines[0].startswith("#")
        is_note = open_block is not None and open_block.lines[0].startswith(">")
        begins = line.startswith("#") or markup.is_listed(line)
        begins |= line.startswith(">") and not is_note
        if open_block is None or heading_ended or begins:
            open_block = _Block(number, [])
            blocks.append(open_block)
        open_block.lines.append(line)
    return blocks


def _title(blocks: list[_Block], mistakes: Mistakes) -> str:
    if blocks and (found := re.match(r"#([^#\s])", blocks[0].lines[0])):
        mistakes.add(
            blocks.pop(0).line,
            "Behind the # a space is missing.",
            "Write: # {begin}…",
            begin=found.group(1),
        )
        return ""
    if not blocks or not blocks[0].lines[0].startswith("# "):
        line = blocks[0].line if blocks else 1
        mistakes.add(line, "The title is missing.", "Begin the file with # and the title.")
        return ""
    block = blocks.pop(0)
    title = block.joined.removeprefix("# ").strip()
    if len(title) > MOST_CHARACTERS:
        mistakes.add(
            block.line,
            "The title has {count} characters, and at most {most} are kept.",
            "Write it shorter.",
            count=len(title),
            most=MOST_CHARACTERS,
        )
    if not any(each.isalpha() or each.isdecimal() for each in title):  # it is not spoken
        mistakes.add(block.line, "The title has no words.", "Write it behind the #.")
    _check_markup(block, mistakes)
    return title


def _content_note(blocks: list[_Block], mistakes: Mistakes) -> str | None:
    if not blocks or not blocks[0].lines[0].startswith(">"):
        return None
    block = blocks.pop(0)
    lines = [line.removeprefix(">").strip() for line in block.lines]
    if not any(map(characters.has_words, lines)):
        mistakes.add(
            block.line,
            "The content note is empty.",
            "Write it behind the >, or take the line out.",
        )
    _check_markup(block, mistakes)
    return " ".join(line for line in lines if line)


def _check_markup(block: _Block, mistakes: Mistakes) -> None:
    if len(block.joined) > MOST_IN_PARAGRAPH:
        mistakes.add(
            block.line,
            "The paragraph has {count} characters, and at most {most} are read.",
            "Write it shorter, or divide it by an empty line.",
            count=len(block.joined),
            most=MOST_IN_PARAGRAPH,
        )
        return
    for found in markup.in_words(block.joined):
        _add_marked(block.line_at(found.start), (found,), mistakes)
    for number, line in enumerate(block.lines, start=block.line):
        if wrong := markup.of_line(line):
            mistakes.add(
                number,
                wrong[0].sentence,
                wrong[1].sentence,
                marked=markup.shortened(line),
            )
        elif _RULE.fullmatch(line) and len(block.lines) > 1:
            _add_marks_alone(number, line, mistakes)


def _add_marked(line: int, found: Iterable[markup.Markup], mistakes: Mistakes) -> None:
    for each in found:
        mistakes.add(line, each.what.sentence, each.do.sentence, marked=each.marked)


def _add_marks_alone(line: int, marks: str, mistakes: Mistakes) -> None:
    mistakes.add(
        line,
        "Here stand marks alone, and no word: {marks}",
        "Take the line out; an empty line parts paragraphs.",
        marks=markup.shortened(marks),
    )


def _check_numbered(blocks: Sequence[_Block], mistakes: Mistakes) -> None:
    """Note a list whose lines begin with 1, 2 and so on: a sentence may begin so by chance."""
    heads = [
        (block.line + index, number)
        for block in blocks
        for index, line in enumerate(block.lines)
        if (number := markup.number_of_list(line)) is not None
    ]
    for (line, number), (_, following) in pairwise(heads):
        if (number, following) == (1, 2):
            mistakes.add(line, "Lists do not work when spoken.", "Write sentences.")


def _is_paragraph(block: _Block, mistakes: Mistakes) -> bool:
    first = block.lines[0]
    if first.startswith("# "):
        mistakes.add(block.line, "There is a second title.", "Keep one line that begins with #.")
    elif first.startswith("#"):
        heading = markup.shortened(first)
        mistakes.add(block.line, "The heading {heading} is not known here.", _FORM, heading=heading)
    elif first.startswith(">"):
        mistakes.add(block.line, "A content note is in the wrong place.", "Put it below the title.")
    elif not any(map(characters.has_words, block.lines)):
        _add_marks_alone(block.line, block.joined, mistakes)
    elif markup.is_listed(first):
        mistakes.add(block.line, "Lists do not work when spoken.", "Write sentences.")
    else:
        _check_markup(block, mistakes)
        return True
    return False
