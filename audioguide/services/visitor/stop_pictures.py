"""Stops' pictures: made for phones before anything is written, kept, shown, and made again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Select, select
from sqlalchemy.orm import Session, selectinload

from audioguide.content import pictures
from audioguide.content.pack import Pack, PackStop
from audioguide.content.pictures import PackPicture
from audioguide.errors import Finding, Grade, PackBroken, PictureBroken, message
from audioguide.languages import Language
from audioguide.models import Picture, PictureDrawing, PictureFile, PictureText, Stop
from audioguide.services import museum_languages
from audioguide.storage import Store

_MOST_UNFOLDED = 10  # entries: a screen of a phone


@dataclass(frozen=True)
class File:
    """A picture in one width, or drawn in one language: its name in the store, and its size."""

    name: str
    width_px: int
    height_px: int
    language: Language | None = None  # of a drawing


@dataclass(frozen=True)
class Shown:
    """A stop's picture with its words in one language; ``files`` stand narrowest first.

    A drawing has one file, and a legend: what each of its numbers stands for.
    """

    files: tuple[File, ...]
    alternative: str
    credit: str
    language: Language
    legend: tuple[tuple[int, str], ...] = ()

    @property
    def largest(self) -> File:
        """The widest file."""
        return self.files[-1]

    @property
    def is_drawn(self) -> bool:
        """Whether it is a drawing of ours, and no photograph."""
        return self.largest.language is not None

    @property
    def has_long_legend(self) -> bool:
        """Whether its legend would keep a visitor from the words of the stop, and is folded."""
        return len(self.legend) > _MOST_UNFOLDED


@dataclass(frozen=True)
class Lost:
    """A file of a stop's picture that is gone from the store, or damaged there."""

    stop: str
    file: str


Made = Mapping[str, Sequence[File]]
"""The files of pictures by the digest of the picture they were made of."""

NOTHING_MADE: Made = {}


def made_before(session: Session, store: Store) -> Made:
    """Give what was made of each picture that has all its files."""
    return {
        row.digest: _files(row)
        for row in session.scalars(_whole())
        if _files(row) and all(store.is_whole(file.name) for file in _files(row))
    }


def make(store: Store, pack: Pack, before: Made) -> Made:
    """Make the files of every picture of a pack that has none yet; slow, so in no transaction.

    Raise PackBroken for a picture that cannot be shown after all.
    """
    made = dict(before)
    findings = []
    for stop in pack.stops:
        if stop.picture is None or stop.picture.digest in made:
            continue
        try:
            made[stop.picture.digest] = _make(store, stop.picture)
        except PictureBroken as broken:
            where = "/".join(stop.picture.path.parts[-4:])
            findings.append(Finding(Grade.ERROR, f"{where}:1", broken.message))
    if findings:
        raise PackBroken(findings)
    return made


def by_stop(session: Session) -> Mapping[int, Picture]:
    """Load every picture with its files and texts, by the id of its stop."""
    rows = session.scalars(_whole().options(selectinload(Picture.texts)))
    return {row.stop_id: row for row in rows}


def _whole() -> Select[Picture]:
    return select(Picture).options(selectinload(Picture.files), selectinload(Picture.drawings))


def bring_in(
    session: Session, given: PackStop, stop: Stop, row: Picture | None, made: Made
) -> bool:
    """Write a stop's picture as the pack has it, and tell whether it or its texts are others.

    ``row`` is the picture that it has, from ``by_stop``. The caller flushes and commits.

    A picture that the pack no longer has is taken off; its files stay for pages that are open.
    """
    if given.picture is None:
        if row is not None:
            session.delete(row)
        return row is not None
    if row is None:
        row = Picture(stop_id=stop.id, digest="", files=[], drawings=[], texts=[])
    before = _said(row)
    if row.digest != given.picture.digest:
        row.digest = given.picture.digest
    _bring_files(row, made[given.picture.digest])
    _bring_drawings(row, made[given.picture.digest], given.picture)
    _bring_texts(row, given.picture)
    session.add(row)
    return before != _said(row)


