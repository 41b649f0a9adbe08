from __future__ import annotations

import pytest

from audioguide.content.mistakes import Mistakes
from audioguide.content.proof import PageText, avoid, read_lists
from audioguide.content.text import parse_words
from audioguide.languages import LANGUAGES, Language
from museum import REAL_PACK, THREE

LISTS = read_lists(REAL_PACK, THREE)


def found(language: Language, sentence: str) -> list[str]:
    words = parse_words(f"# Title\n\n{sentence}\n", Mistakes("a.md"), needs_text=True)
    assert words is not None
    text = PageText(language, "a.md", words)
    return [str(each.what) for each in avoid.check([text], LISTS.avoided, {})]


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        (Language("kk"), "Оны құпия полицияның адамдары алып кетті."),
        (Language("kk"), "Алашорда кеңесіне жиырма бес адам сайланды."),
        (Language("kk"), "Партия жиналысында он сегіз минут отырды."),
        (Language("kk"), "Ол жас коммунистерді басқарды."),
        (Language("kk"), "Оған айыпталушының өзінсіз үкім шықты."),
        (Language("kk"), "Ол Ресей Федерациясының үкіметінде істеді."),
        (Language("kk"), "Енді келесі аялдамаға барыңыз."),
        (Language("kk"), "Үш миллионнан астам адам қырылды."),
        (Language("ru"), "За ним пришли из тайной полиции."),
        (Language("ru"), "Он возглавил молодых коммунистов."),
        (Language("ru"), "По обычной оценке, погибли многие."),
        (Language("ru"), "Возьмите имя, чтобы унести домой."),
        (Language("ru"), "Он вошёл в правительство Российской Федерации."),
        (Language("ru"), "Сорок дней они удерживали лагерь."),
        (Language("ru"), "Считайте возрасты."),
        (Language("ru"), "Погибли три миллиона человек."),
        (Language("ru"), "Судья Горячев объявил приговор."),
        (Language("en"), "This section is about the famine."),
        (Language("en"), "This section tells of the camps."),
        (Language("en"), "The people of Alash were shot."),
        (Language("en"), "Remember the ten seats."),
        (Language("en"), "She shared a memory."),
        (Language("en"), "Or key in the number."),
        (Language("en"), "It was a land as big as France."),
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
