from __future__ import annotations

import subprocess
import sys
import wave
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from audioguide.errors import VoiceFailed, VoiceUnavailable
from audioguide.languages import Language, Manner, facts
from audioguide.services.narration.scripts import Script
from audioguide.speech.espeak import EspeakVoice
from audioguide.speech.mastering import SAMPLE_RATE_HZ
from audioguide.speech.narration import Line
from audioguide.speech.voice import Samples
from bench import ear, grid, listening
from bench.candidate import Candidate
from bench.heard import Score

RU = Language("ru")
SECONDS = 10
VOICE = EspeakVoice(RU)  # for its rate alone
TEXT = ear.Text(7, RU, ((Line("Его помнят.", "Его помнят."),),))


def ten_seconds(_: Line) -> Samples:
    return np.ones(SECONDS * VOICE.sample_rate_hz, np.float32)


def lines(*counts: int) -> Script:
    return tuple(tuple(Line(f"{n}", f"{n}") for n in range(count)) for count in counts)


def test_passages_are_heard_at_one_go_and_lose_no_sentence() -> None:
    found = list(ear.passages(lines(1, 4, 2), ten_seconds, VOICE))
    shown = [[line.shown for part in passage for line, _ in part] for passage in found]
    assert shown == [["0", "0"], ["1", "2"], ["3", "0"], ["1"]]
    assert [len(passage) for passage in found] == [2, 1, 2, 1]  # pauses of paragraphs are kept


def test_a_sentence_longer_than_that_is_a_passage_of_its_own() -> None:
    def a_minute(_: Line) -> Samples:
        return np.ones(60 * VOICE.sample_rate_hz, np.float32)

    assert len(list(ear.passages(lines(2), a_minute, VOICE))) == 2


def test_a_sentence_that_cannot_be_said_is_counted_and_not_passed_over() -> None:
    text = ear.Text(1, RU, ((Line("…", "…"), Line("Да.", "Да.")),))
    result = ear.Result("espeak-ng", RU)
    ((shown, sound),) = ear.spoken(VOICE, text, result)
    assert (shown, result.unspoken) == ("… Да.", 1)
    assert "1 sentences not spoken" in result.row
    assert sound.size > SAMPLE_RATE_HZ // 4


def test_the_recogniser_gets_16_kilohertz_that_are_not_clipped(tmp_path: Path) -> None:
    listening.write_wav(tmp_path / "a.wav", np.sin(np.arange(24_000, dtype=np.float32)) * 3)
    with wave.open(str(tmp_path / "a.wav")) as file:
        assert (file.getframerate(), file.getnframes()) == (16_000, 16_000)
        values = np.frombuffer(file.readframes(16_000), "<i2")
    assert np.abs(values.astype(int)).max() == pytest.approx(0.9 * 32_767, abs=2)


def test_a_candidate_is_a_command_that_writes_a_wav(tmp_path: Path) -> None:
    made = tmp_path / "made.py"
    made.write_text(
        "import sys, wave\n"
        "said = sys.stdin.buffer.read().decode()\n"
        "with wave.open(sys.argv[1], 'wb') as file:\n"
        "    file.setparams((1, 2, 12_000, 0, 'NONE', ''))\n"
        "    file.writeframes(b'\\x00\\x40' * 1_200 * len(said))\n",
        encoding="utf-8",
    )
    voice = Candidate("mine", f"{sys.executable} {made} {{wav}}")
    said = voice.speak("Да́, да")
    assert said.size == pytest.approx(6 * SAMPLE_RATE_HZ / 10, abs=2)
    assert np.abs(said).max() == pytest.approx(0.5, abs=0.1)


@pytest.mark.parametrize("command", ["false", "true", "no-such-program-here {wav}"])
def test_a_candidate_without_a_sound_is_a_failed_sentence(command: str) -> None:
    with pytest.raises(VoiceFailed):
        Candidate("mine", command).speak("Да.")


