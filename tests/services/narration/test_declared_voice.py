from __future__ import annotations

from pathlib import Path

import pytest

from audioguide.engines import OFFLINE, read_voices
from audioguide.errors import VoiceFailed
from audioguide.languages import Declared, Language, Languages
from audioguide.services.narration.available_voices import MadeVoices

UDM = Language("udm")
VOICES = read_voices(OFFLINE, "X")


def spoken(folder: Path, languages: Languages) -> int:
    """How many samples espeak-ng makes of a word, as the museum has it called."""
    voice = MadeVoices(VOICES, folder).get("espeak-ng", UDM, languages.espeak(UDM))
    return len(voice.speak("Kenesh."))


def test_a_language_that_espeak_does_not_know_is_spoken_as_the_museum_says(tmp_path: Path) -> None:
    assert spoken(tmp_path, Languages((UDM,), declared={UDM: Declared(espeak="uz")})) > 1000


def test_without_a_declared_voice_it_is_not_spoken_and_that_is_said(tmp_path: Path) -> None:
    with pytest.raises(VoiceFailed):
        spoken(tmp_path, Languages((UDM,)))
