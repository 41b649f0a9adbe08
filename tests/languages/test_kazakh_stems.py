from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audioguide.languages.known.kazakh.stems import is_form_of, stems


@pytest.mark.parametrize(
    ("word", "stem"),
    [
        ("музейіне", "музей"),
        ("кітабын", "кітап"),
        ("билігінің", "билік"),
        ("наразылығынан", "наразылық"),
        ("лагерьлерінің", "лагерь"),
        ("лагеріне", "лагерь"),
        ("корольдігінде", "король"),
        ("халықтарды", "халық"),
        ("жазылмаған", "жазу"),
        ("тыңдамай", "тыңдау"),
        ("қуып", "қуу"),
        ("айтылмайтын", "айту"),
        ("бөлімдерімен", "бөлім"),
        ("Рысқұлбековтің", "Рысқұлбеков"),
    ],
)
def test_endings_are_taken_off(word: str, stem: str) -> None:
    assert stem in stems(word)


@pytest.mark.parametrize(
    ("word", "name"),
    [
        ("Шоқайге", "Шоқай"),  # back vowels take -ға
        ("Бөкейханнің", "Бөкейхан"),
        ("Карлагға", "Карлаг"),  # after a voiceless sound -қа
        ("Рысқұлбекович", "Рысқұлбеков"),
        ("Байтұрсынұлыдың", "Байтұрсынұлы"),  # -ұлы declines like a possessive
    ],
)
def test_an_ending_that_does_not_agree_is_none(word: str, name: str) -> None:
    assert not is_form_of(word, name)


@given(st.text(alphabet="аәбдегқлнрстуыі", min_size=1, max_size=20))
def test_a_word_is_always_among_its_stems(word: str) -> None:
    assert word in stems(word)
