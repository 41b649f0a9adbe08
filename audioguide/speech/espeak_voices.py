"""Which voice of espeak-ng speaks a language, by the list that lies among its data."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

import espeakng_loader

from audioguide.languages import Language


def voice_of(language: Language) -> str | None:
    """Return the voice for a language, as a museum.toml names it, or None where there is none."""
    voices = _voices()
    return next((voices[tag.lower()] for tag in language.broader if tag.lower() in voices), None)


def is_voice(name: str) -> bool:
    """Tell whether espeak-ng has a voice of that name, with or without a variant: ``ar+f2``."""
    voices = _voices()
    return name.partition("+")[0].lower() in {*voices, *map(str.lower, voices.values())}


@cache
def _voices() -> Mapping[str, str]:
    """Read the voices by the tags of what they speak; the best has the lowest number behind it."""
    found: dict[str, tuple[int, str]] = {}
    for path in sorted(Path(espeakng_loader.get_data_path(), "lang").rglob("*")):
        if not path.is_file():
            continue
        for line in path.read_text(encoding="utf-8", errors="replace").splitlines():
            match line.split():
                case ["language", tag, *after]:
                    rank = int(after[0]) if after and after[0].isdecimal() else 5
                    found[tag] = min(found.get(tag, (rank, path.name)), (rank, path.name))
    return {tag: voice for tag, (_, voice) in found.items()}
