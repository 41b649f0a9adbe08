from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from audioguide.errors import VoiceFailed
from audioguide.speech.loudness import loudness_lufs, true_peak_dbtp
from audioguide.speech.mastering import Leveler, is_silent, join, trim

RATE = 24_000


def burst(ms: int, height: float = 0.5, sample_rate_hz: int = RATE) -> NDArray[np.float32]:
    return np.full(sample_rate_hz * ms // 1000, height, np.float32)


def speechlike(seconds: int, height: float) -> NDArray[np.float32]:
    """Noise that swells and fades four times a second and has a hard peak in each swell."""
    times = np.arange(seconds * RATE) / RATE
    noise = np.random.default_rng(9).normal(0, 0.15, times.size)
    wave = noise * np.abs(np.sin(2 * np.pi * 2 * times))
    wave[RATE // 8 :: RATE // 4] = 1.0
    return (wave * height).astype(np.float32)


def test_trimming_leaves_the_sound_and_little_around_it() -> None:
    silence = np.zeros(RATE, np.float32)

    trimmed = trim(np.concatenate([silence, burst(100), silence]), RATE)

    assert trimmed.size == RATE * (4 + 100 + 20) // 1000
    assert np.array_equal(trimmed[96 : 96 + 2400], burst(100))


def test_trimming_fades_the_noise_at_the_cuts_to_nothing() -> None:
    noise = np.full(RATE, 0.001, np.float32)

    trimmed = trim(np.concatenate([noise, burst(100), noise]), RATE)

    assert trimmed[0] == 0
    assert trimmed[-1] == 0


def test_trimming_keeps_a_sound_that_fills_its_samples() -> None:
    assert np.array_equal(trim(burst(100), RATE), burst(100))


def test_trimming_leaves_the_samples_it_was_given_alone() -> None:
    given = np.concatenate([np.full(RATE, 0.001, np.float32), burst(100)])
    before = given.copy()

    trim(given, RATE)

    assert np.array_equal(given, before)


def test_silence_trims_to_nothing() -> None:
    assert is_silent(np.zeros(0, np.float32))
    assert trim(np.zeros(RATE, np.float32), RATE).size == 0


def test_sentences_and_paragraphs_stand_apart_by_their_pauses() -> None:
    _, spans = join([[burst(1000), burst(500)], [burst(250)]], RATE)

    assert [(span.start_ms, span.end_ms) for span in spans] == [
        (200, 1200),
        (1550, 2050),
        (2750, 3000),
    ]


def test_a_paragraph_without_sentences_makes_no_pause_of_its_own() -> None:
    _, spans = join([[burst(1000)], [], [burst(250)]], RATE)

    assert [span.start_ms for span in spans] == [200, 1900]


def test_the_joined_sound_ends_with_its_tail_on_a_whole_millisecond() -> None:
    joined, _ = join([[np.full(24_001, 0.5, np.float32)]], RATE)

    assert joined.size == RATE * 1601 // 1000


def test_every_sentence_starts_where_its_span_says_at_another_rate() -> None:
    sentences = [burst(500 + 3 * n, sample_rate_hz=22_050) for n in range(60)]

    joined, spans = join([sentences], 22_050)

    for span in spans:
        around = np.abs(joined[(span.start_ms - 20) * 24 : (span.start_ms + 20) * 24])
        onset_ms = np.flatnonzero(around > 0.25)[0] / 24 - 20
        assert abs(onset_ms) < 1


@pytest.mark.parametrize("height", [0.01, 0.3, 1.0])
def test_quiet_and_loud_sounds_come_to_one_loudness_under_the_ceiling(height: float) -> None:
    leveled = Leveler(speechlike(10, height)).level(-2.0)[:]

    assert loudness_lufs(leveled, RATE) == pytest.approx(-16, abs=0.1)
    assert true_peak_dbtp(leveled) <= -1.95


def test_a_sound_of_the_right_loudness_still_has_its_peaks_limited() -> None:
    wave = Leveler(speechlike(10, 1.0)).level(-2.0)[:]
    wave[RATE] = 1.0

    assert true_peak_dbtp(Leveler(wave).level(-2.0)[:]) <= -1.95


def test_the_gain_is_one_wherever_no_peak_is_near() -> None:
    wave = np.sin(2 * np.pi * 220 * np.arange(10 * RATE) / RATE).astype(np.float32) * 0.2
    with_peak = wave.copy()
    with_peak[5 * RATE] = 1.0

    leveled = Leveler(with_peak).level(-2.0)[:]

    gains = leveled[wave != 0] / wave[wave != 0]
    far = np.abs(np.flatnonzero(wave) - 5 * RATE) > 0.03 * RATE
    assert np.ptp(gains[far]) < 1e-5


def test_a_lone_click_stays_quieter_and_under_the_ceiling() -> None:
    samples = np.zeros(5 * RATE, np.float32)
    samples[RATE] = 1.0

    leveled = Leveler(samples).level(-2.0)[:]

    assert -60 < loudness_lufs(leveled, RATE) < -16
    assert true_peak_dbtp(leveled) <= -1.95


@pytest.mark.parametrize("count", [0, 2_400, 120_000])
def test_silence_has_no_loudness_to_start_from(count: int) -> None:
    with pytest.raises(VoiceFailed, match="too quiet or too short"):
        Leveler(np.zeros(count, np.float32)).level(-2.0)[:]


def test_a_leveled_sound_is_the_same_in_slices_as_whole() -> None:
    sound = np.random.default_rng(6).normal(0, 0.2, 100_003).astype(np.float32)
    found = Leveler(sound).level(-2.0)
    slices = [found[start : start + 7_777] for start in range(0, found.size, 7_777)]

    assert found.size == sound.size
    np.testing.assert_array_equal(np.concatenate(slices), found[:])
