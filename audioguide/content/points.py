"""A guide's talking points beside the texts of a stop: read and checked."""

from __future__ import annotations

from pathlib import Path

from audioguide import files
from audioguide.content.mistakes import Mistakes
from audioguide.content.notes import names, read_paragraphs
from audioguide.errors import Finding
from audioguide.languages import Language, Languages


def points_files(languages: Languages) -> tuple[str, ...]:
    """Name the file of each language."""
    return names("guide", languages)


def read_points(
    folder: Path, shown_as: str, languages: Languages
) -> tuple[dict[Language, str], list[Finding]]:
    """Read what guides may say at a stop, in the languages in which somebody wrote it down.

    Paragraphs are apart by one empty line; ``shown_as`` is how mistakes name the folder. What
    holds nothing back is among the findings, in a milder grade than an error.
    """
    points: dict[Language, str] = {}
    findings: list[Finding] = []
    for language, name in zip(languages, points_files(languages), strict=True):
        path = folder / name
        if files.is_there(path):
            mistakes = Mistakes(f"{shown_as}/{name}")
            text = read_paragraphs(path, language, mistakes)
            if text and not mistakes.findings:
                points[language] = text
            findings += [*mistakes.findings, *mistakes.remarks]
    return points, findings
