from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audioguide.content.proof import StopText
from audioguide.content.proof.figures import check, figures_of
from audioguide.languages import LANGUAGES, Language

Tell = Callable[..., StopText]


def told(text: str, language: Language) -> str:
    return " ".join(
        f"{float(each.value):.10g}" + "s" * each.is_decade for each in figures_of(text, language)
    )


KAZAKH = {
    "2001 жылғы 2 қарашада": "2001 2",
    "екі мың бірінші жылғы екінші қарашада": "2001 2",
    "бір мың тоғыз жүз отыз жетінші, отыз сегізінші жылдары": "1937 1938",
    "отыз жетінші, отыз сегізінші жылдары": "1937 1938",
    "бір мың тоғыз жүз отызыншы жылдан отыз үшінші жылға дейін": "1930 1933",
    "отызыншы жылдары": "1930s",
    "1930-жылдардың басында": "1930s",
    "1930–1931 жылдары": "1930 1931",
    "1929–1930 жылдары": "1929 1930",
    "екі жарым мың есім": "2500",
    "бір жарым миллионнан астам": "1500000",
    "1,5 миллиондай адам": "1500000",
    "жарты миллион": "500000",
    "он алты мың алты жүз тоқсан бір жәдігер": "16691",
    "жүз он үш мың адам": "113000",
    "700 000-ға жуық": "700000",
    "қырық күн": "40",
    "жиырма екі жасында": "22",
    "жүзден астам": "100",
    "жиырмасыншы ғасырдың басында": "20",
    "XX ғасырда": "20",
    "он алтысы, қырық бесі, жиырмасы": "16 45 20",
    "елу сегізінші бап": "58",
    "оның өзі, онда, оны": "",
    "Сәкеннің жүзі, жүзін": "",
    "жүздеген, мыңдаған адам": "",
    "бүгінде үшін алтын бесік": "",
}
RUSSIAN = {
    "2 ноября 2001 года": "2 2001",
    "второго ноября две тысячи первого года": "2 2001",
    "в тысяча девятьсот тридцать седьмом и тридцать восьмом годах": "1937 1938",
    "с тысяча девятьсот тридцатого по тридцать третий год": "1930 1933",
    "в тридцать седьмом году": "1937",
    "на двадцать втором году жизни": "22",
    "в тридцатые годы": "1930s",
    "начала 1930-х годов": "1930s",
    "в 1930-х": "1930s",
    "в 1920–1930-е годы": "1920s 1930s",
    "1929–1930 годы": "1929 1930",
    "полтора миллиона": "1500000",
    "более полутора миллионов": "1500000",
    "1,5 млн человек": "1500000",
    "полмиллиона": "500000",
    "две с половиной тысячи имён": "2500",
    "шестнадцать тысяч шестьсот девяносто один экспонат": "16691",
    "свыше ста тринадцати тысяч": "113000",
    "двумястами пятьюдесятью": "250",
    "тремя тысячами четырьмястами сорока двумя": "3442",
    "7\u00a0277 жертв": "7277",
    "от тридцати восьми до сорока двух процентов": "38 42",
    "двадцатидвухлетний студент": "22",
    "к пятидесятилетию": "50",
    "около тысячи человек": "1000",
    "тысячи людей, миллионы, сотни": "",
    "двадцатого века": "20",
    "XIX века": "19",
    "пятьдесят восьмая статья": "58",
}
ENGLISH = {
    "on 2 November 2001": "2 2001",
    "the second of November, two thousand and one": "2 2001",
    "in nineteen thirty-seven and thirty-eight": "1937 1938",
    "from nineteen thirty to thirty-three": "1930 1933",
    "in nineteen thirty-one, thirty-two and thirty-three": "1931 1932 1933",
    "In 1937, twenty people were shot.": "1937 20",
    "In nineteen thirty-seven, forty families came.": "1937 40",
    "in 1931 and thirty people": "1931 30",
    "eighteen seventy-two": "1872",
    "nineteen hundred and five": "1905",
    "nineteen oh nine, nineteen-oh-five": "1909 1905",
    "oh, two of them": "2",
    "in the nineteen-thirties": "1930s",
    "the thirties": "1930s",
    "the early 1930s": "1930s",
    "1929-31": "1929 1931",
    "one and a half million": "1500000",
    "a million and a half": "1500000",
    "1.5 million": "1500000",
    "half a million": "500000",
    "two and a half thousand": "2500",
    "seven thousand two hundred and seventy-seven": "7277",
    "a hundred and thirteen thousand": "113000",
    "113,000 people": "113000",
    "In 1937, 100 people": "1937 100",
    "aged twenty-two": "22",
    "the twentieth century": "20",
    "the 20th century": "20",
    "Article Fifty-Eight": "58",
    "thirteen or fourteen": "13 14",
    "thousands and hundreds; I was; the tension": "",
}


