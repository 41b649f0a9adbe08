"""Whether what is spoken tells what is shown."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from audioguide.content.proof.figures import Figure, figures_of
from audioguide.content.proof.texts import StopText
from audioguide.errors import Finding, message
from audioguide.languages import Language


@dataclass(frozen=True)
class PreparedSentence:
    """A sentence as shown and as spoken."""

    shown: str
    spoken: str


@dataclass(frozen=True)
class PreparedText:
    """The sentences of one stop in one language, in their order."""

    number: int
    language: Language
    sentences: tuple[PreparedSentence, ...]


def check(texts: Sequence[StopText], prepared: Sequence[PreparedText]) -> Iterator[Finding]:
    """Find words that no sentence shows, and figures that a sentence shows and does not speak."""
    scripts = {(each.number, each.language): each for each in prepared}
    for text in texts:
        script = scripts.get((text.number, text.language))
        if script is None:
            continue
        if text.words.text.split() != " ".join(each.shown for each in script.sentences).split():
            yield text.error(
                1,
                message("The sentences of the script are not those of the text."),
                message("Tell the developers: the text was split wrongly."),
            )
        for sentence in script.sentences:
            yield from _lost(text, sentence)


def _lost(text: StopText, sentence: PreparedSentence) -> Iterator[Finding]:
    shown = figures_of(sentence.shown, text.language)
    spoken = figures_of(sentence.spoken.replace("\u0301", ""), text.language)
    lost = Counter(map(_shown, shown)) - Counter(map(_shown, spoken))
    for figure in lost:
        yield text.error(
            text.line_of(sentence.shown),
            message(
                "The figure {figure} is in the text but is not read aloud: {sentence}",
                figure=figure,
                sentence=sentence.spoken,
            ),
            message("Write the figure in words."),
        )


def _shown(figure: Figure) -> str:
    return str(figure.value)
