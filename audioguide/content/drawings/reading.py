"""Read the drawings of a pack, points and words, and draw them."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from audioguide import files
from audioguide.content.captions import Caption, read_caption
from audioguide.content.drawings import maps, timelines
from audioguide.content.drawings.drawing import Drawing, Drawn, Line, Map
from audioguide.content.drawings.points import read_points
from audioguide.content.mistakes import Mistakes
from audioguide.content.structure_file import read_tables
from audioguide.errors import Finding
from audioguide.languages import Language, Languages

DRAWINGS, OUTLINES = "drawings", "outlines"


@dataclass(frozen=True)
class ReadDrawing:
    """A drawing as the pack has it, or None, and what is wrong with it; ``file`` has its points."""

    file: str
    drawing: Drawing | None
    findings: tuple[Finding, ...]


def texts(slug: str, languages: Languages) -> tuple[str, ...]:
    """Name the texts of a drawing, which lie beside its points."""
    return tuple(f"{slug}.{language}.txt" for language in languages)


def slugs(folder: Path) -> list[str]:
    """Name the drawings in a pack's folder, by the slugs of the stops that show them."""
    found = files.entries(folder / DRAWINGS)
    return [path.stem for path in found if path.suffix == ".toml" and path.name[0] not in ".~#"]


def drawing_files(folder: Path) -> Iterator[Path]:
    """Give every file that drawings are read from, in order, and folders that are closed."""
    found, closed = files.below(folder / DRAWINGS)
    yield from (path for path in found if path.suffix in (".toml", ".txt", ".tsv"))
    yield from closed


def read_drawings(
    folder: Path, stops: Collection[str], languages: Languages
) -> Mapping[str, ReadDrawing]:
    """Read the drawings of a pack by their slugs; each must be the slug of one of the ``stops``."""
    return {slug: _read(folder, slug, stops, languages) for slug in slugs(folder)}


def _read(folder: Path, slug: str, stops: Collection[str], languages: Languages) -> ReadDrawing:
    where = f"{folder.name}/{DRAWINGS}"
    said = slug.encode(errors="replace").decode()  # a name need not be text that can be printed
    mistakes = Mistakes(f"{where}/{said}.toml")
    if slug not in stops:
        mistakes.add(
            1,
            "There is no stop {slug} to show this drawing.",
            "Name the file by the slug of its stop.",
            slug=said,
        )
        return ReadDrawing(mistakes.file, None, tuple(mistakes.findings))
    inside = folder / DRAWINGS
    structure = read_tables(inside / f"{slug}.toml", mistakes)
    outlines = f"{where}/{OUTLINES}"
    found = structure and read_points(structure, inside / OUTLINES, outlines, languages)
    given, of_outline = found or (None, ())
    captions, of_texts = _read_texts(inside, slug, where, given, languages)
    findings = (*mistakes.findings, *of_outline, *of_texts, *mistakes.remarks)
    lacks = set(languages.complete) - set(captions)
    if given is None or lacks or mistakes.findings or of_outline:
        return ReadDrawing(mistakes.file, None, findings)
    drawn = {language: _draw(given, language) for language in captions}
    return ReadDrawing(mistakes.file, Drawing(slug, drawn, captions), findings)


def _read_texts(
    inside: Path, slug: str, where: str, given: Map | Line | None, languages: Languages
) -> tuple[dict[Language, Caption], list[Finding]]:
    """Read the texts of a drawing; each explains every number that was ``given``, and no other."""
    captions: dict[Language, Caption] = {}
    findings: list[Finding] = []
    for language, name in zip(languages, texts(slug, languages), strict=True):
        if language in languages.partial and not files.is_there(inside / name):
            continue
        mistakes = Mistakes(f"{where}/{name}")
        caption = read_caption(inside / name, language, mistakes, has_legend=True)
        if caption is not None and given is not None:
            _check_legend(caption, _numbers(given), mistakes)
        if caption is not None and not mistakes.findings:
            captions[language] = caption
        findings += [*mistakes.findings, *mistakes.remarks]
    return captions, findings


def _check_legend(caption: Caption, numbers: Collection[int], mistakes: Mistakes) -> None:
    explained = [entry.number for entry in caption.legend]
    for number in sorted(set(numbers) - set(explained)):
        mistakes.add(
            1,
            "The number {number} of the drawing is not explained here.",
            "Write a line that begins with {number}.",
            number=number,
        )
    for number in sorted(set(explained) - set(numbers)):
        mistakes.add(
            1,
            "The number {number} is explained here, and the drawing does not have it.",
            "Take the line out.",
            number=number,
        )


def _numbers(given: Map | Line) -> set[int]:
    return {each.number for each in (given.dots if isinstance(given, Map) else given.events)}


def _draw(given: Map | Line, language: Language) -> Drawn:
    if isinstance(given, Map):
        return maps.draw(given, language)
    return timelines.draw(given, language)
