"""Read and check the whole pack before anybody uses a word of it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from audioguide import files
from audioguide.content import interface_words, museum_words, naming, pack_files, unwritten
from audioguide.content.chosen_languages import read_languages
from audioguide.content.drawings.reading import ReadDrawing, read_drawings
from audioguide.content.mistakes import Mistakes, each_once, errors
from audioguide.content.museum import read_museum
from audioguide.content.museum_words import MUSEUM
from audioguide.content.pack import (
    PICTURE,
    PRICES,
    Pack,
    PackHall,
    PackKind,
    PackMuseum,
    PackPrice,
    PackStop,
    PackTour,
)
from audioguide.content.pictures import read_picture
from audioguide.content.points import points_files, read_points
from audioguide.content.stop_kinds import read_kinds
from audioguide.content.structure import (
    check_codes,
    check_numbers,
    check_slugs,
    check_tour_stops,
    check_tours,
    read_hall,
    read_stop,
    read_tour,
)
from audioguide.content.structure_file import STRUCTURE, StructureFile, read_structure
from audioguide.content.tables import Table
from audioguide.content.takes import STOPS
from audioguide.content.text import Words, read_words
from audioguide.errors import Finding, Grade, PackBroken, message
from audioguide.kinds import Kind
from audioguide.kinds import known as known_kind
from audioguide.languages import Language, Languages


@dataclass(frozen=True)
class Reading:
    """A pack as far as it is whole, and every mistake in it.

    What is broken is not in the pack, or is named among what a stop has broken. There is no pack
    where its structure is broken and not known otherwise.
    """

    pack: Pack | None
    findings: tuple[Finding, ...]


def read_pack(folder: Path) -> Pack:
    """Read the pack in ``folder``.

    Raise PackBroken with every mistake, by file and line; AskedWrongly where there is no pack.
    """
    reading = read_whole(folder)
    if reading.findings or reading.pack is None:
        raise PackBroken(reading.findings)
    return reading.pack


def read_whole(folder: Path, known: Pack | None = None) -> Reading:
    """Read what is whole in the pack; ``known`` is its structure where museum.toml is broken.

    Raise AskedWrongly where there is no pack.
    """
    return _Reader(folder).read(known)


def shown(folder: Path, path: Path) -> str:
    """Name a file of the pack as findings do, from the pack's own folder on."""
    shown_as = (Path(folder.name) / path.relative_to(folder)).as_posix()
    return shown_as.encode(errors="replace").decode()  # a name need not be text that can be printed


