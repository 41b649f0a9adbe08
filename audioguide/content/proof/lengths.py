"""Whether a text is as long as a visitor stands before a stop."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from audioguide.content.proof.texts import StopText
from audioguide.errors import Finding, message

MOST_WORDS = 170
FEWEST_WORDS = 110
FEWEST_WORDS_OF_A_SHORT_STOP = 75
_SHORT_HALLS = {"cinema-hall"}


def check(texts: Sequence[StopText]) -> Iterator[Finding]:
    """Find the texts that are shorter or longer than they should be."""
    for text in texts:
        least = fewest_words(text)
        if least <= text.word_count <= MOST_WORDS:
            continue
        yield text.error(
            1,
            message(
                "The text has {count} words; it should have {least} to {most}.",
                count=text.word_count,
                least=least,
                most=MOST_WORDS,
            ),
            message("Say more.") if text.word_count < least else message("Say less."),
        )


def fewest_words(text: StopText) -> int:
    """Return how many words a text must have at least."""
    is_short = text.kind.is_short or text.slug in _SHORT_HALLS
    return FEWEST_WORDS_OF_A_SHORT_STOP if is_short else FEWEST_WORDS
