"""A stop's picture in the pack: whether it can be shown, and what its texts say of it."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from audioguide import files
from audioguide.content.captions import CAPTION_FORM, Caption, read_caption
from audioguide.content.drawings.drawing import Drawing, Drawn
from audioguide.content.drawings.reading import ReadDrawing
from audioguide.content.mistakes import Mistakes
from audioguide.errors import Finding, Grade, Message, PictureBroken, message, plain_reason
from audioguide.languages import Language, Languages

PICTURES = ("picture.jpg", "picture.jpeg", "picture.png", "picture.webp")
"""How a picture is named; cameras write some of it in capitals."""
MOST_BYTES = 20 * 1024 * 1024

_BESIDE = re.compile(r"picture\..+\.(?:svg|txt)")
_SECOND = "A stop has one picture, and here is a second."
NO_SVG = message("An SVG is shown only where the guide draws it itself.")
NO_SVG_DO = message("Take it out, or save the picture as JPEG or PNG.")


@dataclass(frozen=True)
class PackPicture:
    """A picture of the pack: its file, the SHA-256 of its bytes, its captions by language.

    What we drew ourselves is ``drawn`` once a language; a photograph is one for all.
    """

    path: Path
    digest: str
    captions: Mapping[Language, Caption]
    drawn: Mapping[Language, Drawn] = field(default_factory=dict)


def captions(languages: Languages) -> tuple[str, ...]:
    """Name the text of a picture in each language."""
    return tuple(f"picture.{language}.txt" for language in languages)


def svgs(languages: Languages) -> tuple[str, ...]:
    """Name the copy of a drawing in each language."""
    return tuple(f"picture.{language}.svg" for language in languages)


def picture_files(folder: Path) -> Sequence[Path]:
    """Give what is there of a stop's picture and its texts, in whichever language, in order."""
    found = sorted(path for path in files.entries(folder) if _BESIDE.fullmatch(path.name))
    return [*photographs(folder), *filter(files.is_there, found)]


def is_picture(path: Path) -> bool:
    """Tell whether a file has the name of a stop's photograph, in small letters or capitals."""
    return path.name.lower() in PICTURES


def photographs(folder: Path) -> list[Path]:
    """Give the pictures in a stop's folder that we did not draw; the first of them is read."""
    found = filter(is_picture, files.entries(folder))
    return sorted(filter(files.is_there, found), key=_place)


def _place(path: Path) -> tuple[int, str]:
    return PICTURES.index(path.name.lower()), path.name


def read_picture(
    folder: Path,
    shown_as: str,
    languages: Languages,
    drawing: ReadDrawing | None = None,
    *,
    needs_all: bool,
) -> tuple[PackPicture | None, list[Finding]]:
    """Read the picture in a stop's folder, or None where there is none, with its mistakes.

    ``needs_all`` asks for a text in every language; ``shown_as`` is how mistakes name the folder.
    An SVG is taken from nobody: where there is a ``drawing``, we draw it ourselves.
    """
    found = photographs(folder)
    if drawing is not None:
        return _read_drawn(folder, shown_as, drawing, found)
    needed = languages.complete if needs_all else ()
    picture, findings = _read_photograph(folder, shown_as, found, languages, needed)
    for name in svgs(languages):
        if files.is_there(folder / name):
            mistakes = Mistakes(f"{shown_as}/{name}")
            mistakes.add(1, NO_SVG.sentence, NO_SVG_DO.sentence)
            findings += mistakes.findings
    return picture, findings


def copies(drawing: Drawing) -> dict[str, bytes]:
    """Give what lies beside the texts of a stop to be looked at, by name; no page is made of it."""
    return {f"picture.{language}.svg": each.svg for language, each in drawing.drawn.items()}


def is_copy(path: Path, svg: bytes) -> bool:
    """Tell whether a file is a drawing, in whichever way its lines end: git may change that."""
    return files.holds(path, svg) or files.holds(path, svg.replace(b"\n", b"\r\n"))


def shows_another(file: str, photograph: Path) -> Finding:
    """Say that a stop has a photograph, and a drawing in ``file``."""
    mistakes = Mistakes(file)
    mistakes.add(
        1,
        "The stop {stop} has another picture already, {file}.",
        "Keep the picture or the drawing, and take the other one out.",
        stop=photograph.parent.name,
        file=photograph.name,
    )
    return mistakes.findings[0]


