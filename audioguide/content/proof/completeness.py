"""Whether a stop has all its languages, and each language words of its own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations

from audioguide.content.proof.texts import StopText, by_place
from audioguide.errors import Finding, message
from audioguide.languages import Languages


def check(texts: Sequence[StopText], languages: Languages) -> Iterator[Finding]:
    """Find the languages a stop lacks, and texts that say in two languages the very same."""
    for told in by_place(texts):
        yield from _missing(told, languages)
        for one, other in combinations(told, 2):
            if _letters(one.words.text) == _letters(other.words.text):
                yield other.error(
                    1,
                    message("The text is the same as in {file}.", file=one.file),
                    message("Write each language in its own words."),
                )


def _missing(told: Sequence[StopText], languages: Languages) -> Iterator[Finding]:
    there = {text.language for text in told}
    for language in languages.complete:
        if language not in there:
            yield told[0].error(
                1,
                message(
                    "Stop {number} has no text in {language}.",
                    number=told[0].number,
                    language=language,
                ),
                message("Put {language}.md beside this file.", language=language),
            )


def _letters(text: str) -> str:
    return " ".join(text.casefold().split())
