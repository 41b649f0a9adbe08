"""How the museum wants names and abbreviations spoken: the lexicons of the pack."""

from __future__ import annotations

from pathlib import Path

from audioguide import files
from audioguide.content.text import Mistakes, read_text
from audioguide.errors import Finding, PackBroken
from audioguide.languages import LANGUAGES, Language
from audioguide.speech.script import EMPTY, Lexicon, read_lexicon


def lexicon(media: Path, language: Language) -> Lexicon:
    """Read the lexicon of a language from the pack; a pack without one has an empty lexicon.

    Raise PackBroken with every mistake, by file and line.
    """
    path = media / "lexicon" / f"{language}.tsv"
    if not files.is_there(path):
        return EMPTY
    where = f"{media.name}/lexicon/{path.name}"
    mistakes = Mistakes(where)
    text = read_text(path, mistakes)
    if text is None:
        raise PackBroken(mistakes.findings)
    return read_lexicon(text, where)


def mistakes_in_lexicons(media: Path) -> tuple[Finding, ...]:
    """Find every mistake in the lexicons of a pack."""
    findings: list[Finding] = []
    for language in LANGUAGES:
        try:
            lexicon(media, language)
        except PackBroken as broken:
            findings += broken.findings
    return tuple(findings)
