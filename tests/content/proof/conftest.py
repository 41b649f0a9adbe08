"""A way to tell a stop in a few words, with the file that it would stand in."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from audioguide.content.mistakes import Mistakes
from audioguide.content.proof import StopText
from audioguide.content.text import parse_words
from audioguide.kinds import SECTION, THE_SEVEN
from audioguide.languages import Language

Tell = Callable[..., StopText]


@pytest.fixture
def tell() -> Tell:
    """Make a text of stop 9 from what its file says below the title."""

    def make(
        language: str,
        text: str,
        *,
        title: str = "Title",
        number: int = 9,
        slug: str = "alzhir",
        kind: str = SECTION,
    ) -> StopText:
        content = f"# {title}\n\n{text}\n\n## Sources\n- 12 345 books, traitors, qwrt\n"
        file = f"media/stops/{number}-{slug}/{language}.md"
        words = parse_words(content, Mistakes(file), needs_text=True)
        assert words is not None
        return StopText(
            language=Language(language),
            file=file,
            words=words,
            content=content,
            number=number,
            slug=slug,
            kind=THE_SEVEN.of(kind),
        )

    return make
