"""A guide's talking points beside the texts of a stop: read and checked; no visitor sees them."""

from __future__ import annotations

from pathlib import Path

from audioguide import files
from audioguide.content.decoding import note_strays, read_text
from audioguide.content.mistakes import Mistakes
from audioguide.content.text import paragraphs
from audioguide.errors import Finding
from audioguide.languages import LANGUAGES, Language

POINTS = tuple(f"guide.{language}.md" for language in LANGUAGES)


def read_points(folder: Path, shown_as: str) -> tuple[dict[Language, str], list[Finding]]:
    """Read what guides may say at a stop, in the languages in which somebody wrote it down.

    Paragraphs are apart by one empty line; ``shown_as`` is how mistakes name the folder. What
    holds nothing back is among the findings, in a milder grade than an error.
    """
    points: dict[Language, str] = {}
    findings: list[Finding] = []
    for language, name in zip(LANGUAGES, POINTS, strict=True):
        path = folder / name
        if files.is_there(path):
            mistakes = Mistakes(f"{shown_as}/{name}")
            text = _read(path, language, mistakes)
            if text and not mistakes.findings:
                points[language] = text
            findings += [*mistakes.findings, *mistakes.remarks]
    return points, findings


def _read(path: Path, language: Language, mistakes: Mistakes) -> str | None:
    text = read_text(path, mistakes)
    if text is None:
        return None
    note_strays(text.split("\n"), language, mistakes)
    return "\n\n".join(paragraphs(text, mistakes))
