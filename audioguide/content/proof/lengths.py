"""Whether a text is as long as a visitor stands before a stop, and a sentence as the ear holds."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

from audioguide.content.proof.bounds import Lengths
from audioguide.content.proof.texts import StopText, counted_words
from audioguide.errors import Finding, message


def check(texts: Sequence[StopText], lengths: Lengths) -> Iterator[Finding]:
    """Find the texts that are shorter or longer than the museum wants, and long sentences."""
    for text in texts:
        yield from _text(text, lengths)
        yield from _sentences(text, lengths)


def _text(text: StopText, lengths: Lengths) -> Iterator[Finding]:
    bounds = lengths.of_text(text.number, text.kind, text.language)
    if bounds is None or bounds.fewest <= text.word_count <= bounds.most:
        return
    yield text.error(
        1,
        message(
            "The text has {count} words; it should have {least} to {most}.",
            count=text.word_count,
            least=bounds.fewest,
            most=bounds.most,
        ),
        message("Say more.") if text.word_count < bounds.fewest else message("Say less."),
    )


def _sentences(text: StopText, lengths: Lengths) -> Iterator[Finding]:
    most = lengths.sentences.get(text.language, math.inf)
    for sentence in text.sentences:
        count = len(counted_words(sentence))
        if count > most:
            yield text.warning(
                text.line_of(sentence),
                message(
                    "The sentence has {count} words, and the ear holds {most}: {sentence}",
                    count=count,
                    most=most,
                    sentence=sentence,
                ),
                message("Make two of it."),
            )
