"""Draw: write what the pack's drawings become into the folders of the stops that show them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from audioguide import files
from audioguide.content import pictures, reading
from audioguide.content.drawings.reading import read_drawings, slugs
from audioguide.content.takes import STOPS
from audioguide.errors import AskedWrongly, Finding, Grade, PackBroken, message
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
    for name, read in read_drawings(folder, stops).items():
        if asked and name not in asked:
            continue
        if read.drawing is None:
            broken += read.findings
            continue
        inside = folder / STOPS / f"{stops[name].number}-{name}"
        if photographs := pictures.photographs(inside):
            broken.append(_shows_another(read.file, photographs[0]))
            continue
        written += _written(inside, pictures.drawn_files(read.drawing))
    return Report(tuple(written), tuple(broken))


def _shows_another(file: str, photograph: Path) -> Finding:
    what = message(
        "The stop {stop} has another picture already, {file}.",
        stop=photograph.parent.name,
        file=photograph.name,
    )
    return Finding(
        Grade.ERROR,
        f"{file}:1",
        what,
        message("Keep the picture or the drawing, and take the other one out."),
    )


def _written(inside: Path, given: dict[str, bytes]) -> list[Path]:
    inside.mkdir(exist_ok=True)
    wrong = [name for name, content in given.items() if not files.holds(inside / name, content)]
    for name in wrong:
        write_whole(inside / name, given[name])
    return [inside / name for name in wrong]