def test_the_grid_keeps_the_best_of_each_before_it_tries_the_next(
    capsys: pytest.CaptureFixture[str],
) -> None:
    def measure(way: grid.Way) -> Score:
        wrong = abs(way.manner.rate - 120) + abs(way.manner.pitch - 60)
        return Score(words=100, words_wrong=1, letters=100, letters_wrong=wrong)

    tried = grid.read_tried(["rate=100,120,150", "pitch=30,60"])
    best, *_ = found = grid.search(RU, tried, measure)
    present = facts(RU).manner
    assert (best.way.manner.rate, best.way.manner.pitch) == (120, 60)
    assert len(found) == 1 + 3 + 2
    assert {each.way.manner.rate for each in found if each.way.manner.pitch != present.pitch} == {
        120
    }
    assert "rate=120, pitch=60" in capsys.readouterr().out.splitlines()[1]


def test_a_variant_stands_behind_the_voice_and_can_be_taken_off() -> None:
    way = grid.Way(Manner("ru+f2", rate=1, pitch=2, pitch_range=3))
    assert grid.changed(way, "variant", "m3").manner.voice == "ru+m3"
    assert grid.changed(way, "variant", "").manner.voice == "ru"


def test_a_way_may_pause_longer_and_leave_marks_out() -> None:
    way = grid.changed(grid.Way(facts(RU).manner), "sentence_pause", "600")
    assert way.sentence_pause_ms == 600
    sentence = "Он жил, писал, работал."
    heard = grid.Marked(RU, way).speak(sentence)
    hurried = grid.Marked(RU, grid.changed(way, "marks", "no commas")).speak(sentence)
    assert hurried.size < 0.95 * heard.size


@pytest.mark.parametrize("given", ["speed=1", "rate", "rate=fast", "rate=", "marks=none"])
def test_a_grid_of_what_there_is_not_is_refused(given: str) -> None:
    with pytest.raises(ValueError, match="--try"):
        grid.read_tried([given])


def test_another_manner_is_heard_and_the_usual_one_comes_back() -> None:
    sentence = "Его любили и помнили."
    slow = Manner("ru", rate=90, pitch=45, pitch_range=45, word_gap=6)
    before = EspeakVoice(RU).speak(sentence).size
    assert EspeakVoice(RU, manner=slow).speak(sentence).size > 1.2 * before
    assert EspeakVoice(RU).speak(sentence).size == pytest.approx(before, rel=0.01)


STANDS_IN = """
import json, sys, time
print(json.dumps({"ready": True}), flush=True)
for line in sys.stdin:
    asked = json.loads(line)
    if asked["language"] == "en":
        sys.exit(3)
    heard = {"text": "его помнят"} | ({"sounds_like": "la"} if asked["asks"] else {})
    print(json.dumps(heard), flush=True)
"""


@pytest.fixture
def stand_in_ear(tmp_path: Path) -> Iterator[listening.Ear]:
    command = [sys.executable, "-c", STANDS_IN]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8"
    ) as process:
        made = listening.Ear(process, tmp_path)
        assert made.answer() == {"ready": True}
        yield made
        process.kill()


def test_a_voice_that_sounds_like_another_language_is_named_as_such(
    stand_in_ear: listening.Ear, tmp_path: Path
) -> None:
    result = ear.listen(EspeakVoice(RU), [TEXT, TEXT], stand_in_ear, (), tmp_path / "kept")
    assert result.score == Score(words=4, letters=18)
    assert result.row.endswith("la 2")
    kept = (tmp_path / "kept" / "espeak-ng-ru" / "7.txt").read_text(encoding="utf-8")
    assert kept == "Его помнят.\n> его помнят\n"


def test_a_recogniser_that_ends_ends_the_bench_with_a_line(stand_in_ear: listening.Ear) -> None:
    with pytest.raises(SystemExit, match="The recogniser has ended or hangs"):
        stand_in_ear.listen(np.zeros(2_400, np.float32), Language("en"), asks=True)


def test_a_voice_that_cannot_speak_is_a_line_of_the_table(stand_in_ear: listening.Ear) -> None:
    class Absent(EspeakVoice):
        def speak(self, sentence: str) -> Samples:
            raise VoiceUnavailable("Festival cannot be started.")

    line = ear.row(Absent(RU), [TEXT], stand_in_ear, (), None)
    assert " ".join(line.split()) == "espeak-ng ru does not speak: Festival cannot be started."
