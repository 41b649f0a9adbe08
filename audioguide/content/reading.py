"""Read and check the whole pack before anybody uses a word of it."""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from audioguide import files
from audioguide.content.lines import LineMap
from audioguide.content.pack import Pack, PackHall, PackStop, PackTour
from audioguide.content.pictures import (
    CAPTIONS,
    MOST_BYTES,
    PICTURES,
    picture_files,
    read_picture,
)
from audioguide.content.points import POINTS, read_points
from audioguide.content.structure import (
    check_codes,
    check_numbers,
    check_slugs,
    check_tour_stops,
    check_tours,
    read_hall,
    read_museum,
    read_stop,
    read_tour,
)
from audioguide.content.tables import Table
from audioguide.content.takes import STOPS, is_take
from audioguide.content.text import Mistakes, Words, read_text, read_words
from audioguide.errors import AskedWrongly, Finding, Grade, Message, PackBroken, message
from audioguide.languages import LANGUAGES, Language

STRUCTURE = "museum.toml"
TEXT_FOLDERS = ("museum", "halls", "stops", "tours")
LEXICONS = "lexicon"
_NOT_TOML = "The file is not TOML: {reason}."
_MOST_IN_LINE = 10_000


def read_pack(folder: Path) -> Pack:
    """Read the pack in ``folder``.

    Raise PackBroken with every mistake, by file and line; AskedWrongly where there is no pack.
    """
    return _Reader(folder).read()


def pack_files(folder: Path) -> Iterator[Path]:
    """Give every file that the pack is read from, in a fixed order, and folders that are closed."""
    yield folder / STRUCTURE
    for name in TEXT_FOLDERS:
        found, closed = files.below(folder / name)
        yield from (path for path in found if path.name.endswith(".md"))
        yield from closed
    for stop in _folders(folder / STOPS):
        yield from picture_files(stop)
    found, closed = files.below(folder / LEXICONS)
    yield from (path for path in found if path.name.endswith(".tsv"))
    yield from closed


def _folders(folder: Path) -> list[Path]:
    try:
        return sorted(path for path in folder.iterdir() if path.is_dir())
    except OSError:  # named with the texts in it
        return []


def pack_digest(folder: Path) -> str:
    """Compute one digest of everything that ``pack_files`` gives."""
    digest = hashlib.sha256()
    for path in pack_files(folder):
        name = path.relative_to(folder).as_posix()
        most = MOST_BYTES if path.name in PICTURES else files.MOST_TEXT_BYTES
        content = files.digest(path, most)
        digest.update(f"{name}\0{content}\0".encode(errors="surrogateescape"))
    return digest.hexdigest()


def unread_files(folder: Path, pack: Pack) -> tuple[Finding, ...]:
    """Warn of each file among the texts and lexicons of ``pack`` that nothing reads."""
    texts = tuple(f"{language}.md" for language in LANGUAGES)
    names = {folder / where: texts for where in _text_folders(pack)}
    for where in _stop_folders(pack):
        names[folder / where] += (*PICTURES, *CAPTIONS, *POINTS)
    names[folder / LEXICONS] = tuple(f"{language}.tsv" for language in LANGUAGES)
    findings = []
    for top in (*TEXT_FOLDERS, LEXICONS):
        for path in files.below(folder / top)[0]:
            read = names.get(path.parent, ())
            if path.parent in names and top == STOPS and is_take(path):
                continue
            if not path.name.startswith(".") and path.name not in read:
                findings.append(Finding(Grade.WARNING, _shown(folder, path), *_unread(read)))
    return tuple(findings)


def _text_folders(pack: Pack) -> Iterator[str]:
    yield "museum"
    yield from (f"halls/{hall.slug}" for hall in pack.halls)
    yield from _stop_folders(pack)
    yield from (f"tours/{tour.slug}" for tour in pack.tours)


def _stop_folders(pack: Pack) -> Iterator[str]:
    yield from (f"stops/{stop.number}-{stop.slug}" for stop in pack.stops)


def _unread(read: Sequence[str]) -> tuple[Message, Message]:
    if read:
        return (
            message("Nobody reads this file."),
            message(
                "Files here are named {known}. Rename it or take it out.", known=", ".join(read)
            ),
        )
    return (
        message("Nobody reads this file: {file} names no such folder.", file=STRUCTURE),
        message("Rename the folder as in {file}, or take it out.", file=STRUCTURE),
    )


