from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np
import pytest

from audioguide.errors import TakeRefused, VoiceFailed
from audioguide.languages import LANGUAGES, Language
from audioguide.speech.alignment import (
    Aligned,
    Reference,
    align,
    check_duration,
    speak_reference,
)
from audioguide.speech.espeak import EspeakVoice
from audioguide.speech.likeness import compare
from audioguide.speech.narration import Line
from audioguide.speech.voice import Samples
from readers import DANA, RATE_HZ, Reader, Recording, Room, read_aloud, record

pytestmark = pytest.mark.thorough

KK, RU, EN = Language("kk"), Language("ru"), Language("en")
TEXTS = {
    KK: (
        "Бұл залда қуғын-сүргін құрбандары еске алынады.",
        "Қабырғада жиырма бір портрет ілулі тұр.",
        "Асықпай қараңыз.",
        "Әр есімнің артында бір адамның тағдыры бар.",
        "Шығар есік сол жақта.",
    ),
    RU: (
        "В этом зале помнят о жертвах репрессий.",
        "На стене висит двадцать один портрет.",
        "Не торопитесь.",
        "За каждым именем стоит судьба одного человека.",
        "Выход находится слева.",
    ),
    EN: (
        "In this hall the victims of repression are remembered.",
        "Twenty-one portraits hang on the wall.",
        "Take your time.",
        "Behind each name stands the fate of one human being.",
        "The way out is on the left.",
    ),
}
ELSEWHERE = (
    "Outside the window lies the old market.",
    "Every morning farmers brought melons and onions there.",
    "Camels waited in the shade.",
    "Nobody knew yet what the railway would change.",
    "Turn right at the well.",
)
ECHO = Room(noise_db=15, has_echo=True)
KLATT = Reader("klatt2", 0.85)


@cache
def reference(language: Language) -> Reference:
    return speak_reference(lines(TEXTS[language]), EspeakVoice(language))


@cache
def recording(language: Language, reader: Reader = DANA, room: Room | None = None) -> Recording:
    return record(read_aloud(language, reader, TEXTS[language]), room or Room())


def lines(sentences: tuple[str, ...]) -> list[Line]:
    return [Line(each, each) for each in sentences]


def errors(aligned: Aligned, true: Recording) -> list[float]:
    return [
        abs(span.start_ms - start)
        for span, start in zip(aligned.spans, true.starts_ms, strict=True)
    ]


@pytest.mark.parametrize("language", list(LANGUAGES))
@pytest.mark.parametrize(("reader", "room"), [(DANA, Room()), (KLATT, ECHO)], ids=["A", "B"])
def test_each_sentence_is_found_where_it_is_said(
    language: Language, reader: Reader, room: Room
) -> None:
    true = recording(language, reader, room)
    aligned = align(true.samples, RATE_HZ, reference(language))

    assert np.median(errors(aligned, true)) < 60
    assert max(errors(aligned, true)) < 200
    assert aligned.doubtful == ()


def test_a_sentence_ends_where_it_falls_silent() -> None:
    true = recording(RU)
    aligned = align(true.samples, RATE_HZ, reference(RU))

    ends = [abs(span.end_ms - end) for span, end in zip(aligned.spans, true.ends_ms, strict=True)]
    assert max(ends) < 200


def test_spans_follow_one_another() -> None:
    aligned = align(recording(KK).samples, RATE_HZ, reference(KK))

    moments = [moment for span in aligned.spans for moment in (span.start_ms, span.end_ms)]
    assert moments == sorted(moments)


@pytest.mark.parametrize("language", list(LANGUAGES))
def test_the_recording_of_another_language_is_refused(language: Language) -> None:
    for other in set(LANGUAGES) - {language}:
        with pytest.raises(TakeRefused, match="does not say this text"):
            align(recording(other).samples, RATE_HZ, reference(language))


def test_the_recording_of_another_text_is_refused() -> None:
    other = record(read_aloud(EN, DANA, ELSEWHERE), Room())

    with pytest.raises(TakeRefused, match=r"unlike: 0\.\d+, at most 0\.75"):
        align(other.samples, RATE_HZ, reference(EN))


