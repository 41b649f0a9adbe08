"""Add a stop, a kind, a hall or a tour to the pack: a block in museum.toml, a folder, files."""

from __future__ import annotations

import contextlib
import secrets
import shutil
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import count
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from audioguide import codes, files
from audioguide.content import blocks
from audioguide.content.beginning.museum_files import slug_of
from audioguide.content.pack import Pack
from audioguide.content.pack_files import KINDS
from audioguide.content.reading import read_whole, shown
from audioguide.content.structure_file import STRUCTURE
from audioguide.content.tables import MOST, MOST_IN_SLUG, is_slug
from audioguide.content.takes import STOPS
from audioguide.content.titles import title_of
from audioguide.content.unwritten import UNWRITTEN
from audioguide.content.writing import put_in_place
from audioguide.errors import AskedWrongly, AudioguideError, PackBroken
from audioguide.kinds import KNOWN, Kind
from audioguide.models import Stop
from audioguide.storage import write_whole

MOST_MINUTES = 600


@dataclass(frozen=True)
class Added:
    """What was added: its slug, its code if it has one, the folder and the files in it.

    ``after`` is the number of the stop that it follows in the walk, None where it is the first.
    """

    slug: str
    folder: Path
    files: tuple[Path, ...]
    code: str = ""
    after: int | None = None


@dataclass(frozen=True)
class _Block:
    """What is put into museum.toml: at a ``place`` among its like, else behind them."""

    table: str
    values: Mapping[str, blocks.Value]
    place: int | None = None


def codes_given(session: Session) -> frozenset[str]:
    """Return every code that a stop has or had: none is ever given again."""
    return frozenset(session.scalars(select(Stop.code)))


def add_stop(
    media: Path,
    number: int,
    kind: str | None,
    title: str,
    taken: Collection[str],
    *,
    hall: str | None = None,
    slug: str | None = None,
) -> Added:
    """Add a stop behind the one with the next lower number; visitors do not see it yet.

    ``taken`` are codes besides those of the pack. Without a ``hall`` it is in that of the stop
    before it, without a ``kind`` it is of that which the route line follows. Raise AskedWrongly for
    what cannot be, PackBroken where museum.toml is broken.
    """
    pack = _pack(media)
    title = title_of(title, "--title")
    _check_number(number, pack)
    kind = _kind(kind, pack)
    lower = [stop for stop in pack.stops if stop.number < number]
    before = max(lower, key=lambda stop: stop.number) if lower else None
    slugs = [stop.slug for stop in pack.stops]
    named = _slug(slug, title, f"{kind}-{number}", slugs)
    code = codes.make({*taken, *(stop.code for stop in pack.stops)})
    values: dict[str, blocks.Value] = {
        "number": number,
        "code": code,
        "slug": named,
        "kind": kind,
        "hall": _hall(hall, pack, (before or pack.stops[0]).hall),
        "published": False,
    }
    place = pack.stops.index(before) + 1 if before else 0
    text = f"# {title}\n\n{UNWRITTEN}\n"
    folder = media / STOPS / f"{number}-{named}"
    written = _add(media, pack, [_Block("stop", values, place)], folder, text)
    return Added(named, folder, written, code, before.number if before else None)


def add_hall(media: Path, slug: str, title: str) -> Added:
    """Add a hall; raise as ``add_stop`` does."""
    pack = _pack(media)
    title = title_of(title, "--title")
    named = _slug(slug, title, slug, [hall.slug for hall in pack.halls])
    folder = media / "halls" / named
    new = [_Block("hall", {"slug": named})]
    return Added(named, folder, _add(media, pack, new, folder, f"# {title}\n"))


def add_kind(media: Path, slug: str, title: str, *, is_route: bool, is_person: bool) -> Added:
    """Add a kind of stops; raise as ``add_stop`` does.

    Where museum.toml declares none yet, those that the museum has had until now are declared with
    it: without that it would lose them.
    """
    pack = _pack(media)
    title = title_of(title, "--title")
    named = _slug(slug, title, slug, pack.all_kinds.slugs)
    route = next((each.kind.slug for each in pack.kinds if each.kind.is_route), None)
    if is_route and route is not None:
        raise AskedWrongly(
            "The route line follows the kind {kind}. Take its line route = true out of {file} "
            "first.",
            kind=route,
            file=shown(media, media / STRUCTURE),
        )
    kept = () if pack.kinds else KNOWN
    new = [_block_of(each, is_route=each.is_route and not is_route) for each in kept]
    new.append(_block_of(Kind(named, is_person=is_person), is_route=is_route))
    folder = media / KINDS / named
    return Added(named, folder, _add(media, pack, new, folder, f"# {title}\n"))


