"""Files of paragraphs alone: a notice and help of the museum, what a guide may say at a stop."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from audioguide import files
from audioguide.content import naming
from audioguide.content.decoding import note_strays, read_text
from audioguide.content.mistakes import Mistakes
from audioguide.content.text import paragraphs
from audioguide.errors import Finding
from audioguide.languages import Language, Languages


def names(stem: str, languages: Languages) -> tuple[str, ...]:
    """Name the file of each language: `notice.kk.md` and so on."""
    return tuple(f"{stem}.{language}.md" for language in languages)


def read_paragraphs(path: Path, language: Language, mistakes: Mistakes) -> str | None:
    """Read a file of paragraphs, which are apart by one empty line; None where it has none."""
    text = read_text(path, mistakes)
    if text is None:
        return None
    note_strays(text.split("\n"), language, mistakes)
    return "\n\n".join(paragraphs(text, mistakes)) or None


def read_in_all(
    folder: Path,
    stem: str,
    shown_as: str,
    languages: Languages,
    *,
    most: int,
    known: Sequence[str],
) -> tuple[dict[Language, str], list[Finding]]:
    """Read words that are there in every language or in none, at most so many characters each.

    A language in which texts may be missing need not have them.

    ``shown_as`` is how mistakes name the folder, ``known`` the names that files have there.
    """
    paths = dict(zip(languages, (folder / name for name in names(stem, languages)), strict=True))
    found: dict[Language, str] = {}
    findings: list[Finding] = []
    if not any(map(files.is_there, paths.values())):
        return found, findings
    for language, path in paths.items():
        shown = f"{shown_as}/{path.name}"
        if not files.is_there(path):
            if language not in languages.partial:
                findings.append(naming.missing(path, shown, known, languages))
            continue
        mistakes = Mistakes(shown)
        text = read_paragraphs(path, language, mistakes)
        if text is None and not mistakes.findings:
            mistakes.add(1, "There are no words in this file.", "Write some, or take it out.")
        if text is not None:
            check_length(text, most, mistakes)
            found[language] = text
        findings += [*mistakes.findings, *mistakes.remarks]
    return found, findings


def check_length(text: str, most: int, mistakes: Mistakes) -> None:
    """Note a text that is too long to stand there."""
    if len(text) > most:
        mistakes.add(
            1,
            "The text has {count} characters, and at most {most} are shown.",
            "Write it shorter.",
            count=len(text),
            most=most,
        )
