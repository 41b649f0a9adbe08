"""Read and check the whole pack before anybody uses a word of it."""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from audioguide.content.lines import LineMap
from audioguide.content.pack import Pack, PackHall, PackMuseum, PackStop, PackTour
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
from audioguide.content.text import NOT_UTF8, SAVE_AS_UTF8, Mistakes, Words, read_words
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
        yield from sorted((folder / name).rglob("*.md"))
    yield from sorted((folder / "lexicon").glob("*.tsv"))


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
        museum = read_museum(self._one(structure, "museum", lines, mistakes))
        hall_tables = self._tables(structure, "hall", lines, mistakes)
        stop_tables = self._tables(structure, "stop", lines, mistakes)
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
        return self._with_words(museum, hall_slugs, stops, tours)

    def _with_words(
        self, museum: PackMuseum, halls: list[str], stops: list[PackStop], tours: list[PackTour]
    ) -> Pack:
        pack = Pack(
            museum=museum.with_words(self._words("museum", needs_text=True)),
            halls=tuple(
                PackHall(slug, self._words(f"halls/{slug}", needs_text=False)) for slug in halls
            ),
            stops=tuple(stop.with_words(self._stop_words(stop)) for stop in stops),
            tours=tuple(
                tour.with_words(self._words(f"tours/{tour.slug}", needs_text=True))
                for tour in tours
            ),
            digest="" if self.findings else pack_digest(self.folder),
        )
        if self.findings:
            raise PackBroken(self.findings)
        return pack

    def _structure(self) -> tuple[dict[str, Any], LineMap, Mistakes]:
        path = self.folder / STRUCTURE
        mistakes = Mistakes(self._shown(path))
        try:
            text = path.read_bytes().decode("utf-8")
            return tomllib.loads(text), LineMap(text), mistakes
        except FileNotFoundError as error:
            raise AskedWrongly(
                "There is no content pack in {folder}: {file} is missing.",
                folder=self.folder,
                file=STRUCTURE,
            ) from error
        except UnicodeDecodeError as error:
            mistakes.add(1, NOT_UTF8, SAVE_AS_UTF8)
            raise PackBroken(mistakes.findings) from error
        except tomllib.TOMLDecodeError as error:
            line, what = _toml_mistake(error)
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

    def _stop_words(self, stop: PackStop) -> dict[Language, Words]:
        where = f"stops/{stop.number}-{stop.slug}"
        if not stop.published and not (self.folder / where).is_dir():
            return {}
        return self._words(where, needs_text=True)

    def _words(self, where: str, *, needs_text: bool) -> dict[Language, Words]:
        found: dict[Language, Words] = {}
        for language in LANGUAGES:
            path = self.folder / where / f"{language}.md"
            words, mistakes = read_words(path, self._shown(path), needs_text=needs_text)
            self.findings += mistakes.findings
            if words:
                found[language] = words
        return found

    def _shown(self, path: Path) -> str:
        return (Path(self.folder.name) / path.relative_to(self.folder)).as_posix()


def _toml_mistake(error: tomllib.TOMLDecodeError) -> tuple[int, str]:
    what, _, place = str(error).partition(" (at line ")
    number = place.split(",")[0]
    return (int(number) if number.isdigit() else 1), what[:1].lower() + what[1:]
