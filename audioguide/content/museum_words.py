"""What lies in the museum's own folder beside its text: a notice, help, the words of prices."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from audioguide import files
from audioguide.content import naming, notes
from audioguide.content.mistakes import Mistakes
from audioguide.content.pack import HELP, NOTICE, PackMuseum
from audioguide.content.tables import Table
from audioguide.content.text import Words
from audioguide.errors import Finding, Grade, message
from audioguide.languages import Language, Languages

MUSEUM = "museum"
MOST_IN_NOTICE = 600  # characters: it stands above the list of stops
MOST_IN_HELP = 1_500
MOST_WITH_PRICE = 500


def museum_files(languages: Languages) -> tuple[str, ...]:
    """Name the files of the museum's own folder."""
    return (
        *naming.texts(languages),
        *notes.names(NOTICE, languages),
        *notes.names(HELP, languages),
    )


def price_folder(slug: str) -> str:
    """Name the folder of a price's words, from the pack's folder on."""
    return f"{MUSEUM}/prices/{slug}"


def read_notes(
    folder: Path, shown_as: str, museum: PackMuseum, table: Table | None, languages: Languages
) -> tuple[PackMuseum, list[Finding]]:
    """Add the notice and the help that lie in ``folder``, and name what of them is broken.

    ``table`` is [museum], None where it cannot be read and is known otherwise.
    """
    known = museum_files(languages)
    notice, of_notice = notes.read_in_all(
        folder, NOTICE, shown_as, languages, most=MOST_IN_NOTICE, known=known
    )
    if table is not None:
        of_notice += _of_last_day(folder, museum, table, languages)
    help_, of_help = notes.read_in_all(
        folder, HELP, shown_as, languages, most=MOST_IN_HELP, known=known
    )
    broken = {
        part for part, found in ((NOTICE, of_notice), (HELP, of_help)) if any(map(_is_error, found))
    }
    with_notes = replace(museum, notice=notice, help=help_, broken=museum.broken | broken)
    return with_notes, [*of_notice, *of_help]


def check_price(folder: str, words: Mapping[Language, Words]) -> list[Finding]:
    """Find what the words of a price may not have; ``folder`` is how findings name theirs."""
    findings: list[Finding] = []
    for language, each in words.items():
        mistakes = Mistakes(f"{folder}/{language}.md")
        if each.content_note or each.sources:
            mistakes.add(
                1,
                "A price has a title and perhaps paragraphs, and no note or sources.",
                "Take them out.",
            )
        notes.check_length(each.text, MOST_WITH_PRICE, mistakes)
        findings += mistakes.findings
    return findings


def _of_last_day(
    folder: Path, museum: PackMuseum, table: Table, languages: Languages
) -> list[Finding]:
    """Hold the last day of a notice against its files: one is of no use without the other."""
    names = notes.names(NOTICE, languages)
    has_files = any(files.is_there(folder / name) for name in names)
    if has_files and museum.notice_until is None and table.is_right("notice_until"):
        what = message("There is a notice, and nobody knows until when it holds.")
        do = message(
            "Write a line notice_until = 2026-11-22 under [museum]: the last day on which it is "
            "shown."
        )
        return [Finding(Grade.ERROR, table.where("notice_until"), what, do)]
    if museum.notice_until is not None and not has_files:
        what = message("Here stands the last day of a notice, and there is none.")
        do = message("Write it into {file}, or take this line out.", file=f"{MUSEUM}/{names[0]}")
        known = museum_files(languages)
        for name in names:
            if (found := naming.lies_as(folder / name, known, languages)) is not None:
                do = naming.how_to(found, name)
                break
        return [Finding(Grade.WARNING, table.where("notice_until"), what, do)]
    return []


def _is_error(finding: Finding) -> bool:
    return finding.grade is Grade.ERROR
