"""Read and check the whole pack before anybody uses a word of it."""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from audioguide.content.lines import LineMap
from audioguide.content.pack import Pack, PackHall, PackStop, PackTour
from audioguide.content.structure import (
    check_codes,
    check_numbers,
    check_slugs,
    check_tours,
    read_hall,
    read_museum,
    read_stop,
    read_tour,
)
from audioguide.content.tables import Table
from audioguide.content.text import Mistakes, Words, decode, read_words
from audioguide.errors import AskedWrongly, Finding, PackBroken
from audioguide.languages import LANGUAGES, Language

STRUCTURE = "museum.toml"
TEXT_FOLDERS = ("museum", "halls", "stops", "tours")


def read_pack(folder: Path) -> Pack:
    """Read the pack in ``folder``.

    Raise PackBroken with every mistake, by file and line; AskedWrongly where there is no pack.
    """
    return _Reader(folder).read()


def pack_files(folder: Path) -> Iterator[Path]:
    """Give every file that the pack's words and structure are read from, in a fixed order."""
    yield folder / STRUCTURE
    for name in TEXT_FOLDERS:
        yield from sorted(path for path in (folder / name).rglob("*.md") if path.is_file())
    yield from sorted(path for path in (folder / "lexicon").glob("*.tsv") if path.is_file())


def pack_digest(folder: Path) -> str:
    """Compute one digest of everything that ``pack_files`` gives."""
    digest = hashlib.sha256()
    for path in pack_files(folder):
        content = path.read_bytes()
        name = path.relative_to(folder).as_posix()
        digest.update(f"{name}\0{len(content)}\0".encode())
        digest.update(content)
    return digest.hexdigest()


class _Reader:
    """Reads one pack, gathering every mistake on the way."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.findings: list[Finding] = []

    def read(self) -> Pack:
        structure, lines, mistakes = self._structure()
        # Before the words are read: what is saved meanwhile must not count as seen.
        digest = pack_digest(self.folder)
        museum = read_museum(self._one(structure, "museum", lines, mistakes))
        hall_tables = self._tables(structure, "hall", lines, mistakes)
        stop_tables = self._tables(structure, "stop", lines, mistakes)
        if not stop_tables:  # a file that is half saved must not retire the whole guide
            mistakes.add(
                lines.line("stop"),
                "{key} is missing in [{table}].",
                key="[[stop]]",
                table=STRUCTURE,
            )
        tour_tables = self._tables(structure, "tour", lines, mistakes)
        hall_slugs = [read_hall(table) for table in hall_tables]
        stops = [read_stop(table, hall_slugs) for table in stop_tables]
        tours = [read_tour(table) for table in tour_tables]
        check_slugs(hall_tables, hall_slugs)
        check_slugs(stop_tables, [stop.slug for stop in stops])
        check_codes(stop_tables, stops)
        check_numbers(stop_tables, stops)
        check_tours(tour_tables, tours, stops)
        self._unknown_tables(structure, lines, mistakes)
        self.findings += mistakes.findings
        pack = Pack(
            museum=museum.with_words(self._words("museum", needs_text=True)),
            halls=tuple(PackHall(slug, self._hall_words(slug)) for slug in hall_slugs),
            stops=tuple(stop.with_words(self._stop_words(stop)) for stop in stops),
            tours=tuple(tour.with_words(self._tour_words(tour)) for tour in tours),
            digest=digest,
        )
        if self.findings:
            raise PackBroken(self.findings)
        return pack

    def _structure(self) -> tuple[dict[str, Any], LineMap, Mistakes]:
        path = self.folder / STRUCTURE
        mistakes = Mistakes(self._shown(path))
        try:
            text = decode(path.read_bytes(), mistakes)
        except FileNotFoundError as error:
            raise AskedWrongly(
                "There is no content pack in {folder}: {file} is missing.",
                folder=self.folder,
                file=STRUCTURE,
            ) from error
        if text is None:
            raise PackBroken(mistakes.findings)
        try:
            return tomllib.loads(text), LineMap(text), mistakes
        except (ValueError, RecursionError) as error:  # a number of 5,000 digits, 1,000 brackets
            line, what = _toml_mistake(error, last_line=text.count("\n") + 1)
            mistakes.add(line, "The file is not TOML: {reason}.", reason=what)
            raise PackBroken(mistakes.findings) from error

    def _tables(
        self, structure: dict[str, Any], name: str, lines: LineMap, mistakes: Mistakes
    ) -> list[Table]:
        found = structure.get(name, [])
        if not isinstance(found, list) or not all(isinstance(item, dict) for item in found):
            mistakes.add(lines.line(name), "{key} must be written [[{key}]].", key=name)
            return []
        return [Table(name, index, item, lines, mistakes) for index, item in enumerate(found)]

    def _one(
        self, structure: dict[str, Any], name: str, lines: LineMap, mistakes: Mistakes
    ) -> Table:
        found = structure.get(name, {})
        return Table(name, 0, found if isinstance(found, dict) else {}, lines, mistakes)

    def _unknown_tables(
        self, structure: dict[str, Any], lines: LineMap, mistakes: Mistakes
    ) -> None:
        for name in structure:
            if name not in ("museum", "hall", "stop", "tour"):
                mistakes.add(lines.line(name), "[{table}] is not known here.", table=name)

    def _hall_words(self, slug: str) -> dict[Language, Words]:
        return self._words(f"halls/{slug}", needs_text=False) if slug else {}

    def _tour_words(self, tour: PackTour) -> dict[Language, Words]:
        return self._words(f"tours/{tour.slug}", needs_text=True) if tour.slug else {}

    def _stop_words(self, stop: PackStop) -> dict[Language, Words]:
        if stop.number < 0 or not stop.slug:
            return {}  # a mistake already: where its words should lie is not known
        where = f"stops/{stop.number}-{stop.slug}"
        return self._words(where, needs_text=True, needs_all=stop.published)

    def _words(
        self, where: str, *, needs_text: bool, needs_all: bool = True
    ) -> dict[Language, Words]:
        found: dict[Language, Words] = {}
        for language in LANGUAGES:
            path = self.folder / where / f"{language}.md"
            if not needs_all and not path.exists():
                continue  # it is being written, one language after the other
            words, mistakes = read_words(path, self._shown(path), needs_text=needs_text)
            self.findings += mistakes.findings
            if words:
                found[language] = words
        return found

    def _shown(self, path: Path) -> str:
        return (Path(self.folder.name) / path.relative_to(self.folder)).as_posix()


def _toml_mistake(error: Exception, last_line: int) -> tuple[int, str]:
    what, _, place = str(error).partition(" (at ")
    if place.startswith("end"):
        line = last_line
    else:
        number = place.removeprefix("line ").split(",")[0]
        line = int(number) if number.isdigit() else 1
    return line, what[:1].lower() + what[1:]
