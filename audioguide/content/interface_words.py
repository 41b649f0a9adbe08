"""The museum's own interface words: a catalogue (gettext) of a language, `words/<language>.po`."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from babel.messages.pofile import unescape

from audioguide import files, words
from audioguide.content.decoding import read_text
from audioguide.content.markup import shortened
from audioguide.content.mistakes import Mistakes
from audioguide.errors import Finding, Grade
from audioguide.languages import Language, Languages

WORDS, ENDING = "words", ".po"
COMPILED = ".mo"  # Poedit puts it beside a catalogue; nobody is to name a file so
_LINE = re.compile(r'(?:(?P<key>[a-z_]+(?:\[\d*\])?)\s*)?(?P<text>"(?:[^"\\]|\\.)*")')
_SENTENCE, _SAID = "msgid", "msgstr"


@dataclass
class _Entry:
    """One entry as it is read: its strings so far, and the lines on which they begin."""

    line: int
    is_fuzzy: bool
    texts: dict[str, str] = field(default_factory=dict)
    lines: dict[str, int] = field(default_factory=dict)


def names(languages: Languages) -> tuple[str, ...]:
    """Name the files that a museum may have there: catalogues, and what Poedit makes of them."""
    return tuple(f"{each}{ending}" for ending in (ENDING, COMPILED) for each in languages)


def read_all(
    folder: Path, languages: Languages
) -> tuple[dict[Language, Mapping[str, str]], list[Finding]]:
    """Read the catalogues of a pack that are whole, and find what is wrong in the others."""
    found: dict[Language, Mapping[str, str]] = {}
    findings: list[Finding] = []
    for language in languages:
        path = folder / WORDS / f"{language}{ENDING}"
        mistakes = Mistakes(f"{folder.name}/{WORDS}/{path.name}")
        if files.is_there(path):
            read = _read(path, mistakes)
            if not mistakes.findings:
                found[language] = read
        findings += (*mistakes.findings, *mistakes.remarks)
    return found, findings


def _read(path: Path, mistakes: Mistakes) -> dict[str, str]:
    text = read_text(path, mistakes)
    if text is None:
        return {}
    said: dict[str, str] = {}
    first: dict[str, int] = {}
    for entry in _entries(text.split("\n"), mistakes):
        sentence = entry.texts[_SENTENCE]
        if _SAID not in entry.texts:
            mistakes.add(entry.line, "This entry has no line msgstr.", "Write it below the msgid.")
        elif not sentence or entry.is_fuzzy or not entry.texts[_SAID].strip():
            continue  # the head, or what is still to be translated and may stand here once more
        elif sentence in first:
            mistakes.add(
                entry.line,
                "The sentence stands twice, first in line {line}.",
                "Take one of the two entries out.",
                line=first[sentence],
            )
        else:
            _check(entry, sentence, mistakes)
            said[sentence], first[sentence] = entry.texts[_SAID].strip(), entry.line
    return said


def _check(entry: _Entry, sentence: str, mistakes: Mistakes) -> None:
    if sentence not in words.sentences():
        mistakes.remark(
            Grade.NOTE,
            entry.line,
            "The program does not say this sentence: {sentence}",
            "Take the entry out, or copy its msgid anew from python3 scripts/audioguide.py words "
            "missing.",
            sentence=shortened(sentence),
        )
        return
    wanted = words.places(sentence)
    try:
        is_same = words.places(entry.texts[_SAID]) == wanted
    except ValueError:
        is_same = False
    if not is_same:
        mistakes.add(
            entry.lines[_SAID],
            "The places in braces are not those of the sentence: {places}.",
            "Write each of them as it stands there, in its braces; the program puts a word or a "
            "number in its place.",
            places=", ".join(f"{{{each}}}" for each in sorted(wanted)) or "–",
        )


def _entries(lines: Sequence[str], mistakes: Mistakes) -> list[_Entry]:
    """Read entries; a mistake is noted at its line, and reading goes on behind it."""
    entries: list[_Entry] = []
    is_fuzzy, key = False, ""
    for number, line in enumerate(map(str.strip, lines), start=1):
        if not line or line.startswith("#"):
            is_fuzzy = (is_fuzzy and bool(line)) or (line.startswith("#,") and "fuzzy" in line)
            continue
        found = _LINE.fullmatch(line)
        key = (found["key"] or key) if found else ""
        if key == _SENTENCE and found and found["key"]:
            entries.append(_Entry(number, is_fuzzy))
            is_fuzzy = False
        if found is None or key not in (_SENTENCE, _SAID) or not entries:
            _cannot_be_read(line, number, mistakes)
            continue
        texts = entries[-1].texts
        if found["key"] and key in texts:
            _cannot_be_read(line, number, mistakes)
            continue
        texts[key] = texts.get(key, "") + unescape(found["text"])
        entries[-1].lines.setdefault(key, number)
    return entries


def _cannot_be_read(line: str, number: int, mistakes: Mistakes) -> None:
    mistakes.add(
        number,
        "This line of a catalogue cannot be read: {line}",
        "Here stands msgid or msgstr with a text in quotation marks; within the text such a mark "
        "is written {mark}.",
        line=shortened(line),
        mark='\\"',
    )
