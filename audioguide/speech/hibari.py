"""Speak English with Hibari, a small neural voice that comes whole as a package."""

from __future__ import annotations

import importlib
import importlib.metadata
import re
import threading
from pathlib import Path
from typing import Any

import numpy as np

from audioguide.errors import VoiceUnavailable, VoiceWithoutSound
from audioguide.languages import Language
from audioguide.speech.believing import believed
from audioguide.speech.voice import Samples, shortened, speakable

DISTRIBUTION = "hibari-tts"

_SPEAKER = "heart"  # the one that lies in the package: it would download the others
_SPEED = 0.9  # of its usual pace, which is that of talk: some 140 words a minute
_SEED = 0  # of its noise, so that a sentence sounds the same each time
_COMMANDS = re.compile(r"[\[\](){}/*_`#]")  # it takes [word](/phonemes/), as Markdown has links


class HibariVoice:
    """The voice of the package; it is loaded with the first sentence."""

    name = "hibari"
    sample_rate_hz = 24_000

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._engine: Any = None

    @property
    def settings(self) -> str:
        """Name the voice, its version and its pace."""
        return f"{self.name} {_version()} {_SPEAKER} {_SPEED}"

    def speak(self, sentence: str) -> Samples:
        """Say one sentence; raise as ``Voice.speak`` does."""
        text = speakable(_COMMANDS.sub(" ", sentence))
        with self._lock:
            engine = self._loaded()
            try:
                said = engine(text, speed=_SPEED, seed=_SEED)
            except Exception as error:  # whatever another's program has against a sentence
                raise VoiceWithoutSound(
                    "Hibari cannot say “{words}”: {reason}",
                    words=shortened(text),
                    reason=f"{type(error).__name__} {error}".strip(),
                ) from error
        return believed(np.asarray(said, np.float32), self.sample_rate_hz, text)

    def _loaded(self) -> Any:
        if self._engine is None:
            try:
                # An extra, whose types nobody has written down.
                self._engine = importlib.import_module("hibari").Hibari(voice=_SPEAKER)
            except Exception as error:
                raise VoiceUnavailable(
                    "Hibari cannot be loaded: {reason}", reason=f"{type(error).__name__} {error}"
                ) from error
        return self._engine


def make(_speaker: str, _language: Language, _folder: Path) -> HibariVoice:
    """Make the voice."""
    return HibariVoice()


def _version() -> str:
    try:
        return importlib.metadata.version(DISTRIBUTION)
    except importlib.metadata.PackageNotFoundError:
        return ""
