from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest

from audioguide.content.proof import StopText
from audioguide.content.proof.neighbours import check
from audioguide.errors import Grade

Tell = Callable[..., StopText]


def said(texts: Sequence[StopText], *walks: Sequence[int]) -> list[str]:
    return [str(each.what) for each in check(texts, walks)]


@pytest.mark.parametrize(
    ("language", "before", "after", "words"),
    [
        ("en", "This section tells of 1916.", "This section speaks of camps.", "This section"),
        ("en", "In 1928 they came.", "In 1937 they went.", "In 1937"),
        ("ru", "В этом зале тихо.", "В  ЭТОМ доме шумно.", "В ЭТОМ"),
        ("kk", "«Бұл зал» ашылды.", "Бұл зал жабылды.", "Бұл зал"),
    ],
)
def test_two_texts_that_begin_with_the_same_two_words_open_alike(
    tell: Tell, language: str, before: str, after: str, words: str
) -> None:
    texts = [
        tell(language, f"{before} Бірінші one.", number=1),
        tell(language, f"{after} Екінші two.", number=2),
    ]
    (found,) = check(texts, [[1, 2]])
    assert found.grade is Grade.WARNING
    assert found.where == f"media/stops/2-alzhir/{language}.md:3"
    assert str(found.what) == (f"The text opens like stop 1, which is heard before it: “{words}”.")


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        ("His name was cleared.", "His name stands here.", "His name"),
        ("Then he was shot in 1937.", "They shot her in 1938.", "in 1938"),
    ],
)
def test_two_texts_whose_last_sentences_begin_or_close_with_the_same_two_words_end_alike(
    tell: Tell, before: str, after: str, words: str
) -> None:
    texts = [
        tell("en", f"One begins.\n\n{before}", number=1),
        tell("en", f"Another opens.\n\n{after}", number=2),
    ]
    (found,) = check(texts, [[1, 2]])
    assert found.where == "media/stops/2-alzhir/en.md:5"
    assert str(found.what) == f"The text ends like stop 1, which is heard before it: “{words}”."


def test_texts_that_share_one_word_differ(tell: Tell) -> None:
    texts = [
        tell("en", "In Semey he taught. He died.", number=1),
        tell("en", "In Moscow he wrote. He was free.", number=2),
    ]
    assert said(texts, [1, 2]) == []


def test_only_neighbours_of_a_walk_are_compared(tell: Tell) -> None:
    texts = [
        tell("en", "His name is known. One.", number=1),
        tell("en", "Nobody came. Two.", number=2),
        tell("en", "His name is lost. Three.", number=3),
    ]
    assert said(texts, [1, 2, 3]) == []
    tour = [3, 1]
    (found,) = check(texts, [[1, 2, 3], tour])
    assert found.where.startswith("media/stops/1-")


def test_neighbours_of_several_walks_are_told_once(tell: Tell) -> None:
    texts = [
        tell("en", "His name is known. One.", number=1),
        tell("en", "His name is lost. Two.", number=2),
    ]
    assert len(said(texts, [1, 2], [1, 2])) == 1


def test_languages_are_not_compared_with_each_other(tell: Tell) -> None:
    texts = [tell("ru", "ОГПУ — это власть.", number=1), tell("kk", "ОГПУ — это.", number=2)]
    assert said(texts, [1, 2]) == []
