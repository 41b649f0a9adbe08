"""Know by its name which file beside the texts is the museum's logo."""

from __future__ import annotations

import re
from pathlib import Path

from audioguide import files
from audioguide.errors import Finding, Grade, Message, message
from audioguide.languages import any_typed, lookalikes

NAMES = tuple(f"logo.{kind}" for kind in ("svg", "png"))

_LATIN = frozenset(("logo", "svg", "png"))
_WORDS = (".txt", ".md", ".tsv", ".toml")  # of a logo may be written, too


def of_folder(folder: Path) -> list[Path]:
    """Return the logos in a folder, small letters or capitals; more than one is one too many."""
    return [each for each in files.entries(folder) if _is_logo(each)]


def unused(folder: Path) -> tuple[Finding, ...]:
    """Warn of what seems to be the logo and has another name, where there is no other one."""
    if of_folder(folder):
        return ()
    return tuple(
        Finding(
            Grade.WARNING,
            f"{folder.name}/{each.name.encode(errors='replace').decode()}",
            message("This logo is not used."),
            _what_to_do(each),
        )
        for each in _others(folder)
    )


def names(folder: Path) -> frozenset[str]:
    """Return the paths of all that seems to be the logo: cheap to compare."""
    return frozenset(str(each) for each in (*of_folder(folder), *_others(folder)))


def _is_logo(path: Path) -> bool:
    return path.name.lower() in NAMES and not files.is_folder(path)


def _others(folder: Path) -> list[Path]:
    return [each for each in files.entries(folder) if _seems(each) and not _is_logo(each)]


def _seems(path: Path) -> bool:
    name = _folded(path.name)
    is_shown = not name.startswith((".", "~")) and not name.endswith("~")
    is_words = name.endswith(_WORDS) and _meant(name) is None
    return is_shown and re.search(any_typed("logo"), name) is not None and not is_words


def _folded(name: str) -> str:
    return lookalikes.in_latin(name, _LATIN)[0].lower()


def _meant(name: str) -> str | None:
    parts = _folded(name).split(".")[1:]
    return next((each for each in NAMES if each.rpartition(".")[2] in parts), None)


def _what_to_do(path: Path) -> Message:
    wanted = _meant(path.name)
    if wanted is None or files.is_folder(path):
        return message("Save it as {png}, or as {svg} of shapes alone.", png=NAMES[1], svg=NAMES[0])
    return message("Rename {file} to {name}.", file=path.name, name=wanted)
