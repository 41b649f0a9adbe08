"""Words that the museum does not say by itself."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from audioguide.content.proof.entries import read_entries
from audioguide.content.proof.texts import PageText, Passage
from audioguide.errors import Finding, message
from audioguide.languages import Language


@dataclass(frozen=True)
class AvoidedWords:
    """Words to avoid: ``pattern`` as listed, and why.

    Each word of a pattern stands for itself, or with a * for every word that begins so. A
    pattern with a capital letter is found as written only.
    """

    pattern: str
    reason: str

    @cached_property
    def expression(self) -> re.Pattern[str]:
        """The pattern as an expression that finds whole words."""
        words = (re.escape(word).replace(r"\*", r"\w*") for word in self.pattern.split())
        flags = re.IGNORECASE if self.pattern == self.pattern.lower() else 0
        return re.compile(r"(?<![\w-])(?<!\d[.,])" + r"\s+".join(words) + r"(?!\w)", flags)


def read_avoided(content: str, file: str) -> tuple[AvoidedWords, ...]:
    """Read a list "words<TAB># reason"; raise PackBroken naming each line that is not so."""
    return tuple(
        AvoidedWords(entry.columns[0], entry.columns[1].removeprefix("#").strip())
        for entry in read_entries(content, file, columns=2)
    )


def check(
    texts: Sequence[PageText],
    avoided: Mapping[Language, Sequence[AvoidedWords]],
    lexicon_names: Mapping[Language, Sequence[str]],
) -> Iterator[Finding]:
    """Find words to avoid outside quotation marks and names, or for the second time at a stop."""
    for text in texts:
        names = lexicon_names.get(text.language, ())
        for words in avoided.get(text.language, ()):
            yield from _check_text(text, words, names)


def _check_text(text: PageText, words: AvoidedWords, names: Sequence[str]) -> Iterator[Finding]:
    times_let_off = 0
    for passage in text.passages:
        for found in words.expression.finditer(passage.text):
            said = {"words": found.group(), "reason": words.reason}
            line = passage.line(found.start())
            if not _is_let_off(passage, found, names):
                yield text.error(
                    line,
                    message("Avoid “{words}”: {reason}.", **said),
                    message("Reword it, or put it in quotation marks, once."),
                )
                continue
            times_let_off += 1
            if times_let_off > 1:
                yield text.error(
                    line,
                    message("“{words}” is quoted more than once: {reason}.", **said),
                    message("Keep one of them."),
                )


def _is_let_off(passage: Passage, found: re.Match[str], names: Sequence[str]) -> bool:
    return passage.is_quoted(*found.span()) or any(
        place.start() <= found.start() and found.end() <= place.end()
        for name in names
        for place in re.finditer(re.escape(name), passage.text)
    )
