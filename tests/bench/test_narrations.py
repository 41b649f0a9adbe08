from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from audioguide.languages import Language
from audioguide.speech.espeak import EspeakVoice
from audioguide.speech.narration import Line, narrate
from audioguide.speech.tags import Tags
from audioguide.speech.voice import Samples
from bench import joe
from bench import narrations as bench
from toy_voice import write_voice

RATE_HZ = 22_050


@pytest.mark.thorough
def test_a_voice_in_its_place_is_measured_with_all_that_is_promised(tmp_path: Path) -> None:
    write_voice(tmp_path / "voices", joe.SPEAKER)
    rows = {row.what: row for row in bench.rows(tmp_path, joe.LANGUAGE, bench.A_REAL_PIPER, 1)}
    assert rows["narrations, of so many texts"].measured == "1 of 1"
    assert float(rows["times as fast as it lasts"].measured.split()[0]) > 1
    assert rows["loudness of the MP3, decoded"].is_kept
    assert rows["the cue that is farthest off"].promised == "30 ms"
    assert rows["words whose stress moves as the phonemes say"].measured.endswith(" of 3")


def test_a_cue_that_is_off_is_seen_in_the_decoded_sound() -> None:
    lines = [[Line(each, each) for each in ("Here people are remembered.", "There were many.")]]
    sound = narrate(lines, EspeakVoice(Language("en")), Tags("t", "a", "b", Language("en")))
    assert bench.worst_cue_ms(sound.mp3, sound.cues) < bench.CUE_MS
    first, *others = sound.cues
    late = replace(first, start_ms=first.start_ms + 80)
    assert 50 < bench.worst_cue_ms(sound.mp3, [late, *others]) < 110


def test_a_stress_is_heard_where_the_louder_half_moves_and_not_where_it_stays() -> None:
    def moves(word: str) -> Samples:
        loud = np.linspace(1, 0.5, RATE_HZ) if "[ˈ" in word else np.linspace(0.5, 1, RATE_HZ)
        return (loud * np.sin(np.arange(RATE_HZ))).astype(np.float32)

    assert bench.is_stress_heard(moves, "ˈɪnsʌlt", "ɪnsˈʌlt")
    assert not bench.is_stress_heard(moves, "ɪnsˈʌlt", "ɪnsˈʌlt")


def test_a_loudness_that_is_off_breaks_the_promise() -> None:
    assert bench.loudness("it", [-16.2, -15.8]).is_kept
    assert not bench.loudness("it", [-16.0, -17.0]).is_kept
