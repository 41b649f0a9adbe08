from __future__ import annotations

import pytest

from audioguide.languages import Language
from audioguide.speech.script import prepare, unspeakable


@pytest.mark.parametrize(
    ("language", "written", "spoken"),
    [
        (Language.RU, "Он — поэт.", "Он, поэт."),
        (Language.RU, "— Кто там?", "Кто там?"),
        (
            Language.RU,
            "«Враг народа» (так писали) жил здесь.",
            "Враг народа, так писали, жил здесь.",
        ),
        (Language.RU, "Он жил здесь (недолго).", "Он жил здесь, недолго."),
        (Language.RU, "Алма-Ата, Алаш-Орда", "Алма-Ата, Алаш-Орда"),
        (Language.RU, "Кто…", "Кто."),
        (Language.RU, "Потом… тишина", "Потом, тишина"),
        (Language.RU, "муж; жена", "муж, жена"),
        (Language.RU, "казахи/казашки", "казахи, казашки"),
        (Language.RU, "Рыску́лов здесь!", "Рыску́лов здесь!"),
        (Language.KK, "Музей – еске алу орны.", "Музей, еске алу орны."),
        (Language.KK, "қуғын‑сүргін", "қуғын-сүргін"),
        (Language.EN, "He said: “Don’t go.”", "He said: Don't go."),
        (Language.EN, "the prisoners’ letters", "the prisoners letters"),
        (Language.EN, "Why?!", "Why?"),
        (Language.EN, "", ""),
        (Language.EN, "—", ""),
    ],
)
def test_marks_for_the_eye_become_pauses(language: Language, written: str, spoken: str) -> None:
    assert prepare(written, language) == spoken


def test_what_no_voice_can_say_stays_and_is_named() -> None:
    prepared = prepare("Музей ☂ 館 открыт 館.", Language.RU)

    assert unspeakable(prepared, Language.RU) == ("☂", "館")


def test_kazakh_letters_are_speakable_in_kazakh_alone() -> None:
    assert unspeakable("Қасірет", Language.KK) == ()
    assert unspeakable("Қасірет", Language.RU) == ("Қ", "і")
    assert unspeakable("Alash Алаш", Language.EN) == ("А", "л", "а", "ш")


def test_stress_marks_and_punctuation_are_speakable() -> None:
    assert unspeakable("Рыску́лов, где? Здесь: да!", Language.RU) == ()


def test_a_digit_is_not_speakable() -> None:
    assert unspeakable("в 37-м", Language.RU) == ("3", "7")