@pytest.mark.parametrize(("text", "figures"), KAZAKH.items())
def test_a_kazakh_figure_is_read(text: str, figures: str) -> None:
    assert told(text, Language("kk")) == figures


@pytest.mark.parametrize(("text", "figures"), RUSSIAN.items())
def test_a_russian_figure_is_read(text: str, figures: str) -> None:
    assert told(text, Language("ru")) == figures


@pytest.mark.parametrize(("text", "figures"), ENGLISH.items())
def test_an_english_figure_is_read(text: str, figures: str) -> None:
    assert told(text, Language("en")) == figures


@given(st.sampled_from(LANGUAGES), st.integers(0, 9_999_999))
def test_every_number_in_digits_is_read_as_itself(language: Language, number: int) -> None:
    written = f"{number:,}" if language == Language("en") else f"{number:,}".replace(",", " ")
    assert [each.value for each in figures_of(f"a {written}.", language)] == [number] * (number > 0)


@given(st.sampled_from(LANGUAGES), st.text())
def test_no_text_is_too_strange_to_read(language: Language, text: str) -> None:
    for each in figures_of(text, language):
        assert 0 <= each.start < each.end <= len(text)


def test_digits_in_one_language_and_words_in_another_agree(tell: Tell) -> None:
    texts = [
        tell("kk", "Бір жарым миллион адам, қырық күн, отызыншы жылдары."),
        tell("ru", "1,5 миллиона человек, сорок дней, в 1930-е годы."),
        tell("en", "A million and a half people, 40 days, in the nineteen-thirties."),
    ]
    assert list(check(texts)) == []


def test_a_year_that_differs_is_an_error_in_the_text_that_stands_alone(tell: Tell) -> None:
    texts = [tell("kk", "1937 жылы."), tell("ru", "В 1937 году."), tell("en", "Once.\n\nIn 1938.")]
    found = list(check(texts))
    assert {each.where for each in found} == {
        "media/stops/9-alzhir/en.md:1",
        "media/stops/9-alzhir/en.md:5",
    }
    assert str(found[0].what) == "The figure 1937 stands here 0 times; elsewhere: kk 1, ru 1."


def test_a_year_told_twice_in_one_language_is_an_error(tell: Tell) -> None:
    texts = [
        tell("kk", "1937 жылы. Сол 1937 жылы."),
        tell("ru", "В 1937 году."),
        tell("en", "In 1937."),
    ]
    assert [each.where for each in check(texts)] == ["media/stops/9-alzhir/kk.md:3"]


def test_a_decade_is_not_its_first_year(tell: Tell) -> None:
    texts = [tell("kk", "1930-жылдары."), tell("ru", "В 1930-е годы."), tell("en", "In 1930.")]
    assert len(list(check(texts))) == 2


def test_small_numbers_in_words_are_let_off(tell: Tell) -> None:
    texts = [
        tell("kk", "Солардың бірі, үшеуі."),
        tell("ru", "Один из трёх."),
        tell("en", "The first of them."),
    ]
    assert list(check(texts)) == []


def test_a_small_number_in_digits_must_be_told_everywhere(tell: Tell) -> None:
    texts = [tell("kk", "1 наурызда."), tell("ru", "Первого марта."), tell("en", "In March.")]
    assert [each.where for each in check(texts)] == ["media/stops/9-alzhir/en.md:1"]


def test_the_figures_of_the_sources_are_not_compared(tell: Tell) -> None:
    assert list(check([tell("kk", "Сөз."), tell("ru", "Слово.")])) == []
