from __future__ import annotations

from collections.abc import Callable

import pytest

from audioguide.content.proof import StopText
from audioguide.content.proof.avoid import AvoidedWords, check, read_avoided
from audioguide.errors import PackBroken
from audioguide.languages import Language

Tell = Callable[..., StopText]

AVOIDED = {
    Language("kk"): [AvoidedWords("халық жау*", "айып"), AvoidedWords("орын алды", "калька")],
    Language("ru"): [AvoidedWords("ликвидир*", "эвфемизм"), AvoidedWords("Алжире", "страна")],
    Language("en"): [AvoidedWords("traitor*", "a charge"), AvoidedWords("dark page*", "ornament")],
}


def said(text: StopText, *names: str) -> list[str]:
    found = check([text], AVOIDED, {text.language: names})
    return [str(each.what) for each in found]


@pytest.mark.parametrize(
    ("language", "text", "words"),
    [
        ("kk", "Ол халық\nжауы еді.", "халық жауы"),
        ("kk", "Халық жауларын атты.", "Халық жауларын"),
        ("kk", "Бұл жағдай орын алды.", "орын алды"),
        ("ru", "Их ликвидировали.", "ликвидировали"),
        ("ru", "Она жила в Алжире.", "Алжире"),
        ("en", "The traitors left.", "traitors"),
        ("en", "A dark page of history.", "dark page"),
    ],
)
def test_a_word_to_avoid_is_an_error(tell: Tell, language: str, text: str, words: str) -> None:
    (found,) = said(tell(language, text))
    assert found.startswith(f"Avoid “{words}”: ")


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("kk", "Халық жиналды. Жау келді. Орын алдында."),
        ("ru", "Отдел ликвида. Лагерь АЛЖИР."),
        ("en", "A dark night, a page. The untraitorly."),
    ],
)
def test_a_word_that_only_resembles_it_is_none(tell: Tell, language: str, text: str) -> None:
    assert said(tell(language, text)) == []


@pytest.mark.parametrize("text", ["Called “traitors”.", 'Called "traitors".', "Called «traitors»."])
def test_a_word_may_stand_once_in_quotation_marks(tell: Tell, text: str) -> None:
    assert said(tell("en", text)) == []


def test_a_word_quoted_twice_at_a_stop_is_an_error(tell: Tell) -> None:
    found = said(tell("en", "Called “traitors”.\n\nAgain “a traitor”."))
    assert found == ["“traitor” is quoted more than once: a charge."]


def test_a_word_may_stand_once_in_a_name_of_the_lexicon(tell: Tell) -> None:
    text = tell("en", "The Camp for Wives of Traitors stood here.")
    assert said(text, "Camp for Wives of Traitors") == []
    assert len(said(text)) == 1


def test_a_content_note_and_a_title_are_looked_at_too(tell: Tell) -> None:
    text = tell("en", "> Of traitors.\n\nWords.", title="The traitor")
    assert [each.where for each in check([text], AVOIDED, {})] == [
        "media/stops/9-alzhir/en.md:1",
        "media/stops/9-alzhir/en.md:3",
    ]


def test_a_figure_of_a_phrase_is_no_end_of_another_figure(tell: Tell) -> None:
    avoided = {Language("en"): [AvoidedWords("3 million", "not proved")]}
    text = tell("en", "1.3 million sheep and 103 million trees.\n\nThen 3 million people.")
    (found,) = check([text], avoided, {})
    assert found.where.endswith("en.md:5")


def test_the_finding_says_what_the_list_gives_in_place_of_the_words(tell: Tell) -> None:
    read = read_avoided("партия жиналыс*\t# пленум\n", "avoid.kk.txt")
    (found,) = check([tell("kk", "Партия\nжиналысында айтты.")], {Language("kk"): read}, {})
    assert str(found.what) == "Avoid “Партия жиналысында”: пленум."


def test_a_list_is_read_with_its_reasons() -> None:
    read = read_avoided("# The charges\n\nхалық жау*\t# айып\n", "avoid.kk.txt")
    assert read == (AvoidedWords("халық жау*", "айып"),)


def test_a_word_without_a_reason_is_refused() -> None:
    with pytest.raises(PackBroken, match=r"avoid.en.txt:1: The line has 1 columns, not 2\."):
        read_avoided("traitor*\n", "avoid.en.txt")