def _read_drawn(
    folder: Path, shown_as: str, read: ReadDrawing, others: Sequence[Path]
) -> tuple[PackPicture | None, list[Finding]]:
    """Take what we make of a drawing, whatever lies in the folder of its stop."""
    if others:
        return None, [shows_another(read.file, others[0])]
    drawing = read.drawing
    if drawing is None:
        return None, list(read.findings)
    digest = hashlib.sha256(b"".join(each.svg for each in drawing.drawn.values())).hexdigest()
    picture = PackPicture(Path(read.file), digest, drawing.captions, drawing.drawn)
    return picture, [*read.findings, *_besides(folder, shown_as, drawing, read.file)]


def _besides(folder: Path, shown_as: str, drawing: Drawing, file: str) -> list[Finding]:
    """Say what lies beside a drawing and is not shown: copies of an older one, texts."""
    mistakes = Mistakes(file)
    if not all(is_copy(folder / name, svg) for name, svg in copies(drawing).items()):
        mistakes.remark(
            Grade.NOTE,
            1,
            "The files of this drawing in {folder} are missing or old; the pages show it as it is "
            "written here.",
            "Draw it: python3 scripts/audioguide.py draw {slug}",
            folder=shown_as,
            slug=drawing.slug,
        )
    for language in drawing.captions:
        name, own = f"picture.{language}.txt", f"{drawing.slug}.{language}.txt"
        if files.is_there(folder / name):
            of_text = Mistakes(f"{shown_as}/{name}")
            of_text.remark(
                Grade.WARNING,
                1,
                "The guide does not use this file.",
                "{name} is read. What this file has better belongs into it; then take this one "
                "out.",
                name=f"{file.rpartition('/')[0]}/{own}",
            )
            mistakes.remarks += of_text.remarks
    return mistakes.remarks


def _read_photograph(
    folder: Path,
    shown_as: str,
    pictures: Sequence[Path],
    languages: Languages,
    needed: Sequence[Language],
) -> tuple[PackPicture | None, list[Finding]]:
    findings: list[Finding] = []
    told: dict[Language, Caption] = {}
    for language, name in zip(languages, captions(languages), strict=True):
        mistakes = Mistakes(f"{shown_as}/{name}")
        if files.is_there(folder / name):
            caption = read_caption(folder / name, language, mistakes)
            if caption:
                told[language] = caption
            if not pictures:
                known = ", ".join(PICTURES)
                mistakes.add(
                    1, "There is no picture to this text.", "Allowed: {known}.", known=known
                )
        elif pictures and language in needed:
            mistakes.add(1, "The picture has no text in this language.", CAPTION_FORM)
        findings += [*mistakes.findings, *mistakes.remarks]
    if not pictures:
        return None, findings
    mistakes = Mistakes(f"{shown_as}/{pictures[-1].name}")
    if len(pictures) > 1:
        mistakes.add(1, _SECOND, "Take one of them out.")
    digest = _digest(pictures[0], Mistakes(f"{shown_as}/{pictures[0].name}"), findings)
    findings += mistakes.findings
    return PackPicture(pictures[0], digest, told), findings


def read_bytes(picture: PackPicture) -> bytes:
    """Read the file of a picture; raise PictureBroken where it is no longer the one checked."""
    try:
        content = files.read(picture.path, MOST_BYTES)
    except OSError as error:
        raise PictureBroken(
            "The file cannot be read: {reason}.", reason=plain_reason(error)
        ) from error
    if hashlib.sha256(content).hexdigest() != picture.digest:
        raise PictureBroken("The picture was changed while it was read.")
    return content


def _digest(path: Path, mistakes: Mistakes, findings: list[Finding]) -> str:
    """Return the SHA-256 of a picture that can be shown, or "" with what is wrong with it."""
    digest: str | Message
    try:
        stat = path.stat()
        digest = _looked_at(path, stat.st_mtime_ns, stat.st_ctime_ns, stat.st_size)
    except OSError as error:
        digest = Message("The file cannot be read: {reason}.", {"reason": plain_reason(error)})
    if isinstance(digest, str):
        return digest
    mistakes.add(
        1, digest.sentence, "Save it again as JPEG, or take another picture.", **digest.values
    )
    findings += mistakes.findings
    return ""


@lru_cache(maxsize=1024)
def _looked_at(path: Path, _changed_ns: int, _touched_ns: int, size_bytes: int) -> str | Message:
    """Look at a picture once for each time it is saved: opening 40 of them takes seconds."""
    if size_bytes > MOST_BYTES:
        return Message(
            "The picture has {size} MB, and at most {most} MB are taken.",
            {"size": size_bytes // 1024**2 + 1, "most": MOST_BYTES // 1024**2},
        )
    content = files.read(path, MOST_BYTES)
    try:
        from audioguide.content import renditions  # noqa: PLC0415  most packs have none

        renditions.check(content)
    except PictureBroken as broken:
        return broken.message
    return hashlib.sha256(content).hexdigest()