class _Reader:
    """Reads one pack, gathering every mistake on the way."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.findings: list[Finding] = []
        self.remarks: list[Finding] = []
        self._others: dict[str, list[str]] = {}
        self._drawings: Mapping[str, ReadDrawing] = {}
        self._languages = Languages()

    def read(self, known: Pack | None) -> Reading:
        mistakes = Mistakes(shown(self.folder, self.folder / STRUCTURE))
        structure = read_structure(self.folder, mistakes)
        # Before the words are read: what is saved meanwhile must not count as seen.
        digest = pack_files.pack_digest(self.folder)
        pack = None
        if structure is not None:
            pack = self._read(structure, digest)
        if mistakes.findings:
            self.findings = [*mistakes.findings, *self.findings]
            pack = None if known is None else self._refilled(known, digest)
        self.remarks += mistakes.remarks
        if pack is not None:
            pack = replace(pack, remarks=each_once(self.remarks))
        return Reading(pack, each_once(self.findings))

    def _read(self, structure: StructureFile, digest: str) -> Pack:
        museum_table = structure.one("museum")
        languages = read_languages(structure, museum_table)
        words, of_words = interface_words.read_all(self.folder, languages)
        self._keep(of_words)
        self._languages = languages.with_words(words)
        museum = read_museum(museum_table)
        kinds = read_kinds(structure)
        hall_tables = structure.several("hall", needed=True)
        # A file that is half saved must not retire the whole guide.
        stop_tables = structure.several("stop", needed=True)
        tour_tables = structure.several("tour")
        hall_slugs = [read_hall(table) for table in hall_tables]
        check_slugs(hall_tables, hall_slugs)
        halls_known = all(table.is_right("slug") for table in hall_tables)
        known_halls = hall_slugs if halls_known else ()
        stops = [read_stop(table, known_halls, kinds.known) for table in stop_tables]
        check_slugs(stop_tables, [stop.slug for stop in stops])
        check_codes(stop_tables, stops)
        check_numbers(stop_tables, stops)
        tours = [read_tour(table) for table in tour_tables]
        check_tours(tour_tables, tours)
        # Where a stop's number is wrong, its tours are not: nobody must take it out of them.
        if stops and all(table.is_right("number", "published") for table in stop_tables):
            check_tour_stops(tour_tables, tours, stops)
        structure.check_unknown()
        self._others = self._unnamed_folders(
            {
                pack_files.KINDS: {kind.slug for kind in kinds.kinds},
                "halls": set(hall_slugs),
                STOPS: {f"{stop.number}-{stop.slug}" for stop in stops},
                "tours": {tour.slug for tour in tours},
                f"{MUSEUM}/prices": {price.slug for price in museum.prices},
            }
        )
        self._read_drawings(stops)
        return Pack(
            museum=self._with_museum_words(museum, museum_table),
            halls=tuple(map(self._with_hall_words, hall_tables, hall_slugs)),
            stops=tuple(map(self._with_stop_words, stop_tables, stops)),
            tours=tuple(map(self._with_tour_words, tour_tables, tours)),
            digest=digest,
            languages=self._languages,
            kinds=tuple(map(self._with_kind_words, kinds.tables, kinds.kinds)),
        )

    def _refilled(self, known: Pack, digest: str) -> Pack:
        """Read the words of a structure that is known otherwise; what is not there stays as it is.

        Nobody is told of files that are missing: where they should lie, museum.toml says.
        """
        self._languages = known.languages
        self._read_drawings(known.stops)
        return Pack(
            museum=self._with_museum_words(known.museum, None),
            halls=tuple(
                PackHall(
                    hall.slug, self._words(f"halls/{hall.slug}", needs_text=False, needs_all=False)
                )
                for hall in known.halls
            ),
            stops=tuple(self._stop_with_words(stop, needs_all=False) for stop in known.stops),
            tours=tuple(
                tour.with_words(self._words(f"tours/{tour.slug}", needs_text=True, needs_all=False))
                for tour in known.tours
            ),
            digest=digest,
            has_facts=False,
            languages=self._languages,
            kinds=tuple(
                PackKind(each.kind, self._kind_words(each.kind, needs_all=False))
                for each in known.kinds
            ),
        )

    def _read_drawings(self, stops: Sequence[PackStop]) -> None:
        self._drawings = read_drawings(self.folder, {stop.slug for stop in stops}, self._languages)
        for each in self._drawings.values():
            self._keep(each.findings)

    def _unnamed_folders(self, named: Mapping[str, Collection[str]]) -> dict[str, list[str]]:
        """Find the folders that no table names: one of them may be one that is missing."""
        return {
            top: [
                each.name
                for each in pack_files.folders(self.folder / top)
                if each.name not in names
            ]
            for top, names in named.items()
        }

    def _with_museum_words(self, museum: PackMuseum, table: Table | None) -> PackMuseum:
        """Add all that lies in the museum's folder; without its ``table`` nothing is missed."""
        needs_all = table is not None
        words = self._words(MUSEUM, needs_text=True, needs_all=needs_all, has_address=True)
        before = len(self.findings)
        prices = tuple(self._price_with_words(each, needs_all) for each in museum.prices)
        broken = frozenset((PRICES,) if len(self.findings) > before else ())
        with_words = replace(museum, words=words, prices=prices, broken=broken)
        folder = self.folder / MUSEUM
        noted, findings = museum_words.read_notes(
            folder, shown(self.folder, folder), with_words, table, self._languages
        )
        self._keep(findings)
        return noted

    def _price_with_words(self, price: PackPrice, needs_all: bool) -> PackPrice:
        if not price.slug:
            return price
        where = museum_words.price_folder(price.slug)
        words = self._words(where, needs_text=False, needs_all=needs_all)
        self.findings += museum_words.check_price(shown(self.folder, self.folder / where), words)
        return replace(price, words=words)

    # Where a slug or a number is a mistake, it is not known where the words should lie.

    def _with_kind_words(self, table: Table, kind: Kind) -> PackKind:
        return PackKind(kind, self._kind_words(kind) if table.is_right("slug") else {})

    def _kind_words(self, kind: Kind, *, needs_all: bool = True) -> dict[Language, Words]:
        """Read what the museum calls a kind; one of the seven may be called as the program does."""
        where = f"{pack_files.KINDS}/{kind.slug}"
        if known_kind(kind.slug) and not files.is_folder(self.folder / where):
            return {}
        return self._words(where, needs_text=False, needs_all=needs_all)

    def _with_hall_words(self, table: Table, slug: str) -> PackHall:
        known = table.is_right("slug")
        return PackHall(slug, self._words(f"halls/{slug}", needs_text=False) if known else {})

    def _with_stop_words(self, table: Table, stop: PackStop) -> PackStop:
        if not table.is_right("number", "slug"):
            return stop
        needs_all = stop.published and table.is_right("published")
        return self._stop_with_words(stop, needs_all=needs_all)

    def _stop_with_words(self, stop: PackStop, *, needs_all: bool) -> PackStop:
        where = f"{STOPS}/{stop.number}-{stop.slug}"
        folder = self.folder / where
        if not files.is_folder(folder):
            if needs_all:
                self._folder_is_missing(where)
            return replace(stop, broken=frozenset((PICTURE, *points_files(self._languages))))
        shown_as, drawing = shown(self.folder, folder), self._drawings.get(stop.slug)
        picture, of_picture = read_picture(
            folder, shown_as, self._languages, drawing, needs_all=needs_all
        )
        words = self._words(where, needs_text=True, needs_all=needs_all)
        points, of_points = read_points(folder, shown_as, self._languages)
        broken = {Path(each.where.rpartition(":")[0]).name for each in errors(of_points)}
        broken |= {PICTURE} if errors(of_picture) else set()
        self._keep([*of_picture, *of_points])
        with_words = stop.with_words(words, None if PICTURE in broken else picture, points)
        return replace(with_words, broken=frozenset(broken))

    def _keep(self, findings: Sequence[Finding]) -> None:
        self.findings += errors(findings)
        self.remarks += [each for each in findings if each.grade is not Grade.ERROR]

    def _folder_is_missing(self, where: str) -> None:
        top, _, name = where.rpartition("/")
        found = naming.folder_for(name, self._others.get(top, ()))
        what = message("This folder is missing, with the words in it.")
        do = message(
            "Make it, with the files {files}.", files=", ".join(naming.texts(self._languages))
        )
        if found is not None:
            do = message(
                "There is a folder {found} that {file} does not name. Give it this name, or change "
                "{file}.",
                found=found,
                file=STRUCTURE,
            )
        at = shown(self.folder, self.folder / where)
        self.findings.append(Finding(Grade.ERROR, at, what, do))

    def _with_tour_words(self, table: Table, tour: PackTour) -> PackTour:
        known = table.is_right("slug")
        return tour.with_words(self._words(f"tours/{tour.slug}", needs_text=True) if known else {})

    def _words(
        self, where: str, *, needs_text: bool, needs_all: bool = True, has_address: bool = False
    ) -> dict[Language, Words]:
        found: dict[Language, Words] = {}
        if needs_all and not files.is_folder(self.folder / where):
            self._folder_is_missing(where)
            return found
        known = naming.texts(self._languages)
        for language in self._languages:
            path = self.folder / where / f"{language}.md"
            shown_as = shown(self.folder, path)
            is_missed = needs_all and language not in self._languages.partial
            if not files.is_there(path):
                if is_missed:  # else it is being written, one language after the other
                    self.findings.append(naming.missing(path, shown_as, known, self._languages))
                continue
            if waits := unwritten.findings(path, shown_as, is_missed=is_missed):
                self._keep(waits)
                continue
            words, mistakes = read_words(
                path,
                shown_as,
                needs_text=needs_text,
                has_address=has_address,
                has_label=where.startswith(f"{STOPS}/"),
                language=language,
            )
            self.findings += mistakes.findings
            self.remarks += mistakes.remarks
            if words:
                found[language] = words
        return found
