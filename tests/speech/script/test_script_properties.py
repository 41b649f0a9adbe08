from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audioguide.languages import LANGUAGES, Language
from audioguide.speech.script import prepare, unspeakable

pytestmark = pytest.mark.thorough

FRAMES = {
    Language("kk"): (
        "{} адам", "{} жылы", "{}-нің", "{}-бөлім", "{} %", "{}–{} жылдары", "№ {}", "{} мамырда",
        "{} км", "({})", "{},{}", "{} ғ.", "{}А", "-{} °C", "{}.{}.{}", "{}:{}", "{}/{}", "{}-{}",
    ),
    Language("ru"): (
        "{} человек", "в {} году", "с {} по {} год", "{}-й", "более {}", "{} мая", "{} %", "{} г.",
        "{}-летний", "№ {}", "ст. {}", "({}–{})", "{},{} млн", "{}А", "{}-х", "{} в.", "-{} °C",
        "{}.{}.{}", "{}:{}", "{}/{}", "в {}–{} гг.", "{} женщина", "{} тыс. га",
    ),
    Language("en"): (
        "{} people", "in {}", "the {}s", "{}–{}", "{} May {}", "May {}", "{}%", "No. {}", "{}th",
        "Order 00{}", "{} km", "({})", "{}.{} million", "{}A", "{} century", "-{} °C", "{}/{}",
        "{}:{}", "{}.{}.{}", "Article {}", "${}",
    ),
}  # fmt: skip
FRAMED = [(language, frame) for language, frames in FRAMES.items() for frame in frames]

WORDS = {
    Language("kk"): "музей көрме есім тас ана қуғын-сүргін адамдар бұл алып кетті жыл туған",
    Language("ru"): "музей судьба камень мать люди его увезли ночью семья год жизнь мы и в",
    Language("en"): "museum fate stone mother people took him at night family year life we and in",
}
MARKS = (" ", ", ", " — ", " (", ") ", ": ", "; ", " «", "» ", "… ", " / ")


@pytest.mark.parametrize(("language", "frame"), FRAMED)
@settings(max_examples=40, deadline=None)
@given(numbers=st.lists(st.integers(0, 10**9), min_size=3, max_size=3))
def test_no_digit_survives(language: Language, frame: str, numbers: list[int]) -> None:
    prepared = prepare(frame.format(*numbers), language)

    assert not re.search(r"\d", prepared)
    assert set(unspeakable(prepared, language)) <= {"$"}


@pytest.mark.parametrize(("language", "frame"), FRAMED)
@settings(max_examples=40, deadline=None)
@given(numbers=st.lists(st.integers(0, 2100), min_size=3, max_size=3))
def test_a_script_prepared_twice_does_not_change(
    language: Language, frame: str, numbers: list[int]
) -> None:
    prepared = prepare(frame.format(*numbers), language)

    assert prepare(prepared, language) == prepared


@pytest.mark.parametrize("language", LANGUAGES)
@settings(max_examples=150, deadline=None)
@given(data=st.data())
def test_every_word_of_the_page_is_in_the_script(language: Language, data: st.DataObject) -> None:
    words = data.draw(st.lists(st.sampled_from(WORDS[language].split()), min_size=1))
    number = data.draw(st.integers(0, 10**7))
    place = data.draw(st.integers(0, len(words)))
    parts = [*words[:place], str(number), *words[place:]]
    sentence = "".join(part + data.draw(st.sampled_from(MARKS)) for part in parts)

    heard = re.findall(r"[\w-]+", prepare(sentence, language))
    remaining = iter(heard)
    # "года 5 год" has no preposition, so no word but the numeral itself may change.
    assert all(word in remaining for word in words), (sentence, heard)


@pytest.mark.parametrize("language", LANGUAGES)
@settings(max_examples=200, deadline=None)
@given(text=st.text(max_size=60))
def test_any_text_at_all_is_prepared_without_a_digit(language: Language, text: str) -> None:
    prepared = prepare(text, language)

    assert not re.search(r"\d", prepared)
    assert prepare(prepared, language) == prepared


@pytest.mark.parametrize("language", LANGUAGES)
@settings(max_examples=200, deadline=None)
@given(text=st.text(alphabet="0159 -–.,:/%№IVXАБгвжabМcН()'«»С", max_size=24))
def test_numerals_and_marks_in_any_order_leave_no_digit(language: Language, text: str) -> None:
    prepared = prepare(text, language)

    assert not re.search(r"\d", prepared)
    assert prepare(prepared, language) == prepared
