"""The faces of the labels, and which characters they have."""

from __future__ import annotations

import shutil
import struct
import unicodedata
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory

from audioguide.errors import LabelFailed
from audioguide.languages import Language, facts
from audioguide.languages.faces import ALL, SOURCE_SANS, Face


def faces(languages: Iterable[Language]) -> tuple[Face, ...]:
    """Return the faces that texts in these languages need, the usual one first.

    It has the figures and the Latin words of all of them.
    """
    own = (facts(each).face for each in languages)
    return tuple(dict.fromkeys((SOURCE_SANS, *(face for face in own if face is not None))))


@contextmanager
def folder(families: Collection[str]) -> Iterator[Path]:
    """Give a folder with the files of these families and nothing else, for as long as needed."""
    with TemporaryDirectory() as name:
        for face in ALL:
            if face.family in families:
                for file in face.files:
                    shutil.copy(_files(face) / file, name)
        yield Path(name)


def missing_characters(text: str, language: Language) -> list[str]:
    """Return the characters of ``text`` that no face of its language has, each once, in order."""
    known = [_characters(face) for face in faces([language])]
    return [
        character
        for character in dict.fromkeys(text)
        if not any(ord(character) in each for each in known)
        or unicodedata.category(character) == "Cc"
    ]


def reaching(text: str, language: Language) -> Face | None:
    """Return the face of a language if ``text`` has letters of it that the usual one lacks."""
    face = facts(language).face
    if face is None or face is SOURCE_SANS:
        return None
    usual = _characters(SOURCE_SANS)
    return face if any(ord(character) not in usual for character in text) else None


def _files(face: Face) -> Path:
    spec = find_spec(face.module)
    if spec is None or spec.origin is None:
        raise LabelFailed(
            "The typeface of the labels is missing; install {package}.", package=face.package
        )
    return Path(spec.origin).parent / "files"


@cache
def _characters(face: Face) -> frozenset[int]:
    """Return the characters of a face; all its files have the same."""
    font = (_files(face) / face.files[0]).read_bytes()
    return frozenset(code for start, end in _ranges(font, face) for code in range(start, end + 1))


def _ranges(font: bytes, face: Face) -> Iterator[tuple[int, int]]:
    """Go through the groups of the font's full Unicode table (OpenType 1.9, cmap format 12)."""
    cmap = _table(font, b"cmap", face)
    (subtables,) = struct.unpack_from(">H", font, cmap + 2)
    for index in range(subtables):
        (offset,) = struct.unpack_from(">4xL", font, cmap + 4 + 8 * index)
        start = cmap + offset
        if struct.unpack_from(">H", font, start) == (12,):
            (groups,) = struct.unpack_from(">L", font, start + 12)
            for group in range(groups):
                first, last, _ = struct.unpack_from(">3L", font, start + 16 + 12 * group)
                yield first, last
            return
    raise LabelFailed(
        "The font file {file} has no table of its characters; install {package} again.",
        file=face.files[0],
        package=face.package,
    )


def _table(font: bytes, name: bytes, face: Face) -> int:
    (tables,) = struct.unpack_from(">H", font, 4)
    for index in range(tables):
        tag, offset = struct.unpack_from(">4s4xL", font, 12 + 16 * index)
        if tag == name:
            return int(offset)
    raise LabelFailed(
        "The font file {file} is not whole; install {package} again.",
        file=face.files[0],
        package=face.package,
    )
