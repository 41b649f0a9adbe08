"""`audioguide listen`, as somebody types it who chooses among the voices."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from audioguide import cli
from audioguide.engines import read_voices
from audioguide.languages import Language
from audioguide.speech.decoding import decode
from audioguide.speech.festival import USUAL_SPEAKER
from festival_stand_in import StandIn
from museum import World
from started import without_settings


@pytest.fixture
def here(world: World, monkeypatch: pytest.MonkeyPatch) -> World:
    """A guide that is asked from this process."""
    for name in without_settings().keys() ^ {*without_settings(), *world.environment()}:
        monkeypatch.setenv(name, world.environment()[name])
    return world


def files(world: World, name: str) -> list[Path]:
    return sorted((world.settings.data / "listen" / name).iterdir())


def test_each_voice_says_the_same_three_sentences(
    here: World, stand_in: StandIn, capsys: pytest.CaptureFixture[str]
) -> None:
    here.edit("stops/1-alash/ru.md", "Не торопитесь.", "Раз. Два. Три. Четыре. Пять.")
    assert cli.run(["listen", "1", "ru"]) == 0
    said = capsys.readouterr().out
    assert "Раз." in said
    assert "Пять." not in said
    assert [file.name for file in files(here, "1-alash-ru")] == [
        f"1-festival-{USUAL_SPEAKER}.mp3",
        "2-espeak-ng.mp3",
    ]
    for file in files(here, "1-alash-ru"):
        samples, rate = decode(file.read_bytes())
        assert samples.size > rate
        assert file.name in said
    assert len(stand_in.asked()) == 3
    others = "kk=piper,espeak-ng;ru=festival:{};en=piper,hibari,espeak-ng"
    setting = re.search('AUDIOGUIDE_VOICES="(.*)"', said)
    assert setting is not None
    assert setting[1] == others.format(USUAL_SPEAKER)
    assert [str(each) for each in read_voices(setting[1], "X").allowed[Language("ru")]] == [
        f"festival:{USUAL_SPEAKER}",
        "espeak-ng",
    ]


def test_a_voice_that_cannot_speak_says_why_and_the_others_speak(
    here: World, stand_in: StandIn, capsys: pytest.CaptureFixture[str]
) -> None:
    stand_in.does("    say(b'failed\\n')")
    assert cli.run(["listen", "alash", "ru"]) == 0
    said = capsys.readouterr().out
    assert f"✗ festival:{USUAL_SPEAKER}" in said
    assert "Festival cannot say" in said
    assert "✗ piper:ru_RU-irina-medium        No voice is installed." in said
    assert "✗ gtts" in said
    assert [file.name for file in files(here, "1-alash-ru")] == ["2-espeak-ng.mp3"]


def test_files_of_another_time_do_not_stand_beside_the_new_ones(
    here: World, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.run(["listen", "1", "kk"]) == 0
    (here.settings.data / "listen" / "1-alash-kk" / "7-whistle.mp3").write_bytes(b"old")
    assert cli.run(["listen", "1", "kk"]) == 0
    assert [file.name for file in files(here, "1-alash-kk")] == ["1-espeak-ng.mp3"]
    assert "There is one voice only. docs/en/voices.md tells" in capsys.readouterr().out


def test_a_stop_that_there_is_not_is_one_line(
    here: World, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.run(["listen", "77", "ru"]) == 2
    assert capsys.readouterr().err == "There is no stop 77. The stops are 0, 1, 2, 14.\n"
    assert not (here.settings.data / "listen").exists()
