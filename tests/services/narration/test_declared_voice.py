from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import select

from audioguide.engines import OFFLINE, read_voices
from audioguide.errors import VoiceFailed
from audioguide.languages import Declared, Language, Languages
from audioguide.models import Narration, State
from audioguide.services.narration.available_voices import MadeVoices
from museum import RU, World

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


def test_a_text_is_spoken_anew_by_another_declared_voice(tmp_path: Path) -> None:
    declared = {UDM: Declared("Удмурт", fallback=RU)}
    world = World(tmp_path, languages=Languages((RU, UDM), declared=declared))
    try:
        world.bring()
        world.speak_all()
        for voice, before in (("tt", 'fallback = "ru"'), ("uz", 'espeak = "tt"')):
            world.edit("museum.toml", before, f'espeak = "{voice}"')
            world.bring()
            with world.database.reading() as session:
                waiting = select(Narration.language).where(Narration.state == State.WANTED)
                assert set(session.scalars(waiting)) == {UDM}
            claimed = world.claim()
            assert claimed is not None
            assert claimed.espeak == voice
            world.keep(claimed)
            world.speak_all()
    finally:
        world.close()
