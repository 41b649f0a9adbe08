from __future__ import annotations

from collections.abc import Callable

import pytest

from audioguide.content.proof import StopText, lengths
from audioguide.content.proof.bounds import Lengths, read_lengths
from audioguide.errors import Grade, PackBroken
from audioguide.languages import Language
from museum import THREE

Tell = Callable[..., StopText]

FILE = """
[text]
kk = [105, 150]
ru = [120, 170]

[sentence]
ru = 5

[[exception]]
kinds = ["portrait"]
ru = [90, 100]

[[exception]]
stops = [14, 101]
ru = [75, 120]
"""
LENGTHS = read_lengths(FILE, "lengths.toml", THREE)


def said(text: StopText, bounds: Lengths = LENGTHS) -> list[str]:
    return [str(each.what) for each in lengths.check([text], bounds)]


def of(count: int) -> str:
    return "Слово. " * count


@pytest.mark.parametrize("count", [120, 170])
def test_a_text_within_the_bounds_of_its_language_is_long_enough(tell: Tell, count: int) -> None:
    assert said(tell("ru", of(count))) == []


@pytest.mark.parametrize(("count", "do"), [(119, "Say more."), (171, "Say less.")])
def test_a_text_of_another_length_is_an_error(tell: Tell, count: int, do: str) -> None:
    (found,) = lengths.check([tell("ru", of(count))], LENGTHS)
    assert found.grade is Grade.ERROR
    assert found.where == "media/stops/9-alzhir/ru.md:1"
    assert str(found.what) == f"The text has {count} words; it should have 120 to 170."
    assert str(found.do) == do


def test_each_language_has_bounds_of_its_own(tell: Tell) -> None:
    assert said(tell("kk", of(110))) == []
    assert said(tell("ru", of(110))) == ["The text has 110 words; it should have 120 to 170."]


def test_a_language_without_bounds_may_be_of_any_length(tell: Tell) -> None:
    assert said(tell("en", "One " * 900)) == []
    assert said(tell("kk", "Сөз " * 110)) == []  # one long sentence
    assert said(tell("ru", of(400)), Lengths()) == []


@pytest.mark.parametrize(
    ("number", "kind", "least", "most"),
    [
        (14, "hall", 75, 120),
        (102, "portrait", 90, 100),
        (101, "portrait", 75, 120),  # named by both: the lower block holds
    ],
)
def test_exceptions_are_stops_by_number_or_kind(
    tell: Tell, number: int, kind: str, least: int, most: int
) -> None:
    text = tell("ru", of(121), number=number, kind=kind)
    assert said(text) == [f"The text has 121 words; it should have {least} to {most}."]


def test_an_exception_leaves_languages_that_it_does_not_name(tell: Tell) -> None:
    text = tell("kk", of(100), number=14, kind="hall")
    assert said(text) == ["The text has 100 words; it should have 105 to 150."]


def test_a_sentence_that_is_too_long_for_the_ear_is_a_warning(tell: Tell) -> None:
    bounds = Lengths(sentences={Language("ru"): 5})
    text = tell("ru", "Здесь пять слов, это верно.\n\nБолее 113 000 человек было\nубито здесь.")
    (found,) = lengths.check([text], bounds)
    assert found.grade is Grade.WARNING
    assert found.where == "media/stops/9-alzhir/ru.md:5"
    assert str(found.what) == (
        "The sentence has 6 words, and the ear holds 5: Более 113 000 человек было убито здесь."
    )


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("[text]\nkk = 105", "2: kk must be a list in square brackets."),
        ("[text]\nkk = [105]", "2: kk must be the fewest and the most words, in this order."),
        ("[text]\nkk = []", "2: kk must be the fewest and the most words, in this order."),
        (
            "[text]\n\nru = [170, 120]",
            "3: ru must be the fewest and the most words, in this order.",
        ),
        ('[text]\nkk = ["a", "b"]', "2: An entry of kk has the wrong type."),
        ("[text]\nkz = [105, 150]", "2: kz is not known in [text]. Allowed: en, kk, ru."),
        ("[texts]\nkk = [105, 150]", "1: [texts] is not known here."),
        ("# ours\nkk = [105, 150]", "2: [kk] is not known here."),
        ("# ours\n\ntext = [105, 150]", "3: text must be written [text]."),
        ("[sentence]\nkk = 0", "2: kk must be a whole number from 1 to 9999, and it is 0."),
        ("[sentence]\nkk = [5, 16]", "2: kk must be a whole number from 0."),
        ("[exception]\nstops = [1]", "1: exception must be written [[exception]]."),
        ("\n[[exception]]\nkk = [1, 2]", "2: [[exception]] names no stops."),
        ('[[exception]]\nkinds = ["poster"]', "2: The kind poster is not known."),
        ("[text]\nkk = 105, 150", "2: A list stands in square brackets. Write: kk = [105, 150]"),
        ("[text]\nkk = 105-150", "2: A list stands in square brackets. Write: kk = [105, 150]"),
        ("[sentence]\nkk = 16 words", "2: 16 words is not a whole number as the program reads it."),
        ("[text]\nkk: [105, 150]", "2: Behind kk stands a colon. Write = in its place."),
        ("[text]\nkk = [105 150]", "2: A comma is missing between the entries of kk."),
    ],
)
def test_a_mistake_in_the_file_is_told_with_its_line(written: str, told: str) -> None:
    with pytest.raises(PackBroken) as broken:
        read_lengths(written, "lengths.toml", THREE)
    (found,) = broken.value.findings
    assert str(found).startswith(f"lengths.toml:{told}")


def test_every_mistake_is_told_at_once() -> None:
    with pytest.raises(PackBroken) as broken:
        read_lengths("[text]\nkk = 5\nru = 6\n[sentence]\nen = 0\n", "lengths.toml", THREE)
    assert [each.where for each in broken.value.findings] == [
        "lengths.toml:2",
        "lengths.toml:3",
        "lengths.toml:5",
    ]
