from __future__ import annotations

import pytest

from audioguide.content.mistakes import Mistakes
from audioguide.content.proof import PageText, avoid, read_lists
from audioguide.content.text import parse_words
from audioguide.languages import LANGUAGES, Language
from museum import REAL_PACK

LISTS = read_lists(REAL_PACK)


def found(language: Language, sentence: str) -> list[str]:
    words = parse_words(f"# Title\n\n{sentence}\n", Mistakes("a.md"), needs_text=True)
    assert words is not None
    text = PageText(language, "a.md", words)
    return [str(each.what) for each in avoid.check([text], LISTS.avoided, {})]


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        (Language.KK, "Оны құпия полицияның адамдары алып кетті."),
        (Language.KK, "Алашорда кеңесіне жиырма бес адам сайланды."),
        (Language.KK, "Партия жиналысында он сегіз минут отырды."),
        (Language.KK, "Ол жас коммунистерді басқарды."),
        (Language.KK, "Оған айыпталушының өзінсіз үкім шықты."),
        (Language.KK, "Ол Ресей Федерациясының үкіметінде істеді."),
        (Language.KK, "Енді келесі аялдамаға барыңыз."),
        (Language.KK, "Үш миллионнан астам адам қырылды."),
        (Language.RU, "За ним пришли из тайной полиции."),
        (Language.RU, "Он возглавил молодых коммунистов."),
        (Language.RU, "По обычной оценке, погибли многие."),
        (Language.RU, "Возьмите имя, чтобы унести домой."),
        (Language.RU, "Он вошёл в правительство Российской Федерации."),
        (Language.RU, "Сорок дней они удерживали лагерь."),
        (Language.RU, "Считайте возрасты."),
        (Language.RU, "Погибли три миллиона человек."),
        (Language.RU, "Судья Горячев объявил приговор."),
        (Language.EN, "This section is about the famine."),
        (Language.EN, "This section tells of the camps."),
        (Language.EN, "The people of Alash were shot."),
        (Language.EN, "Remember the ten seats."),
        (Language.EN, "She shared a memory."),
        (Language.EN, "Or key in the number."),
        (Language.EN, "It was a land as big as France."),
    ],
)
def test_a_phrase_that_readers_stumbled_over_is_found(language: Language, sentence: str) -> None:
    (told,) = found(language, sentence)
    assert "Avoid " in told


def test_every_list_holds_no_phrase_twice() -> None:
    for language in LANGUAGES:
        patterns = [each.pattern for each in LISTS.avoided[language]]
        assert sorted(set(patterns)) == sorted(patterns)


def test_every_language_has_bounds_for_texts_and_sentences() -> None:
    assert set(LISTS.lengths.texts) == set(LISTS.lengths.sentences) == set(LANGUAGES)
