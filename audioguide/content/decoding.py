"""Decode the text files of the pack, whatever lies there and whatever program saved it."""

from __future__ import annotations

import codecs
import errno
import re
import unicodedata
from collections.abc import Sequence
from pathlib import Path

from audioguide import characters, files
from audioguide.content import markup
from audioguide.content.mistakes import Mistakes
from audioguide.errors import NOTHING_TO_SAY, Grade, Message, Unreadable, message, plain_reason
from audioguide.languages import Language, lookalikes

MOST_MARKS_ON_A_LETTER = 30  # as Unicode's stream-safe format has it (UAX 15); more sort slowly

_CANNOT_BE_READ = "The file cannot be read: {reason}."
_GIVE_THE_RIGHT = "Give the user who runs the guide the right to read it."
_PUT_A_FILE = "Put a text file in its place."
_UNUSUAL = re.compile(rf"[^\x00-\u02ff\w\s]{{{MOST_MARKS_ON_A_LETTER},}}")
_UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_MERGE = re.compile(r"(?:<{7}|>{7}|\|{7})(?:\s|$)")
_NAMES = {
    "\ufeff": message("a byte order mark"),
    "\u00ad": message("a soft hyphen"),
    "\u200b": message("a space of no width"),
    "\v": message("a line break of a word processor"),
}
_UNSEEN = message("an invisible character")


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
        if _is_no_file(path, error):
            mistakes.add(1, _CANNOT_BE_READ, _PUT_A_FILE, reason=plain_reason(error))
        else:
            mistakes.add(1, _CANNOT_BE_READ, reason=plain_reason(error))
    else:
        return decode(content, mistakes)
    return None


def _is_no_file(path: Path, error: OSError) -> bool:
    """Tell what is none from a file that the disk does not give back, or that is too large."""
    return (isinstance(error, Unreadable) and not path.is_file()) or error.errno == errno.ELOOP


def decode(content: bytes, mistakes: Mistakes) -> str | None:
    """Decode a file of the pack: NFC, LF, plain characters; None where it cannot be read as text.

    UTF-8, or UTF-16 that says so. What is unseen and harmless is dropped with a note; what would
    turn words round is a mistake, and stands in the text no longer.
    """
    text = _decoded(content, mistakes)
    if text is None:
        return None
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    if _is_unmerged(lines, mistakes) or _is_piled_up(lines, mistakes):
        return None
    plain = [_plain(line, number, mistakes) for number, line in enumerate(lines, start=1)]
    return unicodedata.normalize("NFC", "\n".join(plain))


def note_strays(
    lines: Sequence[str], language: Language, mistakes: Mistakes, first_line: int = 1
) -> None:
    """Warn of every letter that is of another alphabet than its word."""
    for number, line in enumerate(lines, start=first_line):
        for stray in lookalikes.strays(line, language):
            mistakes.remark(
                Grade.WARNING,
                number,
                "In “{word}” the letter {letters} is {alphabet}.",
                "Type the word again, with the keyboard of its language.",
                word=markup.shortened(stray.word),
                letters=", ".join(stray.letters),
                alphabet=_ALPHABETS[stray.alphabet],
            )


_ALPHABETS = {
    lookalikes.Alphabet.LATIN: message("Latin"),
    lookalikes.Alphabet.CYRILLIC: message("Cyrillic"),
    lookalikes.Alphabet.GREEK: message("Greek"),
}


def _decoded(content: bytes, mistakes: Mistakes) -> str | None:
    if content.startswith(_UTF_16):
        try:
            return content.decode("utf-16")
        except UnicodeDecodeError:
            mistakes.add(
                1, "The file is UTF-16 text that ends too early.", "Save it again with UTF-8."
            )
            return None
    try:
        return content.removeprefix(codecs.BOM_UTF8).decode("utf-8")
    except UnicodeDecodeError as error:
        start = error.start + len(content) - len(content.removeprefix(codecs.BOM_UTF8))
        mistakes.add(
            content.count(b"\n", 0, start) + 1,
            "The file is not UTF-8 text{guess}.",
            "Open it in the program that wrote it and save it with the encoding UTF-8: in "
            "Notepad, File, Save as, Encoding.",
            guess=_guess(content),
        )
        return None


def _guess(content: bytes) -> Message:
    """Say which encoding it is, where most letters then are Cyrillic ones in words."""
    if content.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        return message(", but a document of a word processor")
    text = content.decode("cp1251", errors="replace")
    words = re.findall(r"[А-ЯЁа-яё]?[а-яё]{2,}", text)
    if sum(map(len, words)) * 2 > sum(letter.isalpha() and letter > "\x7f" for letter in text):
        return message(", but probably Windows-1251")
    return message("")


def _is_unmerged(lines: Sequence[str], mistakes: Mistakes) -> bool:
    for number, line in enumerate(lines, start=1):
        if _MERGE.match(line):
            mistakes.add(
                number,
                "{marks} is left from a merge: two versions of the words stand here at once.",
                "Keep one of them, and take out the lines with <<<<<<<, ======= and >>>>>>>.",
                marks=line[:7],
            )
            return True
    return False


def _is_piled_up(lines: Sequence[str], mistakes: Mistakes) -> bool:
    for number, line in enumerate(lines, start=1):
        for found in _UNUSUAL.finditer(line):
            if sum(map(bool, map(unicodedata.combining, found.group()))) >= MOST_MARKS_ON_A_LETTER:
                mistakes.add(
                    number,
                    "More than {most} accents stand on one letter.",
                    "Type the word again.",
                    most=MOST_MARKS_ON_A_LETTER,
                )
                return True
    return False


def _plain(line: str, number: int, mistakes: Mistakes) -> str:
    for letter in characters.passed_over(line):
        mistakes.remark(
            Grade.NOTE,
            number,
            "{name} ({hidden}) was passed over here: {words}",
            name=_NAMES.get(letter, _UNSEEN),
            hidden=characters.numbered(letter),
            words=characters.around(line, line.index(letter)),
        )
    places = frozenset(characters.refused(line))
    for place in sorted(places)[:1]:
        mistakes.add(
            number,
            "This line contains an invisible character or a lost letter ({hidden}): {words}",
            "Type these words again, or paste them as plain text.",
            hidden=characters.numbered(line[place]),
            words=characters.around(line, place),
        )
    kept = "".join(letter for place, letter in enumerate(line) if place not in places)
    return characters.plain(kept)
