"""The words of one text file: title, content note, paragraphs, sources."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from pathlib import Path

from audioguide import files
from audioguide.content import short_title
from audioguide.errors import NOTHING_TO_SAY, Finding, Grade, Message, message, plain_reason

SOURCES = "## Sources"
MOST_CHARACTERS = 255  # of a title, an address, a name: what the database keeps
MOST_IN_PARAGRAPH = 5_000  # seven times the longest of ours; what splits and speaks it is slower
MOST_MARKS_ON_A_LETTER = 30  # as Unicode's stream-safe format has it (UAX 15); more sort slowly

_CANNOT_BE_READ = "The file cannot be read: {reason}."
_GIVE_THE_RIGHT = "Give the user who runs the guide the right to read it."
_PUT_A_FILE = "Put a text file in its place."
_LIST = ("- ", "* ")
_FORM = "A text is: # Title, perhaps > a content note, paragraphs, and ## Sources at the end."
# Each with what ends it. It is looked for up to the last end only: behind that, every beginning
# would be followed to the end of the text in vain, and the time would grow with the square.
_MARKDOWN = tuple(
    (re.compile(whole), re.compile(end))
    for whole, end in (
        (r"\*\*(?=\S).+?(?<=\S)\*\*", r"(?<=\S)\*\*"),  # **bold**
        (r"(?<![\w*])\*(?=[^\s*])[^*]*(?<=\S)\*(?!\w)", r"\*"),  # *emphasis*
        # _emphasis_, never our_museum
        (r"(?<![\w@/])_{1,3}(?=[^\s_]).*?(?<=[^\s_])_{1,3}(?!\w)", r"(?<=[^\s_])_{1,3}(?!\w)"),
        (r"\[[^\[\]]+\]\((?:[^()]|\([^()]*\))*\)", r"\)"),  # [link](address)
        (r"(?<!\w)`[^`]+`(?!\w)", r"`"),  # `code`, never O`zbek
    )
)
_UNUSUAL = re.compile(rf"[^\x00-\u02ff\w\s]{{{MOST_MARKS_ON_A_LETTER},}}")


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


class Mistakes:
    """Gathers what is wrong in one file, so that a curator sees all of it at once."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.findings: list[Finding] = []

    def add(self, line: int, what: str, do: str = "", /, **values: object) -> None:
        """Note an error at a line, counted from 1; ``values`` stand in {places} of both."""
        where = f"{self.file}:{line}"
        self.findings.append(
            Finding(Grade.ERROR, where, Message(what, values), Message(do, values))
        )


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
) -> tuple[Words | None, Mistakes]:
    """Read a text file; return its words, or None, with the mistakes found in it."""
    mistakes = Mistakes(shown_as)
    content = read_text(path, mistakes, message("Put it there, as in the other languages."))
    if content is None:
        return None, mistakes
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
    check_hidden(content, mistakes)
    content, label, line = short_title.take_out(content, mistakes, is_stop=has_label)
    _check_markdown(_Block(line, [label or ""]), mistakes)
    body, sources = _sources(content, mistakes)
    blocks = _blocks(body)
    title = _title(blocks, mistakes)
    note = _content_note(blocks, mistakes)
    spoken = [block for block in blocks if _is_paragraph(block, mistakes)]
    if has_address and spoken and len(spoken[0].joined) > MOST_CHARACTERS:
        mistakes.add(
            spoken[0].line,
            "The address, which is the first paragraph, has {count} characters, "
            "and at most {most} are kept.",
            "Write it shorter.",
            count=len(spoken[0].joined),
            most=MOST_CHARACTERS,
        )
    if needs_text and not spoken:
        line = body.rstrip("\n").count("\n") + 1
        mistakes.add(line, "There are no words under the title.", "Write at least one paragraph.")
    if mistakes.findings:
        return None
    return Words(title, note, "\n\n".join(block.joined for block in spoken), sources, label)


def hidden_character(text: str) -> str | None:
    """Return the first character that nobody sees (NUL, a mark of direction) as U+202E, or None."""
    for character in text:
        if character != "\t" and unicodedata.category(character) in ("Cc", "Cf", "Co"):
            return f"U+{ord(character):04X}"
    return None


def decode(content: bytes, mistakes: Mistakes) -> str | None:
    """Decode a file of the pack: NFC, LF, no byte order mark; None where it is not UTF-8."""
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        mistakes.add(line, "The file is not UTF-8 text.", "Save it again with the encoding UTF-8.")
        return None
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    for found in _UNUSUAL.finditer(text):
        if sum(map(bool, map(unicodedata.combining, found.group()))) >= MOST_MARKS_ON_A_LETTER:
            mistakes.add(
                text.count("\n", 0, found.start()) + 1,
                "More than {most} accents stand on one letter.",
                "Type the word again.",
                most=MOST_MARKS_ON_A_LETTER,
            )
            return None
    return unicodedata.normalize("NFC", text)


