"""A stop's picture in the pack: whether it can be opened, and what its texts say of it."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from audioguide import files
from audioguide.content.decoding import note_strays, read_text
from audioguide.content.mistakes import Mistakes
from audioguide.content.text import MOST_CHARACTERS, check_words
from audioguide.errors import Finding, Message, PictureBroken, plain_reason
from audioguide.languages import LANGUAGES, Language

PICTURES = ("picture.jpg", "picture.jpeg", "picture.png", "picture.webp")
"""How a picture is named; cameras write some of it in capitals."""
CAPTIONS = tuple(f"picture.{language}.txt" for language in LANGUAGES)
MOST_BYTES = 20 * 1024 * 1024
MOST_IN_ALTERNATIVE = 500  # what is read aloud in half a minute

_FORM = "Write what is to be seen, then an empty line, then whose picture it is."


@dataclass(frozen=True)
class Caption:
    """What is to be seen in a picture, for those who do not see it, and whose picture it is."""

    alternative: str
    credit: str


@dataclass(frozen=True)
class PackPicture:
    """A picture of the pack: its file, the SHA-256 of its bytes, its captions by language."""

    path: Path
    digest: str
    captions: Mapping[Language, Caption]


def picture_files(folder: Path) -> Sequence[Path]:
    """Give what is there of a stop's picture and its texts, in a fixed order."""
    captions = [folder / name for name in CAPTIONS if files.is_there(folder / name)]
    return [*_pictures(folder), *captions]


def is_picture(path: Path) -> bool:
    """Tell whether a file has the name of a stop's picture, in small letters or capitals."""
    return path.name.lower() in PICTURES


def _pictures(folder: Path) -> list[Path]:
    found = filter(is_picture, files.entries(folder))
    return sorted(filter(files.is_there, found), key=_place)


def _place(path: Path) -> tuple[int, str]:
    return PICTURES.index(path.name.lower()), path.name


def read_picture(
    folder: Path, shown_as: str, *, needs_all: bool
) -> tuple[PackPicture | None, list[Finding]]:
    """Read the picture in a stop's folder, or None where there is none, with its mistakes.

    ``needs_all`` asks for a text in every language; ``shown_as`` is how mistakes name the folder.
    """
    pictures = _pictures(folder)
    findings: list[Finding] = []
    captions: dict[Language, Caption] = {}
    for language, name in zip(LANGUAGES, CAPTIONS, strict=True):
        mistakes = Mistakes(f"{shown_as}/{name}")
        if files.is_there(folder / name):
            caption = _read_caption(folder / name, language, mistakes)
            if caption:
                captions[language] = caption
            if not pictures:
                known = ", ".join(PICTURES)
                mistakes.add(
                    1, "There is no picture to this text.", "Allowed: {known}.", known=known
                )
        elif pictures and needs_all:
            mistakes.add(1, "The picture has no text in this language.", _FORM)
        findings += [*mistakes.findings, *mistakes.remarks]
    if not pictures:
        return None, findings
    mistakes = Mistakes(f"{shown_as}/{pictures[-1].name}")
    if len(pictures) > 1:
        mistakes.add(1, "A stop has one picture, and here is a second.", "Take one of them out.")
    digest = _digest(pictures[0], Mistakes(f"{shown_as}/{pictures[0].name}"), findings)
    findings += mistakes.findings
    return PackPicture(pictures[0], digest, captions), findings


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


def _read_caption(path: Path, language: Language, mistakes: Mistakes) -> Caption | None:
    text = read_text(path, mistakes)
    if text is None:
        return None
    note_strays(text.split("\n"), language, mistakes)
    blocks = _blocks(text, mistakes)
    for place, most in ((0, MOST_IN_ALTERNATIVE), (1, MOST_CHARACTERS)):
        if len(blocks) > place and len(blocks[place][1]) > most:
            line, words = blocks[place]
            mistakes.add(
                line,
                "This has {count} characters, and at most {most} are kept.",
                "Write it shorter.",
                count=len(words),
                most=most,
            )
    if not blocks:
        mistakes.add(1, "The text does not say what is to be seen.", _FORM)
    elif len(blocks) == 1:
        mistakes.add(blocks[0][0], "The text does not say whose picture it is.", _FORM)
    elif len(blocks) > 2:
        mistakes.add(blocks[2][0], "There are words below the credit.", _FORM)
    return None if mistakes.findings else Caption(blocks[0][1], blocks[1][1])


def _blocks(text: str, mistakes: Mistakes) -> list[tuple[int, str]]:
    """Return what stands between empty lines, each as one line, with the line it begins in."""
    blocks: list[tuple[int, list[str]]] = []
    is_open = False
    for number, raw in enumerate(text.split("\n"), start=1):
        line = " ".join(raw.split())
        if line:
            check_words(number, line, mistakes)
        if line and is_open:
            blocks[-1][1].append(line)
        elif line:
            blocks.append((number, [line]))
        is_open = bool(line)
    return [(number, " ".join(lines)) for number, lines in blocks]


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