def _said(row: Picture) -> tuple[str, object, object]:
    """Return what visitors see of a picture, to be compared."""
    texts = {text.language: (text.alternative, text.credit) for text in row.texts}
    return row.digest, texts, {each.language: list(each.legend) for each in row.drawings}


def shown(session: Session, stop_id: int, chain: Sequence[Language]) -> Shown | None:
    """Find the picture of a stop with its words in the first language of a chain that has some."""
    row = session.get(Picture, stop_id)
    told = (
        museum_languages.nearest({text.language: text for text in row.texts}, chain)
        if row
        else None
    )
    if row is None or told is None:
        return None
    language, text = told
    drawn = [each for each in row.drawings if each.language == language]
    legend = tuple((number, words) for each in drawn for number, words in each.legend)
    files = tuple(each for each in _files(row) if each.language in (None, language))
    return Shown(files, text.alternative, text.credit, language, legend) if files else None


def lost(session: Session, store: Store) -> tuple[Lost, ...]:
    """Find every file of a published stop's picture that is gone or damaged."""
    rows = session.execute(
        select(Stop.number, Stop.slug, Picture)
        .join(Picture)
        .where(Stop.published)
        .order_by(Stop.position)
        .options(selectinload(Picture.files), selectinload(Picture.drawings))
    )
    return tuple(
        Lost(f"{number} {slug}", file.name)
        for number, slug, row in rows
        for file in _files(row)
        if not store.is_whole(file.name)
    )


def findings(session: Session, store: Store) -> tuple[Finding, ...]:
    """Say which files of pictures are gone or damaged."""
    return tuple(
        Finding(
            Grade.ERROR,
            each.stop,
            message("The picture file {file} is gone or damaged.", file=each.file),
            message("Start the guide: it is made again."),
        )
        for each in lost(session, store)
    )


def _make(store: Store, picture: PackPicture) -> tuple[File, ...]:
    if picture.drawn:
        return tuple(
            File(store.keep(each.svg, "svg"), each.width, each.height, language)
            for language, each in picture.drawn.items()
        )
    from audioguide.content import renditions  # noqa: PLC0415  most starts make no picture

    return tuple(
        File(store.keep(each.content, "webp"), each.width_px, each.height_px)
        for each in renditions.render(pictures.read_bytes(picture))
    )


def _files(row: Picture) -> tuple[File, ...]:
    return (
        *(File(each.name, each.width_px, each.height_px) for each in row.files),
        *(File(each.name, each.width_px, each.height_px, each.language) for each in row.drawings),
    )


def _bring_files(row: Picture, files: Sequence[File]) -> None:
    known = {file.width_px: file for file in row.files}
    given = [each for each in files if each.language is None]
    row.files = [known.get(each.width_px, PictureFile(width_px=each.width_px)) for each in given]
    for file, each in zip(row.files, given, strict=True):
        file.name, file.height_px = each.name, each.height_px


def _bring_drawings(row: Picture, files: Sequence[File], picture: PackPicture) -> None:
    known = {drawing.language: drawing for drawing in row.drawings}
    given = [(each, each.language) for each in files if each.language is not None]
    row.drawings = [known.get(language, PictureDrawing(language=language)) for _, language in given]
    for drawing, (each, language) in zip(row.drawings, given, strict=True):
        drawing.name, drawing.width_px, drawing.height_px = each.name, each.width_px, each.height_px
        legend = [[entry.number, entry.words] for entry in picture.captions[language].legend]
        if drawing.legend != legend:
            drawing.legend = legend


def _bring_texts(row: Picture, picture: PackPicture) -> None:
    known = {text.language: text for text in row.texts}
    row.texts = [
        known.get(language, PictureText(language=language)) for language in picture.captions
    ]
    for text, caption in zip(row.texts, picture.captions.values(), strict=True):
        text.alternative, text.credit = caption.alternative, caption.credit