def read_text(path: Path, mistakes: Mistakes, absent: Message = NOTHING_TO_SAY) -> str | None:
    """Read a text file of the pack; None, with the reason noted, where it cannot be read.

    ``absent`` says what is to be done where it is missing.
    """
    try:
        content = files.read(path)
    except FileNotFoundError as error:
        mistakes.add(1, _CANNOT_BE_READ, absent.sentence, reason=plain_reason(error))
    except PermissionError as error:
        mistakes.add(1, _CANNOT_BE_READ, _GIVE_THE_RIGHT, reason=plain_reason(error))
    except OSError as error:
        mistakes.add(1, _CANNOT_BE_READ, _PUT_A_FILE, reason=plain_reason(error))
    else:
        return decode(content, mistakes)
    return None


def _sources(content: str, mistakes: Mistakes) -> tuple[str, tuple[str, ...]]:
    lines = content.split("\n")
    for index, line in enumerate(lines):
        if line.strip() == SOURCES:
            return "\n".join(lines[:index]), _listed(lines, index + 1, mistakes)
    return content, ()


def _listed(lines: list[str], start: int, mistakes: Mistakes) -> tuple[str, ...]:
    sources: list[list[str]] = []
    for index in range(start, len(lines)):
        line = lines[index].strip()
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
        begins = line.startswith(("#", *_LIST))
        heading_ended = open_block is not None and open_block.lines[0].startswith("#")
        if open_block is None or heading_ended or begins:
            open_block = _Block(number, [])
            blocks.append(open_block)
        open_block.lines.append(line)
    return blocks


def _title(blocks: list[_Block], mistakes: Mistakes) -> str:
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
    _check_markdown(block, mistakes)
    return title


def _content_note(blocks: list[_Block], mistakes: Mistakes) -> str | None:
    if not blocks or not blocks[0].lines[0].startswith(">"):
        return None
    block = blocks.pop(0)
    lines = [line.removeprefix(">").strip() for line in block.lines]
    if not any(lines):
        mistakes.add(
            block.line,
            "The content note is empty.",
            "Write it behind the >, or take the line out.",
        )
    _check_markdown(block, mistakes)
    return " ".join(line for line in lines if line)


def check_hidden(content: str, mistakes: Mistakes) -> None:
    """Note every line in which something stands that nobody sees."""
    for number, line in enumerate(content.split("\n"), start=1):
        if hidden := hidden_character(line):
            mistakes.add(
                number,
                "In this line stands a character that nobody sees ({hidden}).",
                "Delete the whole line and type it again.",
                hidden=hidden,
            )


def _check_markdown(block: _Block, mistakes: Mistakes) -> None:
    if len(block.joined) > MOST_IN_PARAGRAPH:
        mistakes.add(
            block.line,
            "The paragraph has {count} characters, and at most {most} are read.",
            "Write it shorter, or divide it by an empty line.",
            count=len(block.joined),
            most=MOST_IN_PARAGRAPH,
        )
        return
    for found in _marked(block.joined):
        mistakes.add(
            block.line_at(found.start()),
            "{marked} would be shown with these marks.",
            "Write it without them.",
            marked=found.group(),
        )


def _marked(text: str) -> Iterator[re.Match[str]]:
    """Find what is marked up, from left to right; what lies within another is not named."""
    found: list[re.Match[str]] = []
    for whole, end in _MARKDOWN:
        last = max((each.end() for each in end.finditer(text)), default=0)
        found += whole.finditer(text, 0, last)
    after = 0
    for each in sorted(found, key=lambda each: each.start()):
        if each.start() >= after:
            yield each
            after = each.end()


def _is_paragraph(block: _Block, mistakes: Mistakes) -> bool:
    first = block.lines[0]
    if first.startswith("# "):
        mistakes.add(block.line, "There is a second title.", "Keep one line that begins with #.")
    elif first.startswith("#"):
        heading = first[:MOST_CHARACTERS]
        mistakes.add(block.line, "The heading {heading} is not known here.", _FORM, heading=heading)
    elif first.startswith(">"):
        mistakes.add(
            block.line, "A content note stands in the wrong place.", "Put it below the title."
        )
    elif first.startswith(_LIST):
        mistakes.add(block.line, "A list cannot be heard.", "Write sentences.")
    else:
        _check_markdown(block, mistakes)
        return True
    return False
