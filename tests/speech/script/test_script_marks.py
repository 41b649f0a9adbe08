from __future__ import annotations

import pytest

from audioguide.languages import Language
from audioguide.speech.script import prepare, unspeakable


@pytest.mark.parametrize(
    ("language", "written", "spoken"),
    [
        (Language("ru"), "Он — поэт.", "Он, поэт."),
        (Language("ru"), "— Кто там?", "Кто там?"),
        (
            Language("ru"),
            "«Враг народа» (так писали) жил здесь.",
            "Враг народа, так писали, жил здесь.",
        ),
        (Language("ru"), "Он жил здесь (недолго).", "Он жил здесь, недолго."),
        (Language("ru"), "Алма-Ата, Алаш-Орда", "Алма-Ата, Алаш-Орда"),
        (Language("ru"), "Кто…", "Кто."),
        (Language("ru"), "Потом… тишина", "Потом, тишина"),
        (Language("ru"), "муж; жена", "муж, жена"),
        (Language("ru"), "казахи/казашки", "казахи, казашки"),
        (Language("ru"), "Рыску́лов здесь!", "Рыску́лов здесь!"),
        (Language("kk"), "Музей – еске алу орны.", "Музей, еске алу орны."),
        (Language("kk"), "қуғын‑сүргін", "қуғын-сүргін"),
        (Language("en"), "He said: “Don’t go.”", "He said: Don't go."),
        (Language("en"), "the prisoners’ letters", "the prisoners letters"),
        (Language("en"), "Why?!", "Why?"),
        (Language("en"), "", ""),
        (Language("en"), "—", ""),
    ],
)
def test_marks_for_the_eye_become_pauses(language: Language, written: str, spoken: str) -> None:
    assert prepare(written, language) == spoken


def test_what_no_voice_can_say_stays_and_is_named() -> None:
    prepared = prepare("Музей ☂ 館 открыт 館.", Language("ru"))

    assert unspeakable(prepared, Language("ru")) == ("☂", "館")


def test_kazakh_letters_are_speakable_in_kazakh_alone() -> None:
    assert unspeakable("Қасірет", Language("kk")) == ()
    assert unspeakable("Қасірет", Language("ru")) == ("Қ", "і")
    assert unspeakable("Alash Алаш", Language("en")) == ("А", "л", "а", "ш")


def test_stress_marks_and_punctuation_are_speakable() -> None:
    assert unspeakable("Рыску́лов, где? Здесь: да!", Language("ru")) == ()


def test_a_digit_is_not_speakable() -> None:
    assert unspeakable("в 37-м", Language("ru")) == ("3", "7")