def add_tour(media: Path, slug: str, title: str, minutes: int, stops: Sequence[int]) -> Added:
    """Add a tour along published stops; its description is to be written. Raise as ``add_stop``."""
    pack = _pack(media)
    title = title_of(title, "--title")
    named = _slug(slug, title, slug, [tour.slug for tour in pack.tours])
    if not 1 <= minutes <= MOST_MINUTES:
        raise AskedWrongly("A tour takes from 1 to {most} minutes.", most=MOST_MINUTES)
    published = [stop.number for stop in pack.stops if stop.published]
    wrong = [each for each in stops if each not in published]
    if wrong or not stops or len(set(stops)) < len(stops):
        raise AskedWrongly(
            "A tour leads along published stops, each once. Their numbers: {known}.",
            known=", ".join(map(str, published)) or "–",
        )
    values: dict[str, blocks.Value] = {"slug": named, "minutes": minutes, "stops": list(stops)}
    folder = media / "tours" / named
    text = f"# {title}\n\n{UNWRITTEN}\n"
    return Added(named, folder, _add(media, pack, [_Block("tour", values)], folder, text))


def _pack(media: Path) -> Pack:
    reading = read_whole(media)
    if reading.pack is None:
        raise PackBroken(reading.findings)
    return reading.pack


def _check_number(number: int, pack: Pack) -> None:
    numbers = {stop.number: stop.slug for stop in pack.stops}
    if number in numbers:
        free = next(each for each in count(number) if each not in numbers)
        raise AskedWrongly(
            "The number {number} is that of {slug}. The next free one is {free}.",
            number=number,
            slug=numbers[number],
            free=free,
        )
    if not 0 <= number <= MOST:
        raise AskedWrongly(
            "{name} must be a whole number from {least} to {most}, and it is {value}.",
            name="NUMBER",
            least=0,
            most=MOST,
            value=number,
        )


def _slug(asked: str | None, title: str, otherwise: str, taken: Sequence[str]) -> str:
    slug = asked or slug_of([title], otherwise, taken)
    if not is_slug(slug):
        raise AskedWrongly(
            "{slug} is not a slug. Use a-z, 0-9 and single hyphens, at most {most} of them.",
            slug=slug,
            most=MOST_IN_SLUG,
        )
    if slug in taken:
        raise AskedWrongly("The slug {slug} is taken. Choose another.", slug=slug)
    return slug


def _kind(asked: str | None, pack: Pack) -> str:
    kinds = pack.all_kinds
    if asked is not None and asked not in kinds:
        raise AskedWrongly(
            "The kind {kind} is not known. Allowed: {known}.",
            kind=asked,
            known=", ".join(kinds.slugs),
        )
    return asked or kinds.usual.slug


def _block_of(kind: Kind, *, is_route: bool) -> _Block:
    said = {"route": is_route, "person": kind.is_person}
    return _Block("kind", {"slug": kind.slug, **{key: True for key, so in said.items() if so}})


def _hall(asked: str | None, pack: Pack, otherwise: str) -> str:
    known = [hall.slug for hall in pack.halls]
    if asked is not None and asked not in known:
        raise AskedWrongly(
            "The hall {hall} is not known. Allowed: {known}.", hall=asked, known=", ".join(known)
        )
    return asked or otherwise


def _add(
    media: Path,
    pack: Pack,
    new: Sequence[_Block],
    folder: Path,
    text: str,
) -> tuple[Path, ...]:
    """Write a folder with a file in each language, then its blocks; all of it, or nothing."""
    if files.is_there(folder):
        raise AskedWrongly(
            "The folder {folder} is there already. Nothing is overwritten: take it out, or choose "
            "another slug.",
            folder=folder,
        )
    path = media / STRUCTURE
    content = files.read(path)
    written = _with_blocks(path, content, new)
    names = [f"{language}.md" for language in pack.languages]
    _make(folder, dict.fromkeys(names, text))
    is_done = False
    try:
        is_done = put_in_place(path, written, content)
    finally:
        if not is_done:
            shutil.rmtree(folder, ignore_errors=True)
    if not is_done:
        raise AudioguideError(
            "{file} was changed at the same moment. Nothing was added: try again.",
            file=shown(media, path),
        )
    return tuple(folder / name for name in names)


def _with_blocks(path: Path, content: bytes, new: Sequence[_Block]) -> bytes:
    with contextlib.suppress(UnicodeDecodeError):
        written: str | None = content.decode("utf-8")
        for each in new:
            if written is not None:
                written = blocks.with_block(written, each.table, each.values, each.place)
        if written is not None:
            return written.encode()
    raise AudioguideError(
        "{file} is written in a way that no block can be added to it. Add this by hand:\n{block}",
        file=path,
        block="\n".join(blocks.block(f"[[{each.table}]]", each.values) for each in new).rstrip(
            "\n"
        ),
    )


def _make(folder: Path, texts: Mapping[str, str]) -> None:
    """Make a folder whole, then give it its name."""
    part = folder.with_name(f".{folder.name}.{secrets.token_hex(4)}.part")
    folder.parent.mkdir(exist_ok=True)
    try:
        part.mkdir()
        for name, text in texts.items():
            write_whole(part / name, text.encode())
        part.rename(folder)
    finally:
        shutil.rmtree(part, ignore_errors=True)
