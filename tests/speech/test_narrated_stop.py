from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO

import av
import numpy as np
import pytest
from av.filter import Graph

from audioguide.errors import VoiceFailed
from audioguide.languages import LANGUAGES, Language
from audioguide.speech.cues import read_webvtt
from audioguide.speech.decoding import decode
from audioguide.speech.espeak import EspeakVoice
from audioguide.speech.narration import Line, Sound, narrate
from audioguide.speech.tags import Tags
from audioguide.speech.voice import Samples

TEXTS = {
    Language("kk"): [
        ["Лагерь 1938 ж. құрылды.|Лагерь мың тоғыз жүз отыз сегізінші жылы құрылды.", "Жетті."],
        ["Әйелдер қамыс шауып, кірпіш құйып, тігін фабрикасында жұмыс істеді."],
    ],
    Language("ru"): [
        ["Лагерь создан в 1938 г.|Лагерь создан в тысяча девятьсот тридцать восьмом году.", "Да."],
        ["Женщины рубили камыш, делали кирпич и работали на швейной фабрике."],
    ],
    Language("en"): [
        ["The camp was set up in 1938.|The camp was set up in nineteen thirty-eight.", "Yes."],
        ["The women cut reeds, made bricks and worked in a sewing factory."],
    ],
}


def line(text: str) -> Line:
    shown, _, spoken = text.partition("|")
    return Line(shown, spoken or shown)


def paragraphs(language: Language) -> list[list[Line]]:
    return [[line(text) for text in paragraph] for paragraph in TEXTS[language]]


@pytest.fixture(scope="module", params=list(LANGUAGES))
def sound(request: pytest.FixtureRequest) -> Sound:
    language: Language = request.param
    return narrate(
        paragraphs(language), EspeakVoice(language), Tags("Title", "Album", "Artist", language)
    )


def independent_measure(coded: bytes) -> tuple[float, float]:
    """Return loudness and true peak as the ebur128 filter of FFmpeg measures them."""
    with av.open(BytesIO(coded), "r") as container:
        stream = container.streams.audio[0]
        graph = Graph()
        source = graph.add_abuffer(template=stream)
        meter = graph.add("ebur128", "metadata=1:peak=true")
        sink = graph.add("abuffersink")
        source.link_to(meter)
        meter.link_to(sink)
        graph.configure()
        measured = []
        for frame in container.decode(stream):
            graph.push(frame)
            while True:
                try:
                    measured.append(dict(graph.pull().metadata))
                except (BlockingIOError, EOFError):
                    break
    loudness = [values["lavfi.r128.I"] for values in measured if "lavfi.r128.I" in values]
    peaks = [float(v["lavfi.r128.true_peaks_ch0"]) for v in measured if "lavfi.r128.I" in v]
    return float(loudness[-1]), float(20 * np.log10(max(peaks)))


def test_an_independent_meter_finds_the_loudness_and_the_peak_of_the_house(sound: Sound) -> None:
    loudness, true_peak = independent_measure(sound.mp3)
    loudness_of_webm, true_peak_of_webm = independent_measure(sound.webm)

    assert loudness == pytest.approx(-16, abs=0.3)
    # A ceiling that must be lowered for the peaks costs the WebM up to 0.4 LU.
    assert loudness_of_webm == pytest.approx(-16, abs=0.5)
    assert max(true_peak, true_peak_of_webm) <= -1
    assert sound.loudness_lufs == pytest.approx(loudness, abs=0.1)
    assert sound.true_peak_dbtp == pytest.approx(max(true_peak, true_peak_of_webm), abs=0.2)


def test_the_duration_is_that_of_the_decoded_sound(sound: Sound) -> None:
    for coded in (sound.mp3, sound.webm):
        heard, sample_rate_hz = decode(coded)

        assert heard.size * 1000 == sound.duration_ms * sample_rate_hz


def test_the_first_sentence_starts_after_the_lead_in_and_the_last_ends_before_the_tail(
    sound: Sound,
) -> None:
    assert sound.cues[0].start_ms == 200
    assert sound.duration_ms - sound.cues[-1].end_ms in (400, 401, 402)


def test_the_pauses_are_those_of_sentences_and_paragraphs(sound: Sound) -> None:
    first, second, third = sound.cues

    assert second.start_ms - first.end_ms == pytest.approx(350, abs=1)
    assert third.start_ms - second.end_ms == pytest.approx(700, abs=1)


def test_it_sounds_within_the_cues_and_is_quiet_between_them(sound: Sound) -> None:
    heard, _ = decode(sound.mp3)

    for cue, following in zip(sound.cues, sound.cues[1:], strict=False):
        within = heard[cue.start_ms * 24 : cue.end_ms * 24]
        between = heard[(cue.end_ms + 30) * 24 : (following.start_ms - 30) * 24]
        assert np.abs(within).max() > 0.1
        assert np.abs(between).max() < 0.001


