"""A guide's talking points beside the texts of a stop: read and checked; no visitor sees them."""

from __future__ import annotations

from pathlib import Path

from audioguide import files
from audioguide.content.text import Mistakes, check_hidden, read_text
from audioguide.errors import Finding
from audioguide.languages import LANGUAGES, Language

POINTS = tuple(f"guide.{language}.md" for language in LANGUAGES)


def read_points(folder: Path, shown_as: str) -> tuple[dict[Language, str], list[Finding]]:
    """Read what guides may say at a stop, in the languages in which somebody wrote it down.

    Paragraphs are apart by one empty line; ``shown_as`` is how mistakes name the folder.
    """
    points: dict[Language, str] = {}
    findings: list[Finding] = []
    for language, name in zip(LANGUAGES, POINTS, strict=True):
        path = folder / name
        if files.is_there(path):
            mistakes = Mistakes(f"{shown_as}/{name}")
            text = _read(path, mistakes)
            if text:
                points[language] = text
            findings += mistakes.findings
    return points, findings


def _read(path: Path, mistakes: Mistakes) -> str | None:
    text = read_text(path, mistakes)
    if text is None:
        return None
    check_hidden(text, mistakes)
    paragraphs = [" ".join(part.split()) for part in text.split("\n\n")]
    return "\n\n".join(part for part in paragraphs if part)
