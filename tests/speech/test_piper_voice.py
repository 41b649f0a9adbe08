from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from audioguide.errors import VoiceFailed, VoiceUnavailable
from audioguide.languages import Language
from audioguide.speech import piper
from audioguide.speech.narration import Line, narrate
from audioguide.speech.piper import PiperVoice
from audioguide.speech.tags import Tags
from toy_voice import SAMPLE_RATE_HZ, write_voice

KAZAKH, RUSSIAN = "kk_KZ-issai-high", "ru_RU-irina-medium"
SENTENCES = {
    "kk_KZ-issai-high": "Бұл жерде мұражай тұр.",
    "ru_RU-irina-medium": "На этом месте стоит музей.",
    "en_GB-alba-medium": "A museum stands on this site.",
}


@pytest.mark.parametrize(("name", "sentence"), SENTENCES.items())
def test_a_voice_from_a_file_speaks_each_language(tmp_path: Path, name: str, sentence: str) -> None:
    write_voice(tmp_path, name)
    voice = PiperVoice(tmp_path, name)
    samples = voice.speak(sentence)
    assert (voice.name, voice.sample_rate_hz) == (f"piper:{name}", SAMPLE_RATE_HZ)
    assert samples.dtype == np.float32
    assert 0.5 < samples.size / SAMPLE_RATE_HZ < 10
    assert 0.2 < np.abs(samples).max() <= 1


def test_a_narration_by_piper_has_a_cue_for_each_of_our_sentences(tmp_path: Path) -> None:
    write_voice(tmp_path, RUSSIAN)
    shown = ["А. Байтурсынов родился в 1872 г.", "Он был поэтом."]
    lines = [[Line(each, each) for each in shown]]
    sound = narrate(lines, PiperVoice(tmp_path, RUSSIAN), Tags("t", "a", "b", Language("ru")))
    assert [cue.text for cue in sound.cues] == shown


@pytest.mark.parametrize("sentence", ["", "…!", "🙂", "а" * 5000])
def test_what_cannot_be_said_fails_before_the_model_is_asked(tmp_path: Path, sentence: str) -> None:
    with pytest.raises(VoiceFailed, match=r"nothing to speak|more than 60 letters"):
        PiperVoice(tmp_path, KAZAKH).speak(sentence)


def missing(model: Path) -> None:
    model.unlink()


def truncated(model: Path) -> None:
    model.write_bytes(model.read_bytes()[:1500])


def empty(model: Path) -> None:
    model.write_bytes(b"")


def a_pointer(model: Path) -> None:
    model.write_text(
        "version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 1\n", encoding="ascii"
    )


def without_description(model: Path) -> None:
    model.with_name(f"{model.name}.json").unlink()


def with_a_broken_description(model: Path) -> None:
    model.with_name(f"{model.name}.json").write_text("{", encoding="utf-8")


def with_half_a_description(model: Path) -> None:
    described = {"audio": {"sample_rate": 22050}}
    model.with_name(f"{model.name}.json").write_text(json.dumps(described), encoding="utf-8")


def changed(model: Path) -> None:
    model.with_name(model.name.replace(".onnx", ".sha256")).write_text("0" * 64, encoding="ascii")


BROKEN: list[tuple[Callable[[Path], None], str]] = [
    (missing, "issai-high.onnx is not there"),
    (truncated, "issai-high.onnx is not a whole voice"),
    (empty, "issai-high.onnx is not a whole voice"),
    (a_pointer, "is a pointer of Git LFS, not the voice itself"),
    (without_description, "issai-high.onnx.json is not there"),
    (with_a_broken_description, "issai-high.onnx.json cannot be read"),
    (with_half_a_description, "issai-high.onnx is not a whole voice"),
    (changed, "has changed since it was installed"),
]


@pytest.mark.parametrize(("spoil", "said"), BROKEN, ids=[each.__name__ for each, _ in BROKEN])
def test_a_broken_voice_is_unavailable_and_says_why(
    tmp_path: Path, spoil: Callable[[Path], None], said: str
) -> None:
    spoil(write_voice(tmp_path, KAZAKH))
    with pytest.raises(VoiceUnavailable, match=said):
        PiperVoice(tmp_path, KAZAKH).speak("Сәлем.")


