"""The font of the labels, and which characters it has."""

from __future__ import annotations

import shutil
import struct
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory

from audioguide.errors import LabelFailed

FAMILY = "Source Sans Pro"
"""A humanist sans with every Kazakh letter, narrow enough for long titles."""

_PACKAGE = "font_source_sans_pro"
_DISTRIBUTION = "font-source-sans-pro"
_FACES = ("SourceSansPro-Light.ttf", "SourceSansPro-Regular.ttf", "SourceSansPro-Semibold.ttf")
"""The faces that the labels use; they have the same characters. The package holds each face in
two formats, and typst would take whichever the folder happens to list first."""


@contextmanager
def folder() -> Iterator[Path]:
    """Give a folder with the faces of the labels and nothing else, for as long as it is needed."""
    with TemporaryDirectory() as name:
        for face in _FACES:
            shutil.copy(_package() / face, name)
        yield Path(name)


def _package() -> Path:
    spec = find_spec(_PACKAGE)
    if spec is None or spec.origin is None:
        raise LabelFailed(
            "The typeface of the labels is missing; install {package}.", package=_DISTRIBUTION
        )
    return Path(spec.origin).parent / "files"


def missing_characters(text: str) -> list[str]:
    """Return the characters of ``text`` that the typeface cannot show, each once, in order."""
    known = _characters()
    return [
        character
        for character in dict.fromkeys(text)
        if ord(character) not in known or unicodedata.category(character) == "Cc"
    ]


@cache
def _characters() -> frozenset[int]:
    font = (_package() / _FACES[0]).read_bytes()
    return frozenset(code for start, end in _ranges(font) for code in range(start, end + 1))


def _ranges(font: bytes) -> Iterator[tuple[int, int]]:
    """Go through the groups of the font's full Unicode table (OpenType 1.9, cmap format 12)."""
    cmap = _table(font, b"cmap")
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
        file=_FACES[0],
        package=_DISTRIBUTION,
    )


def _table(font: bytes, name: bytes) -> int:
    (tables,) = struct.unpack_from(">H", font, 4)
    for index in range(tables):
        tag, offset = struct.unpack_from(">4s4xL", font, 12 + 16 * index)
        if tag == name:
            return int(offset)
    raise LabelFailed(
        "The font file {file} is not whole; install {package} again.",
        file=_FACES[0],
        package=_DISTRIBUTION,
    )
