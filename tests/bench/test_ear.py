from __future__ import annotations

import pytest

from audioguide.content.proof.reading import read_lists
from audioguide.languages import Language, Languages
from bench import heard
from bench.heard import Score, distance, figures_in, names_in, nearest, normal_words, score
from museum import ROOT

PEOPLE = read_lists(ROOT / "media", Languages()).people
RU, EN = Language("ru"), Language("en")


def test_a_text_that_is_heard_as_it_stands_has_nothing_wrong() -> None:
    text = "В 1912 году Ахмет Байтурсынов, «учитель нации», приспособил письмо."
    got = score(text, text.lower(), RU, PEOPLE)
    assert (got.words_wrong, got.letters_wrong) == (0, 0)
    assert (got.names, got.names_understood) == (2, 2)
    assert (got.figures, got.figures_understood) == (1, 1)


def test_silence_has_every_word_and_letter_wrong_and_nothing_understood() -> None:
    got = score("В 1912 году Байтурсынов молчал.", "", RU, PEOPLE)
    assert (got.words_wrong_percent, got.letters_wrong_percent) == (100, 100)
    assert (got.names, got.names_understood) == (1, 0)
    assert (got.figures, got.figures_understood) == (1, 0)


def test_more_heard_than_said_is_more_than_all_wrong() -> None:
    assert score("Да.", "Да да да да", RU, ()).words_wrong_percent == 300


@pytest.mark.parametrize(
    ("language", "said", "written"),
    [
        (RU, "Ещё в 1870-х годах", "еще в тысяча восемьсот семидесятых годах"),
        (RU, "8 декабря 1937 года", "восьмое декабря тысяча девятьсот тридцать седьмой года"),
        (RU, "Алма́-Ата", "алма ата"),
        (EN, "the people’s 45,000", "The people's forty-five thousand!"),
        (EN, "on 8 December 1937", "on the eighth of December nineteen thirty-seven"),
    ],
)
def test_signs_figures_and_cases_of_numbers_are_no_mistakes(
    language: Language, said: str, written: str
) -> None:
    assert normal_words(said, language) == normal_words(written, language)


def test_another_number_is_a_mistake() -> None:
    assert normal_words("в 1912 году", RU) != normal_words("в 1913 году", RU)
    assert score("в 1912 году", "в 1913 году", RU, ()).figures_understood == 0


def test_words_that_only_look_like_numbers_stay_words() -> None:
    text = "стой семья пятна шесту сотня трибуна"
    assert normal_words(text, RU) == tuple(text.split())


def test_distance_counts_changes_of_words_and_of_letters() -> None:
    assert distance("кошка", "мошки") == 2
    assert distance(["a", "b", "c"], ["a", "c", "d", "e"]) == 3
    assert distance("", "abc") == distance("abc", "") == 3
    assert nearest("мост", "наэтоммастуони") == 1


def test_a_name_may_miss_a_letter_in_four_and_be_parted_but_not_be_another() -> None:
    assert heard.is_name_heard("байтурсынов", "ахметбайтурсиновродился")
    assert not heard.is_name_heard("байтурсынов", "ахметбатуринродился")
    assert heard.is_name_heard("сакен", "поэтсакинписал")
    assert not heard.is_name_heard("ахат", "этахотабыла")  # so short a name is found everywhere
    assert heard.is_name_heard("ахат", "егосынахатбыл")


def test_names_are_found_in_their_cases_and_other_words_are_none() -> None:
    assert list(names_in("Ахмету Байтурсынову помог народ", RU, PEOPLE)) == [
        "ахмету",
        "байтурсынову",
    ]
    assert list(names_in("Mailin's friend Saken wrote", EN, PEOPLE)) == ["mailins", "saken"]


def test_only_what_stands_in_figures_is_a_figure() -> None:
    assert list(figures_in("Один из них родился в 1920 году", RU)) == [
        ("тысяча", "девятьсот", "двадцать")
    ]
    assert list(figures_in("One of them had 12 books", EN)) == [("twelve",)]


def test_a_figure_with_a_small_word_in_it_is_understood_when_all_of_it_is_heard() -> None:
    text = "On 2 November 2001 and 113,000 people"
    got = score(text, "on the 2nd of November, 2001 and 113,000 people", EN, ())
    assert (got.figures, got.figures_understood) == (3, 3)
    assert score(text, "on the 3rd of November, 2021", EN, ()).figures_understood == 0


def test_scores_add_up() -> None:
    both = Score(words=2, words_wrong=1, names=1) + Score(words=2, letters=5)
    assert both == Score(words=4, words_wrong=1, letters=5, names=1)
    assert both.words_wrong_percent == 25
