"""Read the lists of ``media/proof``."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TypeVar

from audioguide import files
from audioguide.content.decoding import read_text
from audioguide.content.mistakes import Mistakes
from audioguide.content.pack import Pack
from audioguide.content.pack_files import KINDS
from audioguide.content.proof.avoid import read_avoided
from audioguide.content.proof.bounds import read_lengths
from audioguide.content.proof.names import read_people
from audioguide.content.proof.proofreading import Lists
from audioguide.content.proof.spelling import read_own_words
from audioguide.content.proof.texts import PageText, StopText
from audioguide.errors import Finding, PackBroken
from audioguide.kinds import THE_SEVEN, Kinds
from audioguide.languages import Languages

FOLDER = "proof"
_Read = TypeVar("_Read")


def read_lists(media: Path, languages: Languages, kinds: Kinds = THE_SEVEN) -> Lists:
    """Read the lists of a pack; a list that is not there is empty.

    Raise PackBroken with every line that is not as it should be.
    """
    findings: list[Finding] = []
    read_bounds = partial(read_lengths, languages=languages, kinds=kinds)
    lists = Lists(
        avoided={
            language: _read(media, f"avoid.{language}.txt", read_avoided, findings)
            for language in languages
        },
        own_words={
            language: _read(media, f"spelling.{language}.txt", read_own_words, findings)
            for language in languages
        },
        people=_read(media, "names.tsv", partial(read_people, languages=languages), findings),
        lengths=_read(media, "lengths.toml", read_bounds, findings),
    )
    if findings:
        raise PackBroken(findings)
    return lists


def read_page_texts(media: Path, pack: Pack) -> tuple[PageText, ...]:
    """Give the texts of the museum's page, of kinds, halls and tours, like those of the stops."""
    pages = {
        "museum": pack.museum.words,
        **{f"{KINDS}/{each.kind.slug}": each.words for each in pack.kinds},
        **{f"halls/{hall.slug}": hall.words for hall in pack.halls},
        **{f"tours/{tour.slug}": tour.words for tour in pack.tours},
    }
    return tuple(
        PageText(
            language,
            f"{media.name}/{folder}/{language}.md",
            words,
            _content(media / folder / f"{language}.md"),
        )
        for folder, told in pages.items()
        for language, words in told.items()
    )


def read_stop_texts(media: Path, pack: Pack) -> tuple[StopText, ...]:
    """Give the texts of a pack's stops with their files, read for the lines of the words."""
    return tuple(
        StopText(
            number=stop.number,
            slug=stop.slug,
            kind=pack.all_kinds.of(stop.kind),
            language=language,
            file=f"{media.name}/stops/{stop.number}-{stop.slug}/{language}.md",
            words=words,
            content=_content(media / "stops" / f"{stop.number}-{stop.slug}" / f"{language}.md"),
        )
        for stop in pack.stops
        for language, words in stop.words.items()
    )


def _content(path: Path) -> str:
    """Read a file again for its lines; one that has gone since the pack was read has none."""
    return read_text(path, Mistakes(path.name)) or ""


def _read(
    media: Path,
    name: str,
    reader: Callable[[str, str], _Read],
    findings: list[Finding],
) -> _Read:
    """Read a list; what is not there, or not as it should be, is read as an empty one."""
    path = media / FOLDER / name
    shown = f"{media.name}/{FOLDER}/{name}"
    mistakes = Mistakes(shown)
    content = read_text(path, mistakes) if files.is_there(path) else None
    findings += mistakes.findings
    try:
        return reader(content or "", shown)
    except PackBroken as broken:
        findings += broken.findings
        return reader("", shown)
