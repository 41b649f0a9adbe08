"""Letters of every alphabet are words; signs that Unicode counts among them are none."""

from __future__ import annotations

import pytest

from audioguide.characters import has_words
from audioguide.content.sentences import split_text
from audioguide.languages import Language


@pytest.mark.parametrize(
    "text", ["سلام", "שלום", "გამარჯობა", "բարև", "Αθήνα", "北京", "٣", "ß", "ქ"]
)
def test_letters_of_every_alphabet_are_words(text: str) -> None:
    assert has_words(text)


@pytest.mark.parametrize(
    "text", ["②", "²", "ꞌ", "ʻ", "ـ", "،؛؟", "«»…", "\u200f", "\u3164", "🙂", "ь"]
)
def test_signs_are_none(text: str) -> None:
    assert not has_words(text)


def test_a_paragraph_in_arabic_is_kept_and_one_of_marks_is_not() -> None:
    assert split_text("وصل اليوم.\n\n؟ …", Language("ar")) == (("وصل اليوم.",),)
