"""How the museum wants names and abbreviations spoken: the lexicons of the pack."""

from __future__ import annotations

from pathlib import Path

from audioguide import files
from audioguide.content import markup
from audioguide.content.decoding import note_strays, read_text
from audioguide.content.mistakes import Mistakes
from audioguide.errors import Finding, PackBroken
from audioguide.languages import Language, Languages, lookalikes
from audioguide.speech.script import EMPTY, Lexicon, read_lexicon


def lexicon(media: Path, language: Language) -> Lexicon:
    """Read the lexicon of a language from the pack; a pack without one has an empty lexicon.

    Raise PackBroken with every mistake, by file and line.
    """
    lexicon, findings, _ = _read(media, language)
    if findings:
        raise PackBroken(findings)
    return lexicon


def check_lexicons(media: Path, languages: Languages) -> tuple[list[Finding], list[Finding]]:
    """Find every mistake in the lexicons of a pack, and what is only worth saying."""
    findings: list[Finding] = []
    remarks: list[Finding] = []
    for language in languages:
        _, wrong, said = _read(media, language)
        findings += wrong
        remarks += said
    return findings, remarks


def _read(media: Path, language: Language) -> tuple[Lexicon, list[Finding], list[Finding]]:
    path = media / "lexicon" / f"{language}.tsv"
    if not files.is_there(path):
        return EMPTY, [], []
    mistakes = Mistakes(f"{media.name}/lexicon/{path.name}")
    text = read_text(path, mistakes)
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
