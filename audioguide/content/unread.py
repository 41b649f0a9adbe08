"""Files and folders of the pack that nobody reads, because of their names."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from audioguide import files
from audioguide.content import interface_words, museum_words, naming
from audioguide.content.drawings import reading as drawings
from audioguide.content.pack import Pack
from audioguide.content.pack_files import KINDS, LEXICONS, TEXT_FOLDERS
from audioguide.content.pictures import PICTURES, captions, is_picture, svgs
from audioguide.content.points import points_files
from audioguide.content.reading import shown
from audioguide.content.structure_file import STRUCTURE
from audioguide.content.takes import STOPS, is_misnamed, is_take
from audioguide.errors import Finding, Grade, message
from audioguide.languages import Languages

_TOPS = (*TEXT_FOLDERS, LEXICONS, interface_words.WORDS, drawings.DRAWINGS)


def unread_files(folder: Path, pack: Pack) -> tuple[Finding, ...]:
    """Warn of each file and folder among the texts and lexicons of ``pack`` that nothing reads."""
    names = _names(folder, pack)
    findings: list[Finding] = []
    for top in _TOPS:
        findings += _unread_in(folder, folder / top, names, pack.languages)
    return tuple(findings)


def all_names(folder: Path) -> frozenset[str]:
    """Return the paths of all files that lie among the texts and lexicons: cheap to compare."""
    found = (files.below(folder / top)[0] for top in _TOPS)
    return frozenset(
        str(path) for paths in found for path in paths if not naming.is_passing(path.name)
    )


def _names(folder: Path, pack: Pack) -> dict[Path, Sequence[str]]:
    """Return the folders that are read, with the names that files have there."""
    languages = pack.languages
    texts = naming.texts(languages)
    kinds = {folder / KINDS / each.kind.slug: texts for each in pack.kinds}
    halls = {folder / "halls" / hall.slug: texts for hall in pack.halls}
    tours = {folder / "tours" / tour.slug: texts for tour in pack.tours}
    of_pictures = (*PICTURES, *svgs(languages), *captions(languages))
    of_stop = (*texts, *of_pictures, *points_files(languages))
    stops = {folder / STOPS / f"{each.number}-{each.slug}": of_stop for each in pack.stops}
    lexicons = {folder / LEXICONS: tuple(f"{language}.tsv" for language in languages)}
    prices = {folder / museum_words.price_folder(each.slug): texts for each in pack.museum.prices}
    museum = {folder / museum_words.MUSEUM: museum_words.museum_files(languages)}
    of_drawings = _of_drawings(folder, languages)
    words = {folder / interface_words.WORDS: interface_words.names(languages)}
    in_pack = (museum, prices, kinds, halls, stops, tours, lexicons, words, of_drawings)
    return {name: each for part in in_pack for name, each in part.items()}


def _of_drawings(folder: Path, languages: Languages) -> dict[Path, Sequence[str]]:
    """Return the names of drawings, their texts and outlines; one that no map has does no harm."""
    inside = folder / drawings.DRAWINGS
    slugs = drawings.slugs(folder)
    outlines = inside / drawings.OUTLINES
    known = [path.name for path in files.entries(outlines) if path.suffix == ".tsv"]
    of_drawings = [
        name for slug in slugs for name in (f"{slug}.toml", *drawings.texts(slug, languages))
    ]
    return {inside: of_drawings, outlines: known}


def _unread_in(
    folder: Path, inside: Path, names: dict[Path, Sequence[str]], languages: Languages
) -> Iterator[Finding]:
    read = names.get(inside, ())
    entries = [path for path in files.entries(inside) if not path.name.startswith(".")]
    present = frozenset(path.name for path in entries)
    for path in entries:
        if path in names or any(path in each.parents for each in names):
            yield from _unread_in(folder, path, names, languages)
        elif _is_stop(inside, read) and _is_sound(path, languages):
            continue  # the takes say what is wrong with it
        elif path.name not in read and files.is_folder(path):
            yield _unread_folder(folder, path, names)
        elif not _is_read(path, inside, read):
            yield _unread_file(folder, path, read, present, languages)


def _is_read(path: Path, inside: Path, read: Sequence[str]) -> bool:
    if naming.is_passing(path.name):
        return True  # nobody is to do anything about it
    return path.name in read or (_is_stop(inside, read) and is_picture(path))


def _is_sound(path: Path, languages: Languages) -> bool:
    return is_take(path, languages) or is_misnamed(path, languages)


def _is_stop(inside: Path, read: Sequence[str]) -> bool:
    return bool(read) and inside.parent.name == STOPS


def _unread_file(
    folder: Path,
    path: Path,
    read: Sequence[str],
    present: frozenset[str],
    languages: Languages,
) -> Finding:
    if not read:
        return Finding(
            Grade.WARNING,
            shown(folder, path),
            message("The guide does not use this file."),
            message("Put it into the folder of its stop, hall or tour, or take it out."),
        )
    known = [name for name in read if not name.endswith((".svg", interface_words.COMPILED))]
    said = naming.advice(path.name, known, present, languages)
    return Finding(Grade.WARNING, shown(folder, path), *said)


def _unread_folder(folder: Path, path: Path, names: dict[Path, Sequence[str]]) -> Finding:
    beside = [each for each in names if each.parent == path.parent]
    missing = [each.name for each in beside if not files.is_folder(each)]
    wanted = next((each for each in missing if naming.folder_for(each, [path.name])), None)
    model = naming.folder_for(path.name, [each.name for each in beside if files.is_folder(each)])
    if wanted is not None:
        do = message("Rename it to {name}.", name=wanted)
    elif model is not None:
        do = message(
            "If it is a copy of {name}, take it out; what is new needs a block in {file}.",
            name=model,
            file=STRUCTURE,
        )
    else:
        do = message("Rename the folder as in {file}, or take it out.", file=STRUCTURE)
    what = message("The guide does not use this folder: {file} does not name it.", file=STRUCTURE)
    return Finding(Grade.WARNING, shown(folder, path), what, do)
