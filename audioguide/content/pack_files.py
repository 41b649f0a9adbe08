"""Which files a pack is read from, and one digest of them all."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

from audioguide import files
from audioguide.content.drawings.reading import drawing_files
from audioguide.content.interface_words import WORDS
from audioguide.content.pictures import MOST_BYTES, is_picture, picture_files
from audioguide.content.structure_file import STRUCTURE
from audioguide.content.takes import STOPS

KINDS = "kinds"
TEXT_FOLDERS = ("museum", KINDS, "halls", STOPS, "tours")
LEXICONS = "lexicon"
_ENDINGS = {**dict.fromkeys(TEXT_FOLDERS, ".md"), LEXICONS: ".tsv", WORDS: ".po"}


def pack_files(folder: Path) -> Iterator[Path]:
    """Give every file that the pack is read from, in a fixed order, and folders that are closed."""
    yield folder / STRUCTURE
    for name, ending in _ENDINGS.items():
        found, closed = files.below(folder / name)
        yield from (path for path in found if path.name.endswith(ending))
        yield from closed
    for stop in folders(folder / STOPS):
        yield from picture_files(stop)
    yield from drawing_files(folder)


def folders(folder: Path) -> list[Path]:
    """Return the folders in a folder."""
    return list(filter(files.is_folder, files.entries(folder)))


def pack_digest(folder: Path) -> str:
    """Compute one digest of everything that ``pack_files`` gives."""
    digest = hashlib.sha256()
    for path in pack_files(folder):
        name = path.relative_to(folder).as_posix()
        content = files.digest(path, MOST_BYTES if is_picture(path) else files.MOST_TEXT_BYTES)
        digest.update(f"{name}\0{content}\0".encode(errors="surrogateescape"))
    return digest.hexdigest()
