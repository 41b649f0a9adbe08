from __future__ import annotations

from collections.abc import Callable

from audioguide.content.proof import StopText, completeness
from museum import THREE

Tell = Callable[..., StopText]


def test_a_stop_in_three_languages_of_their_own_is_complete(tell: Tell) -> None:
    texts = [tell("kk", "Бір сөз."), tell("ru", "Одно слово."), tell("en", "One word.")]
    assert list(completeness.check(texts, THREE)) == []


def test_a_language_that_is_missing_is_an_error(tell: Tell) -> None:
    found = list(completeness.check([tell("kk", "Бір."), tell("en", "One.")], THREE))
    assert [str(each.what) for each in found] == ["Stop 9 has no text in ru."]


def test_two_languages_with_the_same_words_are_an_error(tell: Tell) -> None:
    texts = [tell("kk", "Бір сөз."), tell("ru", "бір  сөз."), tell("en", "One word.")]
    (found,) = completeness.check(texts, THREE)
    assert found.where == "media/stops/9-alzhir/ru.md:1"
    assert str(found.what) == "The text is the same as in media/stops/9-alzhir/kk.md."


def test_a_title_may_be_the_same_in_two_languages(tell: Tell) -> None:
    texts = [
        tell("kk", "Бір.", title="АЛЖИР"),
        tell("ru", "Один.", title="АЛЖИР"),
        tell("en", "One."),
    ]
    assert list(completeness.check(texts, THREE)) == []
