from __future__ import annotations

import pytest

from audioguide.languages import Language
from audioguide.languages.lookalikes import Alphabet, folded, strays


@pytest.mark.parametrize(
    ("written", "language", "letters", "meant"),
    [
        ("Қазақстaн", Language("kk"), "a", "Қазақстан"),
        ("Oлap", Language("kk"), "Oap", "Олар"),
        ("iс", Language("kk"), "i", "іс"),
        ("Iс", Language("kk"), "I", "Іс"),
        ("hалық", Language("kk"), "h", "һалық"),
        ("əлі", Language("kk"), "ə", "әлі"),
        ("Əлі", Language("kk"), "Ə", "Әлі"),
        ("ɵмір", Language("kk"), "ɵ", "өмір"),
        ("Yкімет", Language("kk"), "Y", "Үкімет"),
        ("Yақыт", Language("kk"), "Y", "Уақыт"),
        ("Yчитель", Language("ru"), "Y", "Учитель"),
        ("ʏкімет", Language("kk"), "ʏ", "үкімет"),
        ("молодëжь", Language("ru"), "ë", "молодёжь"),
        ("слóво", Language("ru"), "ó", "сло\u0301во"),
        ("СССP", Language("ru"), "P", "СССР"),
        ("Κазахстан", Language("ru"), "Κ", "Казахстан"),
        ("ρусский", Language("ru"), "ρ", "русский"),
        ("Аlash", Language("en"), "А", "Alash"),
        ("Kаzakh", Language("ru"), "а", "Kazakh"),
        ("Νomad", Language("en"), "Ν", "Nomad"),
        ("XХ", Language("kk"), "Х", "XX"),
        ("XІX", Language("kk"), "І", "XIX"),
        ("c", Language("ru"), "c", "с"),
        ("а", Language("en"), "а", "a"),
    ],
)
def test_a_letter_of_another_alphabet_is_found_and_read_as_meant(
    written: str, language: Language, letters: str, meant: str
) -> None:
    around = "in {} day" if language == Language("en") else "шёл {} утра"
    sentence = around.format(written)
    (found,) = strays(sentence, language)
    assert (found.word, found.letters, found.meant) == (written, letters, meant)
    assert folded(sentence, language) == around.format(meant)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("BBC и IT-компания в Google", Language("ru")),
        ("витамин C полезен, план A. Да", Language("ru")),
        ("пункт a) и (c)", Language("ru")),
        ("газета «Қазақ» на kk", Language("ru")),
        ("the newspaper Қазақ and Σοφία", Language("en")),
        ("ХХ ғасыр, XIX ғасыр, 14А", Language("kk")),
        ("Ryskúlov said", Language("en")),
        ("Алжи\u0301р и Чимке\u0301нт", Language("ru")),
    ],
)
def test_foreign_words_stay_as_they_are(text: str, language: Language) -> None:
    assert list(strays(text, language)) == []
    assert folded(text, language) == text


def test_two_words_in_one_are_found_and_not_guessed() -> None:
    (found,) = strays("iPhoneда көрді", Language("kk"))
    assert (found.alphabet, found.meant) == (Alphabet.LATIN, "iPhoneда")
