"""Whether stops that are heard one after the other open or end alike.

Alike are openings whose first two words are the same, and endings whose last sentences begin
with the same two words or close with the same two. Any figure counts as any other: "In 1928"
opens like "In 1937".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from audioguide.content.proof.texts import StopText, counted_words
from audioguide.errors import Finding, message

_BEGIN, _CLOSE = slice(2), slice(-2, None)
_FIGURE = re.compile(r"\d+")


def check(texts: Sequence[StopText], walks: Sequence[Sequence[int]]) -> Iterator[Finding]:
    """Find neighbours that open or end alike; ``walks`` are the orders in which stops are heard."""
    neighbours = dict.fromkeys(pair for walk in walks for pair in pairwise(walk))
    for language in dict.fromkeys(text.language for text in texts):
        told = {text.number: text for text in texts if text.language == language}
        for before, after in neighbours:
            if before in told and after in told:
                yield from _openings(told[before], told[after])
                yield from _endings(told[before], told[after])


def _openings(before: StopText, after: StopText) -> Iterator[Finding]:
    opening = after.sentences[0]
    if _words(opening, _BEGIN) == _words(before.sentences[0], _BEGIN):
        yield after.warning(
            after.line_of(opening),
            message(
                "The text opens like stop {number}, which is heard before it: “{words}”.",
                number=before.number,
                words=" ".join(counted_words(opening)[_BEGIN]),
            ),
            message("Open one of them otherwise."),
        )


def _endings(before: StopText, after: StopText) -> Iterator[Finding]:
    ending = after.sentences[-1]
    for part in (_BEGIN, _CLOSE):
        if _words(ending, part) == _words(before.sentences[-1], part):
            yield after.warning(
                after.line_of(ending),
                message(
                    "The text ends like stop {number}, which is heard before it: “{words}”.",
                    number=before.number,
                    words=" ".join(counted_words(ending)[part]),
                ),
                message("End one of them otherwise."),
            )
            return


def _words(sentence: str, part: slice) -> list[str]:
    return [_FIGURE.sub("0", word.casefold()) for word in counted_words(sentence)[part]]
