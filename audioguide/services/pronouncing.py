"""How the museum wants names and abbreviations spoken: the lexicons of the pack."""

from __future__ import annotations

from pathlib import Path

from audioguide import lookalikes
from audioguide.content import markup
from audioguide.content.decoding import decode, note_strays
from audioguide.content.mistakes import Mistakes
from audioguide.errors import Finding, PackBroken
from audioguide.languages import LANGUAGES, Language
from audioguide.speech.script import EMPTY, Lexicon, read_lexicon


def lexicon(media: Path, language: Language) -> Lexicon:
    """Read the lexicon of a language from the pack; a pack without one has an empty lexicon.

    Raise PackBroken with every mistake, by file and line.
    """
    lexicon, findings, _ = _read(media, language)
    if findings:
        raise PackBroken(findings)
    return lexicon


def mistakes_in_lexicons(media: Path) -> tuple[Finding, ...]:
    """Find every mistake in the lexicons of a pack."""
    return tuple(each for language in LANGUAGES for each in _read(media, language)[1])


def remarks_on_lexicons(media: Path) -> tuple[Finding, ...]:
    """Find what is worth saying of the lexicons, and holds nothing back."""
    return tuple(each for language in LANGUAGES for each in _read(media, language)[2])


def _read(media: Path, language: Language) -> tuple[Lexicon, list[Finding], list[Finding]]:
    path = media / "lexicon" / f"{language}.tsv"
    if not path.is_file():
        return EMPTY, [], []
    mistakes = Mistakes(f"{media.name}/lexicon/{path.name}")
    text = decode(path.read_bytes(), mistakes)
    if text is None:
        return EMPTY, mistakes.findings, mistakes.remarks
    lines = ["" if line.startswith("#") else line for line in text.split("\n")]
    note_strays(lines, language, mistakes)
    for number, line in enumerate(lines, start=1):
        for found in markup.in_words(line):
            mistakes.add(number, found.what.sentence, found.do.sentence, marked=found.marked)
    try:
        read = read_lexicon(lookalikes.folded(text, language), mistakes.file)
    except PackBroken as broken:
        return EMPTY, [*mistakes.findings, *broken.findings], mistakes.remarks
    return read, mistakes.findings, mistakes.remarks