def _shown(folder: Path, path: Path) -> str:
    shown = (Path(folder.name) / path.relative_to(folder)).as_posix()
    return shown.encode(errors="replace").decode()  # a name need not be text that can be printed


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
        hall_tables = self._tables(structure, "hall", lines, mistakes, needed=True)
        # A file that is half saved must not retire the whole guide.
        stop_tables = self._tables(structure, "stop", lines, mistakes, needed=True)
        tour_tables = self._tables(structure, "tour", lines, mistakes)
        hall_slugs = [read_hall(table) for table in hall_tables]
        check_slugs(hall_tables, hall_slugs)
        halls_known = all(table.is_right("slug") for table in hall_tables)
        stops = [read_stop(table, hall_slugs if halls_known else ()) for table in stop_tables]
        check_slugs(stop_tables, [stop.slug for stop in stops])
        check_codes(stop_tables, stops)
        check_numbers(stop_tables, stops)
        tours = [read_tour(table) for table in tour_tables]
        check_tours(tour_tables, tours)
        # Where a stop's number is wrong, its tours are not: nobody must take it out of them.
        if stops and all(table.is_right("number", "published") for table in stop_tables):
            check_tour_stops(tour_tables, tours, stops)
        self._unknown_tables(structure, lines, mistakes)
        self.findings += mistakes.findings
        pack = Pack(
            museum=museum.with_words(self._museum_words()),
            halls=tuple(map(self._with_hall_words, hall_tables, hall_slugs)),
            stops=tuple(map(self._with_stop_words, stop_tables, stops)),
            tours=tuple(map(self._with_tour_words, tour_tables, tours)),
            digest=digest,
        )
        if self.findings:
            raise PackBroken(self.findings)
        return pack

    def _structure(self) -> tuple[dict[str, Any], LineMap, Mistakes]:
        path = self.folder / STRUCTURE
        mistakes = Mistakes(_shown(self.folder, path))
        try:
            path.lstat()
        except (FileNotFoundError, NotADirectoryError) as error:
            raise AskedWrongly(
                "There is no content pack in {folder}: {file} is missing.",
                folder=self.folder,
                file=STRUCTURE,
            ) from error
        except OSError:  # said when it is read
            pass
        text = read_text(path, mistakes)
        if text is None or _has_long_lines(text, mistakes):
            raise PackBroken(mistakes.findings)
        try:
            return tomllib.loads(text), LineMap(text), mistakes
        except (ValueError, RecursionError) as error:  # a number of 5,000 digits, 1,000 brackets
            _add_toml_mistake(mistakes, error, last_line=text.count("\n") + 1)
            raise PackBroken(mistakes.findings) from error

    def _tables(
        self,
        structure: dict[str, Any],
        name: str,
        lines: LineMap,
        mistakes: Mistakes,
        *,
        needed: bool = False,
    ) -> list[Table]:
        found = structure.get(name, [])
        if not isinstance(found, list) or not all(isinstance(item, dict) for item in found):
            mistakes.add(lines.line(name), "{key} must be written [[{key}]].", key=name)
            return []
        if needed and not found:
            mistakes.add(
                lines.line(name),
                "{key} is missing in [{table}].",
                key=f"[[{name}]]",
                table=STRUCTURE,
            )
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

    def _museum_words(self) -> dict[Language, Words]:
        return self._words("museum", needs_text=True, has_address=True)

    # Where a slug or a number is a mistake, it is not known where the words should lie.

    def _with_hall_words(self, table: Table, slug: str) -> PackHall:
        known = table.is_right("slug")
        return PackHall(slug, self._words(f"halls/{slug}", needs_text=False) if known else {})

    def _with_stop_words(self, table: Table, stop: PackStop) -> PackStop:
        if not table.is_right("number", "slug"):
            return stop
        where = f"stops/{stop.number}-{stop.slug}"
        needs_all = stop.published and table.is_right("published")
        folder = self.folder / where
        picture, findings = read_picture(folder, _shown(self.folder, folder), needs_all=needs_all)
        words = self._words(where, needs_text=True, needs_all=needs_all)
        points, wrong_in_points = read_points(folder, _shown(self.folder, folder))
        self.findings += [*findings, *wrong_in_points]
        return stop.with_words(words, picture, points)

    def _with_tour_words(self, table: Table, tour: PackTour) -> PackTour:
        known = table.is_right("slug")
        return tour.with_words(self._words(f"tours/{tour.slug}", needs_text=True) if known else {})

    def _words(
        self, where: str, *, needs_text: bool, needs_all: bool = True, has_address: bool = False
    ) -> dict[Language, Words]:
        found: dict[Language, Words] = {}
        for language in LANGUAGES:
            path = self.folder / where / f"{language}.md"
            if not needs_all and not files.is_there(path):
                continue  # it is being written, one language after the other
            words, mistakes = read_words(
                path,
                _shown(self.folder, path),
                needs_text=needs_text,
                has_address=has_address,
                has_label=where.startswith(f"{STOPS}/"),
            )
            self.findings += mistakes.findings
            if words:
                found[language] = words
        return found


def _has_long_lines(text: str, mistakes: Mistakes) -> bool:
    """Note lines that nobody wrote: of a key of 100,000 parts, tomllib copies every beginning."""
    for number, line in enumerate(text.split("\n"), start=1):
        if len(line) > _MOST_IN_LINE:
            mistakes.add(
                number,
                "The line has {count} characters, and at most {most} are read.",
                "Write it shorter.",
                count=len(line),
                most=_MOST_IN_LINE,
            )
    return bool(mistakes.findings)


def _add_toml_mistake(mistakes: Mistakes, error: Exception, last_line: int) -> None:
    line, reason = _toml_mistake(error, last_line)
    if reason == "invalid value":
        mistakes.add(line, _NOT_TOML, "Is a quotation mark missing?", reason=reason)
    else:
        mistakes.add(line, _NOT_TOML, reason=reason)


def _toml_mistake(error: Exception, last_line: int) -> tuple[int, str]:
    what, _, place = str(error).partition(" (at ")
    if place.startswith("end"):
        line = last_line
    else:
        number = place.removeprefix("line ").split(",")[0]
        line = int(number) if number.isdigit() else 1
    return line, what[:1].lower() + what[1:]
