"""Draw: lay pictures of the pack's drawings beside the texts of their stops, to be looked at."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from audioguide.content import pictures, reading
from audioguide.content.drawings.reading import read_drawings, slugs
from audioguide.content.takes import STOPS
from audioguide.errors import AskedWrongly, Finding, PackBroken
from audioguide.storage import write_whole


@dataclass(frozen=True)
class Report:
    """The files that were written, and what is wrong with what could not be drawn."""

    written: tuple[Path, ...]
    broken: tuple[Finding, ...]


def draw(folder: Path, asked: Sequence[str] = ()) -> Report:
    """Draw those of the slugs that are ``asked`` for, or all; a file that is right is left alone.

    Raise AskedWrongly where there is no pack, or no drawing of that slug; PackBroken where
    museum.toml is broken.
    """
    found = reading.read_whole(folder)
    if found.pack is None:
        raise PackBroken(found.findings)
    known = slugs(folder)
    for slug in asked:
        if slug not in known:
            raise AskedWrongly(
                "There is no drawing {slug}. Known: {known}.",
                slug=slug,
                known=", ".join(known) or "—",
            )
    stops = {stop.slug: stop for stop in found.pack.stops}
    written: list[Path] = []
    broken: list[Finding] = []
    for name, read in read_drawings(folder, stops, found.pack.languages).items():
        if asked and name not in asked:
            continue
        if read.drawing is None:
            broken += read.findings
            continue
        inside = folder / STOPS / f"{stops[name].number}-{name}"
        if photographs := pictures.photographs(inside):
            broken.append(pictures.shows_another(read.file, photographs[0]))
            continue
        written += _written(inside, pictures.copies(read.drawing))
    return Report(tuple(written), tuple(broken))


def _written(inside: Path, given: dict[str, bytes]) -> list[Path]:
    inside.mkdir(exist_ok=True)
    wrong = [name for name, svg in given.items() if not pictures.is_copy(inside / name, svg)]
    for name in wrong:
        write_whole(inside / name, given[name])
    return [inside / name for name in wrong]