def test_another_text_may_be_accepted_and_is_doubtful_throughout() -> None:
    other = record(read_aloud(EN, DANA, ELSEWHERE), Room())
    aligned = align(other.samples, RATE_HZ, reference(EN), accept_unlike=True)

    assert aligned.doubtful == (0, 1, 2, 3, 4)


def test_a_right_recording_is_far_from_being_refused() -> None:
    likeness = compare(recording(EN).samples, RATE_HZ, reference(EN).bands)

    assert likeness.unlike < 0.65


def read_otherwise(*sentences: str) -> Aligned:
    true = record(read_aloud(EN, DANA, sentences), Room())
    return align(true.samples, RATE_HZ, reference(EN))


def test_a_sentence_that_was_not_read_is_doubtful() -> None:
    aligned = read_otherwise(*TEXTS[EN][:3], TEXTS[EN][4])

    assert 3 in aligned.doubtful
    assert {0, 1}.isdisjoint(aligned.doubtful)


def test_a_sentence_that_was_read_otherwise_is_doubtful() -> None:
    changed = "Because every person had a mother and a garden."
    aligned = read_otherwise(*TEXTS[EN][:3], changed, TEXTS[EN][4])

    assert 3 in aligned.doubtful
    assert {0, 1}.isdisjoint(aligned.doubtful)


def test_words_that_stand_in_no_text_are_noticed() -> None:
    aligned = read_otherwise("Good morning, my name is Dana and I work here.", *TEXTS[EN])

    assert 0 in aligned.doubtful
    assert {2, 3, 4}.isdisjoint(aligned.doubtful)


def test_a_long_text_is_aligned_within_a_window(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("audioguide.speech.warping.MOST_CELLS", 100_000)
    monkeypatch.setattr("audioguide.speech.warping._REACH_FRAMES", 150)
    true = recording(EN)
    aligned = align(true.samples, RATE_HZ, reference(EN))

    assert max(errors(aligned, true)) < 200


@pytest.mark.parametrize(("part", "fits"), [(0.45, False), (0.55, True), (2.9, True), (3.1, False)])
def test_the_duration_must_fit_the_text(part: float, fits: bool) -> None:
    expected = reference(EN).seconds
    if fits:
        check_duration(part * expected, reference(EN))
        return
    said = rf"lasts {part * expected:.0f} s, and the text should last about {expected:.0f} s"
    with pytest.raises(TakeRefused, match=said):
        check_duration(part * expected, reference(EN))


@dataclass(frozen=True)
class Mute:
    name: str = "mute"
    settings: str = "mute"
    sample_rate_hz: int = 24_000

    def speak(self, sentence: str) -> Samples:
        return np.zeros(24_000, np.float32)


class Sparing:
    """Says all but what no voice can say."""

    name = settings = "sparing"
    sample_rate_hz = 22_050

    def speak(self, sentence: str) -> Samples:
        said = EspeakVoice(Language("en")).speak(sentence)
        return said * 0 if "Quiet" in sentence else said


@pytest.mark.parametrize("place", [0, 2, 5])
def test_a_sentence_that_no_voice_can_say_refuses_no_recording(place: int) -> None:
    heard = recording(EN).samples
    texts = list(TEXTS[EN])
    texts.insert(place, "Quiet.")
    spoken = speak_reference(lines(tuple(texts)), Sparing())
    assert spoken.silent == {place}
    found = align(heard, RATE_HZ, spoken)
    without = align(heard, RATE_HZ, reference(EN))
    assert place in found.doubtful
    assert len(found.spans) == 6
    assert all(span.start_ms < span.end_ms for span in found.spans)
    others = [span for number, span in enumerate(found.spans) if number != place]
    for span, right in zip(others, without.spans, strict=True):
        assert abs(span.start_ms - right.start_ms) <= 150


def test_a_voice_that_says_nothing_cannot_be_compared_with() -> None:
    with pytest.raises(VoiceFailed, match="silence for: Take your time"):
        speak_reference(lines(("Take your time.",)), Mute())