@pytest.mark.parametrize("language", list(LANGUAGES))
def test_the_cues_carry_the_words_as_shown(language: Language) -> None:
    narrated = narrate(paragraphs(language), EspeakVoice(language), Tags("t", "a", "b", language))

    shown = [line.shown for paragraph in paragraphs(language) for line in paragraph]
    assert [cue.text for cue in narrated.cues] == shown
    assert read_webvtt(narrated.webvtt) == narrated.cues


@dataclass(frozen=True)
class FakeVoice:
    """Answers with what it was given, and fails at the word that it cannot say."""

    samples: Samples
    name: str = "fake"
    settings: str = "fake"
    sample_rate_hz: int = 24_000

    def speak(self, sentence: str) -> Samples:
        if "тас" in sentence:
            raise VoiceFailed("no such sound.")
        return self.samples


def narrate_with(voice: FakeVoice, *sentences: str) -> Sound:
    lines = [[Line(sentence, sentence) for sentence in sentences]]
    return narrate(lines, voice, Tags("t", "a", "b", Language("kk")))


NOISE = np.random.default_rng(3).normal(0, 0.1, 24_000).astype(np.float32)


def test_a_failed_voice_names_the_sentence_and_the_reason() -> None:
    with pytest.raises(VoiceFailed, match=r"fake could not speak “Бұл \{тас\}\.”: no such sound\."):
        narrate_with(FakeVoice(NOISE), "Бір.", "Бұл {тас}.")


@pytest.mark.parametrize("count", [0, 24_000])
def test_a_silent_voice_fails_with_the_sentence(count: int) -> None:
    with pytest.raises(VoiceFailed, match=r"returned silence for: Бір\."):
        narrate_with(FakeVoice(np.zeros(count, np.float32)), "Бір.")


@dataclass(frozen=True)
class Sparing(FakeVoice):
    """Is silent on each sentence that says so."""

    def speak(self, sentence: str) -> Samples:
        return self.samples * 0 if "②" in sentence else self.samples


@pytest.mark.parametrize("place", [0, 1, 2])
def test_the_last_voice_passes_over_what_it_cannot_say(place: int) -> None:
    shown = ["Бір.", "Екі."]
    shown.insert(place, "Ә ②.")
    lines = [[Line(each, each)] for each in shown]
    tags = Tags("t", "a", "b", Language("kk"))
    narrated = narrate(lines, Sparing(NOISE), tags, passes_over=True)

    assert narrated.passed_over == ("Ә ②.",)
    assert [cue.text for cue in narrated.cues] == shown
    assert all(cue.start_ms < cue.end_ms for cue in narrated.cues)
    assert narrated.cues[place].end_ms - narrated.cues[place].start_ms == 100
    with pytest.raises(VoiceFailed, match="returned silence for: Ә ②"):
        narrate(lines, Sparing(NOISE), tags)


def test_the_last_voice_is_not_asked_for_marks_alone() -> None:
    lines = [[Line("Бір.", "Бір."), Line("Т.", "тас"), Line("№", "…")]]
    tags = Tags("t", "a", "b", Language("kk"))
    with pytest.raises(VoiceFailed, match="no such sound"):
        narrate(lines, FakeVoice(NOISE), tags, passes_over=True)
    narrated = narrate([[lines[0][0], lines[0][2]]], FakeVoice(NOISE), tags, passes_over=True)
    assert narrated.passed_over == ("№",)


def test_the_last_voice_that_says_nothing_at_all_fails() -> None:
    with pytest.raises(VoiceFailed, match=r"returned silence for: Ә ②\."):
        narrate(
            [[Line("Ә ②.", "Ә ②.")]],
            Sparing(NOISE),
            Tags("t", "a", "b", Language("kk")),
            passes_over=True,
        )


@pytest.mark.parametrize("broken", [np.nan, np.inf])
def test_a_voice_of_broken_numbers_fails_with_the_sentence(broken: float) -> None:
    samples = NOISE.copy()
    samples[12_000] = broken

    with pytest.raises(VoiceFailed, match=r"returned broken sound for: Бір\."):
        narrate_with(FakeVoice(samples), "Бір.")


@pytest.mark.parametrize("nothing", [[], [[]], [[], []]])
def test_a_text_without_sentences_fails(nothing: list[list[Line]]) -> None:
    with pytest.raises(VoiceFailed, match="nothing to speak"):
        narrate(nothing, FakeVoice(NOISE), Tags("t", "a", "b", Language("kk")))


@pytest.mark.parametrize("sample_rate_hz", [16_000, 22_050, 24_000, 48_000])
def test_a_voice_of_any_rate_comes_to_the_same_loudness(sample_rate_hz: int) -> None:
    narrated = narrate_with(FakeVoice(NOISE, sample_rate_hz=sample_rate_hz), "Бір.", "Екі.")

    assert narrated.loudness_lufs == pytest.approx(-16, abs=0.2)
    assert narrated.true_peak_dbtp <= -1


def test_one_short_word_is_a_narration_too() -> None:
    narrated = narrate(
        [[Line("Да.", "Да.")]], EspeakVoice(Language("ru")), Tags("t", "a", "b", Language("ru"))
    )

    assert -20 < narrated.loudness_lufs < -15.5
    assert narrated.true_peak_dbtp <= -1
