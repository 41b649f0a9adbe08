from __future__ import annotations

from pathlib import Path

import pytest

from audioguide.languages import Language
from audioguide.speech.espeak import make
from audioguide.speech.espeak_voices import voice_of


@pytest.mark.parametrize(
    ("language", "voice"),
    [
        ("de", "de"),
        ("uz-Latn", "uz"),
        ("sr-Cyrl", "sr"),
        ("pt-BR", "pt-BR"),
        ("zh", "cmn"),
        ("tr-TR", "tr"),
        ("zz", None),
    ],
)
def test_a_language_is_spoken_by_the_voice_of_the_list(language: str, voice: str | None) -> None:
    assert voice_of(Language(language)) == voice


@pytest.mark.parametrize("language", ["tr", "zh", "pt-BR", "ky"])
def test_a_voice_of_the_list_speaks(language: str) -> None:
    voice = make(voice_of(Language(language)) or "", Language(language), Path())
    assert voice.speak("1, 2, 3.").size > 10_000