def test_a_voice_with_its_right_checksum_speaks(tmp_path: Path) -> None:
    model = write_voice(tmp_path, KAZAKH)
    model.with_name(f"{KAZAKH}.sha256").write_text(piper.checksum(model), encoding="ascii")
    assert PiperVoice(tmp_path, KAZAKH).speak("Сәлем.").size > 0


NAMED = {"Iseke": 1, "Raya": 2}


def pitch_hz(voice: PiperVoice) -> float:
    """Say how often a second the sound of a sentence passes through zero upwards."""
    samples = voice.speak("Сәлем.")
    upwards = np.count_nonzero((samples[:-1] < 0) & (samples[1:] >= 0))
    return float(upwards * voice.sample_rate_hz / samples.size)


@pytest.mark.parametrize(("named", "octaves"), [("0", 0), ("1", 1), ("Raya", 2), ("2", 2)])
def test_a_voice_of_several_speaks_by_the_speaker_that_is_named(
    tmp_path: Path, named: str, octaves: int
) -> None:
    write_voice(tmp_path, KAZAKH, speakers=3, named=NAMED)
    voice = PiperVoice(tmp_path, f"{KAZAKH}#{named}")
    usual = PiperVoice(tmp_path, KAZAKH)
    assert voice.name == f"piper:{KAZAKH}#{named}"
    assert voice.settings != usual.settings
    assert pitch_hz(voice) == pytest.approx(2**octaves * pitch_hz(usual), rel=0.1)


def test_a_speaker_that_is_named_like_a_number_goes_before_the_number(tmp_path: Path) -> None:
    write_voice(tmp_path, KAZAKH, speakers=2, named={"1": 0, "0": 1})
    low, high = (PiperVoice(tmp_path, f"{KAZAKH}#{each}") for each in "10")
    assert pitch_hz(high) == pytest.approx(2 * pitch_hz(low), rel=0.1)


@pytest.mark.parametrize("named", ["3", "raya", "-1", "99999", "²"])
def test_a_speaker_that_a_voice_has_not_is_named_with_those_that_it_has(
    tmp_path: Path, named: str
) -> None:
    write_voice(tmp_path, KAZAKH, speakers=3, named=NAMED)
    said = rf"{KAZAKH} has no speaker “{named}”. It has: 0, 1 \(Iseke\), 2 \(Raya\)"
    assert re.search(said, str(piper.what_is_wrong(tmp_path, f"{KAZAKH}#{named}")))
    with pytest.raises(VoiceUnavailable, match=said):
        PiperVoice(tmp_path, f"{KAZAKH}#{named}").speak("Сәлем.")


def test_of_many_speakers_the_first_are_listed_and_of_one_none(tmp_path: Path) -> None:
    write_voice(tmp_path, KAZAKH, speakers=904)
    write_voice(tmp_path, "kk_KZ-aaa-low", speakers=9)
    write_voice(tmp_path, RUSSIAN)
    assert piper.several(tmp_path, KAZAKH) == "0, 1, 2, 3, 4, 5, 6, 7 … 903"
    assert piper.several(tmp_path, "kk_KZ-aaa-low") == "0, 1, 2, 3, 4, 5, 6, 7 … 8"
    assert piper.several(tmp_path, RUSSIAN) == ""
    assert "It has: 0." in str(piper.what_is_wrong(tmp_path, f"{RUSSIAN}#1"))


@pytest.mark.parametrize("wrong", [{"num_speakers": "six"}, {"speaker_id_map": [1]}])
def test_speakers_that_are_described_wrongly_are_a_description_that_cannot_be_read(
    tmp_path: Path, wrong: dict[str, object]
) -> None:
    config = write_voice(tmp_path, KAZAKH, speakers=2).with_suffix(".onnx.json")
    described = json.loads(config.read_text(encoding="utf-8")) | wrong
    config.write_text(json.dumps(described), encoding="utf-8")
    assert "json cannot be read" in str(piper.what_is_wrong(tmp_path, f"{KAZAKH}#1"))
    assert piper.several(tmp_path, KAZAKH) == ""


def test_the_usual_voice_comes_first_and_half_a_voice_is_none(tmp_path: Path) -> None:
    for name in ("kk_KZ-aaa-low", KAZAKH, RUSSIAN):
        write_voice(tmp_path, name)
    without_description(write_voice(tmp_path, "kk_KZ-raya-x_low"))
    assert piper.speakers(tmp_path, Language("kk")) == [KAZAKH, "kk_KZ-aaa-low"]
