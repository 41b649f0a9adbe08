"""Which voices espeak-ng has, and for which languages, by the list that lies among its data."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import espeakng_loader

from audioguide.languages.tags import Language

_USUAL_RANK = 5  # of a voice that names none for a language; the best has the lowest
VARIANT = "+"
"""Stands before another throat for a voice: de+f3."""


@dataclass(frozen=True)
class _Voice:
    file: str
    names: tuple[str, ...]
    ranks: tuple[tuple[str, int], ...]


def voice_of(language: Language) -> str | None:
    """Return the voice for a language, as a museum.toml names it, or None where there is none."""
    known = voices()
    return next((known[tag.lower()] for tag in language.broader if tag.lower() in known), None)


def is_voice(name: str) -> bool:
    """Tell whether espeak-ng finds a voice by a name: de, DE, German, cmn, en-gb-x-rp, de+f3."""
    return name.lower().partition(VARIANT)[0] in _names()


@cache
def voices() -> Mapping[str, str]:
    """Return the best voice by language: pt-br: pt-BR, zh: cmn, en-gb-x-rp: en-GB-x-rp."""
    found: dict[str, tuple[int, str]] = {}
    for voice in _all():
        for tag, rank in voice.ranks:
            found[tag] = min(found.get(tag, (rank, voice.file)), (rank, voice.file))
    return {tag: file for tag, (_, file) in found.items()}


@cache
def _names() -> frozenset[str]:
    return frozenset((*voices(), *(name.lower() for voice in _all() for name in voice.names)))


@cache
def _all() -> tuple[_Voice, ...]:
    paths = sorted(Path(espeakng_loader.get_data_path(), "lang").rglob("*"))
    return tuple(_read(path) for path in paths if path.is_file())


def _read(path: Path) -> _Voice:
    lines = path.read_text(encoding="utf-8", errors="replace").splitlines()
    names = (line.removeprefix("name ").strip() for line in lines if line.startswith("name "))
    return _Voice(path.name, (path.name, *names), tuple(_ranks(lines)))


def _ranks(lines: list[str]) -> Iterator[tuple[str, int]]:
    for line in lines:
        match line.split():
            case ["language", tag, *after]:
                is_told = bool(after) and after[0].isdecimal()
                yield tag.lower(), int(after[0]) if is_told else _USUAL_RANK
