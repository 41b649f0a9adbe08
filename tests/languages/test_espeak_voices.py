from __future__ import annotations

from pathlib import Path

import pytest

from audioguide.errors import VoiceFailed
from audioguide.languages import Language
from audioguide.languages.espeak_voices import is_voice, voice_of
from audioguide.speech.espeak import make


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


@pytest.mark.parametrize(
    "name",
    ["de", "DE", "German", "cmn", "pt-BR", "English (America)", "de+f3", "zh", "ende", "kk-x", ""],
)
def test_the_list_knows_which_names_the_voice_takes(name: str) -> None:
    voice = make(name or " ", Language("en"), Path())
    try:
        voice.speak("1")
    except VoiceFailed:
        assert not is_voice(name)
    else:
        assert is_voice(name) or is_voice(name.partition("-")[0])
