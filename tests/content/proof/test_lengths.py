from __future__ import annotations

from collections.abc import Callable

import pytest

from audioguide.content.proof import StopText, lengths
from audioguide.errors import Grade
from audioguide.kinds import Kind

Tell = Callable[..., StopText]


@pytest.mark.parametrize("count", [110, 170])
def test_a_text_of_110_to_170_words_is_long_enough(tell: Tell, count: int) -> None:
    assert list(lengths.check([tell("ru", "слово " * count)])) == []


@pytest.mark.parametrize(("count", "do"), [(109, "Say more."), (171, "Say less.")])
def test_a_text_of_another_length_is_an_error(tell: Tell, count: int, do: str) -> None:
    (found,) = lengths.check([tell("ru", "слово " * count)])
    assert found.grade is Grade.ERROR
    assert str(found.what) == f"The text has {count} words; it should have 110 to 170."
    assert str(found.do) == do


@pytest.mark.parametrize(
    ("kind", "slug"),
    [(Kind.GALLERY, "gallery"), (Kind.FAREWELL, "farewell"), (Kind.HALL, "cinema-hall")],
)
def test_cinema_gallery_and_farewell_may_be_shorter(tell: Tell, kind: Kind, slug: str) -> None:
    assert list(lengths.check([tell("kk", "сөз " * 75, kind=kind, slug=slug)])) == []
    assert len(list(lengths.check([tell("kk", "сөз " * 74, kind=kind, slug=slug)]))) == 1


def test_the_memorial_hall_may_not_be_shorter(tell: Tell) -> None:
    text = tell("kk", "сөз " * 100, kind=Kind.HALL, slug="memorial-hall")
    assert len(list(lengths.check([text]))) == 1
