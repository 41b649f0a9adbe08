"""A new engine is one module, one line, and its speakers among the facts: added so, and heard."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from audioguide import engines, speech
from audioguide.engines import Engine
from audioguide.errors import AskedWrongly
from audioguide.languages import Facts, Language, facts
from audioguide.models import Transcript
from audioguide.services.narration import audible, available_voices, plan, queue, speaking
from museum import THREE, World

KK, RU, EN = Language("kk"), Language("ru"), Language("en")
THE_MODULE = """
import numpy as np


class Whistle:
    name, settings, sample_rate_hz = "whistle", "whistle 1", 24_000

    def speak(self, sentence):
        seconds = 0.1 * len(sentence)
        times = np.arange(int(seconds * self.sample_rate_hz)) / self.sample_rate_hz
        return (0.3 * np.sin(2 * np.pi * 440 * times) * np.sin(6 * times) ** 2).astype("float32")


def make(speaker, language, folder):
    return Whistle()
"""
THE_LINE = Engine("whistle", module="whistle", company="Whistlers")


def whistled(language: Language) -> Facts:
    """The facts of a language, with a speaker of the new engine where it speaks it."""
    known = facts(language)
    return replace(known, speakers={**known.speakers, "whistle": ""}) if language != RU else known


@pytest.fixture
def whistle(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The new engine: its module beside the others, its line before all others."""
    folder = tmp_path / "speech"
    folder.mkdir()
    (folder / "whistle.py").write_text(THE_MODULE, encoding="utf-8")
    monkeypatch.setattr(speech, "__path__", [*speech.__path__, str(folder)])
    monkeypatch.setattr(engines, "facts", whistled)
    monkeypatch.setattr(engines, "ENGINES", (THE_LINE, *engines.ENGINES))


@pytest.mark.usefixtures("whistle")
def test_a_new_engine_is_wanted_claimed_spoken_and_heard(world: World) -> None:
    settings = world.settings_with(VOICES="en=whistle")
    wishes = available_voices.wishes(settings.voices, settings.data, THREE)
    assert wishes.chains[EN] == ["whistle", "espeak-ng"]
    with world.database.writing() as session:
        plan.want_all(session, wishes)
    while (claimed := world.claim()) is not None:
        if claimed.voice != "whistle":
            world.keep(claimed)
            continue
        voice = available_voices.voice("whistle", EN, settings.voices, settings.data)
        spoken = speaking.speak(claimed, voice, world.media, world.store, "", lambda: None)
        with world.database.writing() as session:
            assert queue.keep(session, claimed, spoken)
    with world.database.reading() as session:
        for text in session.query(Transcript).where(Transcript.language == EN):
            heard = audible.heard(session, text.stop_id, EN, text.digest)
            assert heard is not None
            assert (heard.voice, heard.is_current) == ("whistle", True)


@pytest.mark.usefixtures("whistle")
def test_a_start_says_whose_engine_gets_the_texts(world: World) -> None:
    settings = world.settings_with(VOICES="auto")
    said = [str(each) for each in available_voices.lines(settings.voices, settings.data, THREE)]
    assert any("whistle" in line for line in said)
    assert said[-1].startswith("The texts are sent to Google, Microsoft, Whistlers to be spoken")


@pytest.mark.usefixtures("whistle")
def test_check_says_which_languages_a_new_engine_lacks(world: World) -> None:
    settings = world.settings_with(VOICES="kk=whistle")
    with world.database.reading() as session:
        notes = [
            str(each) for each in available_voices.notes(session, settings.voices, settings.data)
        ]
    assert "voices ru: whistle does not speak this language." in notes
    assert "voices en: whistle does not speak this language." not in notes


@pytest.mark.usefixtures("whistle")
def test_a_new_engine_is_refused_for_a_language_that_it_lacks(world: World) -> None:
    with pytest.raises(AskedWrongly, match="names whistle, and the voices for ru are piper, gtts"):
        world.settings_with(VOICES="ru=whistle")
    with pytest.raises(AskedWrongly, match="names whistle:loud"):
        world.settings_with(VOICES="en=whistle:loud")


def test_an_engine_that_nobody_has_heard_of_is_refused(world: World) -> None:
    with pytest.raises(AskedWrongly, match="names whistle"):
        world.settings_with(VOICES="en=whistle")
