"""A package in the place of Hibari: what it is given, and what becomes of its mistakes.

The real one speaks in `scripts/bench.py --narrations --voice en hibari`, where it is installed.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from audioguide.engines import engine_of
from audioguide.errors import VoiceFailed, VoiceUnavailable, VoiceWithoutSound
from audioguide.languages import Language
from audioguide.speech import registry
from audioguide.speech.hibari import HibariVoice

SENTENCE = "People are remembered here."
SPEAKS = """
import numpy as np
made = []
class Hibari:
    def __init__(self, voice):
        made.append(voice)
    def __call__(self, text, speed, seed):
        if "tongue" in text:
            raise KeyError("tongue")
        self.said = text, speed, seed
        return np.full(0 if "silence" in text else int(2400 * len(text)), 0.5)
"""


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    file = tmp_path / "hibari.py"
    file.write_text(SPEAKS, encoding="utf-8")
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.delitem(sys.modules, "hibari", raising=False)
    yield file
    sys.modules.pop("hibari", None)


@pytest.mark.usefixtures("package")
def test_a_sentence_is_said_slowly_and_each_time_alike_by_the_voice_in_the_package() -> None:
    voice = HibariVoice()
    samples = voice.speak(SENTENCE)
    assert samples.dtype == np.float32
    assert samples.size == 2400 * len(SENTENCE)
    assert voice._engine.said == (SENTENCE, 0.9, 0)
    voice.speak(SENTENCE)
    assert sys.modules["hibari"].made == ["heart"]  # loaded once, and none that it would download


@pytest.mark.usefixtures("package")
def test_what_would_be_a_command_to_it_is_read_as_words() -> None:
    voice = HibariVoice()
    voice.speak("He wrote [Aqbilek](/x/), a *novel*.")
    said, *_ = voice._engine.said
    assert said.split() == ["He", "wrote", "Aqbilek", "x", ",", "a", "novel", "."]


@pytest.mark.usefixtures("package")
@pytest.mark.parametrize(
    ("sentence", "error", "why"),
    [
        ("…!", VoiceFailed, "nothing to speak"),
        ("[](//)", VoiceFailed, "nothing to speak"),
        ("A tongue twister.", VoiceWithoutSound, "Hibari cannot say “A tongue twister.”: KeyError"),
        ("Then silence.", VoiceWithoutSound, "cannot be “Then silence.”"),
    ],
)
def test_what_it_cannot_say_is_a_failed_sentence(
    sentence: str, error: type[VoiceFailed], why: str
) -> None:
    with pytest.raises(error, match=why):
        HibariVoice().speak(sentence)


def test_a_package_that_does_not_load_is_an_unavailable_voice(package: Path) -> None:
    package.write_text("raise OSError('no libonnxruntime here')\n", encoding="utf-8")
    with pytest.raises(VoiceUnavailable, match="cannot be loaded: OSError no libonnxruntime"):
        HibariVoice().speak(SENTENCE)


def test_without_its_package_it_says_what_to_run(monkeypatch: pytest.MonkeyPatch) -> None:
    engine = engine_of("hibari")
    assert engine is not None
    monkeypatch.setattr("importlib.util.find_spec", lambda _name: None)
    _, why = registry.choose(engine, "", Language("en"), Path())
    assert str(why) == "Its package is not installed. Run: python3 scripts/voices.py"


@pytest.mark.usefixtures("package")
def test_it_is_at_hand_where_its_package_is() -> None:
    engine = engine_of("hibari")
    assert engine is not None
    assert registry.choose(engine, "", Language("en"), Path()) == ("", None)
    assert registry.make(engine, "", Language("en"), Path()).name == "hibari"
