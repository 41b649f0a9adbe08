"""The registry's other half: find the module of an engine, and have it make a voice.

Each module of an engine has ``make(speaker, language, folder)``; one whose voices are files in
that folder has ``choose`` with the same arguments, too, and one whose files may hold several
speakers has ``several``, which lists those of a voice.
"""

from __future__ import annotations

import importlib
import importlib.util
from pathlib import Path
from types import ModuleType

from audioguide.engines import Engine
from audioguide.errors import Message, message
from audioguide.languages import Language
from audioguide.speech.voice import Voice


def make(engine: Engine, speaker: str, language: Language, folder: Path) -> Voice:
    """Make a voice; its module is loaded here, with the client of a service that it may need."""
    voice: Voice = _module(engine).make(speaker, language, folder)
    return voice


def choose(
    engine: Engine, named: str, language: Language, folder: Path
) -> tuple[str, Message | None]:
    """Choose the speaker, the ``named`` one or the usual, and say what keeps it from speaking.

    No client of a service is loaded for that.
    """
    if engine.has_files:
        chosen: tuple[str, Message | None] = _module(engine).choose(named, language, folder)
        return chosen
    missing = engine.package and importlib.util.find_spec(engine.package) is None
    gone = message("Its package is not installed. Run: python3 scripts/voices.py")
    return named or engine.speaker(language), gone if missing else None


def several(engine: Engine, speaker: str, folder: Path) -> str:
    """List the speakers that a voice holds, where it holds more than one."""
    listed: str = _module(engine).several(folder, speaker) if engine.has_several else ""
    return listed


def _module(engine: Engine) -> ModuleType:
    return importlib.import_module(f"{__package__}.{engine.module}")
