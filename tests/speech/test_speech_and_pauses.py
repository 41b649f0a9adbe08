from __future__ import annotations

import numpy as np
import pytest

from audioguide.speech.pauses import has_speech, is_silence, levels_db, speech_mask, trim_take
from audioguide.speech.voice import Samples

RATE_HZ = 24_000


def room(seconds: float, level: float = 0.001, seed: int = 1) -> Samples:
    random = np.random.default_rng(seed)
    return random.normal(0, level, int(seconds * RATE_HZ)).astype(np.float32)


def word(seconds: float, level: float = 0.2) -> Samples:
    time = np.arange(int(seconds * RATE_HZ)) / RATE_HZ
    return (level * np.sin(2 * np.pi * 180 * time)).astype(np.float32)


def lay(sound: Samples, into: Samples, at_s: float) -> None:
    start = int(at_s * RATE_HZ)
    into[start : start + sound.size] += sound


@pytest.mark.parametrize("noise", [0.0001, 0.002, 0.02])
def test_a_take_is_trimmed_to_a_breath_before_and_the_room_after(noise: float) -> None:
    heard = room(10, noise)
    lay(word(1), heard, 3)
    lay(word(1), heard, 5)

    assert trim_take(heard, RATE_HZ).size / RATE_HZ == pytest.approx(3 + 0.25 + 0.4, abs=0.06)


def test_pauses_within_stay() -> None:
    heard = room(8)
    lay(word(0.5), heard, 1)
    lay(word(0.5), heard, 6)

    kept = trim_take(heard.copy(), RATE_HZ)
    assert kept.size / RATE_HZ == pytest.approx(5.5 + 0.65, abs=0.06)


def test_a_knock_on_the_telephone_is_no_word() -> None:
    heard = room(8)
    lay(word(0.02, 0.9), heard, 0.5)
    lay(word(1), heard, 4)
    lay(word(0.02, 0.9), heard, 7.5)

    assert trim_take(heard, RATE_HZ).size / RATE_HZ == pytest.approx(1.65, abs=0.06)


def test_the_cuts_are_faded() -> None:
    heard = room(6, 0.02)
    lay(word(1), heard, 3)
    kept = trim_take(heard, RATE_HZ)

    assert abs(kept[0]) < 1e-6
    assert abs(kept[-1]) < 1e-6


def test_a_weak_beginning_belongs_to_its_word() -> None:
    heard = room(4)
    lay(word(0.1, 0.006), heard, 1.9)
    lay(word(0.5), heard, 2)
    speaks = np.flatnonzero(speech_mask(levels_db(heard, RATE_HZ)))

    assert speaks[0] * 10 == pytest.approx(1900, abs=20)


def test_a_dead_line_is_silence_and_a_quiet_voice_is_not() -> None:
    assert is_silence(np.zeros(RATE_HZ, np.float32), RATE_HZ)
    assert is_silence(np.zeros(0, np.float32), RATE_HZ)
    assert not is_silence(word(1, 0.01), RATE_HZ)


def test_an_even_noise_is_no_speech() -> None:
    heard = room(4, 0.05)
    assert not has_speech(heard, RATE_HZ)
    lay(word(1), heard, 1)
    assert has_speech(heard, RATE_HZ)


def test_nothing_has_no_speech() -> None:
    assert speech_mask(levels_db(np.zeros(0, np.float32), RATE_HZ)).size == 0
