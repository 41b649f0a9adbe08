from __future__ import annotations

import pytest

from audioguide.languages import Language
from audioguide.lookalikes import Alphabet, folded, strays


@pytest.mark.parametrize(
    ("written", "language", "letters", "meant"),
    [
        ("Қазақстaн", Language.KK, "a", "Қазақстан"),
        ("Oлap", Language.KK, "Oap", "Олар"),
        ("iс", Language.KK, "i", "іс"),
        ("Iс", Language.KK, "I", "Іс"),
        ("hалық", Language.KK, "h", "һалық"),
        ("əлі", Language.KK, "ə", "әлі"),
        ("Əлі", Language.KK, "Ə", "Әлі"),
        ("ɵмір", Language.KK, "ɵ", "өмір"),
        ("Yкімет", Language.KK, "Y", "Үкімет"),
        ("Yақыт", Language.KK, "Y", "Уақыт"),
        ("ʏкімет", Language.KK, "ʏ", "үкімет"),
        ("молодëжь", Language.RU, "ë", "молодёжь"),
        ("слóво", Language.RU, "ó", "сло\u0301во"),
        ("СССP", Language.RU, "P", "СССР"),
        ("Κазахстан", Language.RU, "Κ", "Казахстан"),
        ("ρусский", Language.RU, "ρ", "русский"),
        ("Аlash", Language.EN, "А", "Alash"),
        ("Kаzakh", Language.RU, "а", "Kazakh"),
        ("Νomad", Language.EN, "Ν", "Nomad"),
        ("XХ", Language.KK, "Х", "XX"),
        ("XІX", Language.KK, "І", "XIX"),
        ("c", Language.RU, "c", "с"),
        ("а", Language.EN, "а", "a"),
    ],
)
def test_a_letter_of_another_alphabet_is_found_and_read_as_meant(
    written: str, language: Language, letters: str, meant: str
) -> None:
    around = "in {} day" if language is Language.EN else "шёл {} утра"
    sentence = around.format(written)
    (found,) = strays(sentence, language)
    assert (found.word, found.letters, found.meant) == (written, letters, meant)
    assert folded(sentence, language) == around.format(meant)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("BBC и IT-компания в Google", Language.RU),
        ("витамин C полезен, план A. Да", Language.RU),
        ("пункт a) и (c)", Language.RU),
        ("газета «Қазақ» на kk", Language.RU),
        ("the newspaper Қазақ and Σοφία", Language.EN),
        ("ХХ ғасыр, XIX ғасыр, 14А", Language.KK),
        ("Ryskúlov said", Language.EN),
        ("Алжи\u0301р и Чимке\u0301нт", Language.RU),
    ],
)
def test_foreign_words_stay_as_they_are(text: str, language: Language) -> None:
    assert list(strays(text, language)) == []
    assert folded(text, language) == text


def test_two_words_in_one_are_found_and_not_guessed() -> None:
    (found,) = strays("iPhoneда көрді", Language.KK)
    assert (found.alphabet, found.meant) == (Alphabet.LATIN, "iPhoneда")
