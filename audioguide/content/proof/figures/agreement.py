"""Whether the languages of a stop or a page tell the same figures, each as often.

Figures up to ten are let off when told in words: "one of them", "the first" and their like are
said in one language and not in the next. In digits they count: what one language writes in
digits every other must tell, in digits or in words.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from audioguide.content.proof.figures.reading import figures_of
from audioguide.content.proof.figures.values import EXEMPT_UP_TO, Figure
from audioguide.content.proof.texts import PageText, by_place
from audioguide.errors import Finding, message
from audioguide.languages import Language

Key = tuple[Fraction, bool]


@dataclass(frozen=True)
class _Told:
    """What one text tells, with the line of each figure."""

    text: PageText

    @cached_property
    def figures(self) -> tuple[tuple[Figure, int], ...]:
        return tuple(
            (figure, passage.line(figure.start))
            for passage in self.text.passages
            for figure in figures_of(passage.text, self.text.language)
        )

    @cached_property
    def counted(self) -> Counter[Key]:
        return Counter(figure.key for figure, _ in self.figures)

    @cached_property
    def small_in_digits(self) -> Counter[Key]:
        return Counter(
            figure.key for figure, _ in self.figures if figure.is_small and figure.in_digits
        )

    def line(self, key: Key) -> int:
        return next((line for figure, line in self.figures if figure.key == key), 1)


def check(texts: Sequence[PageText]) -> Iterator[Finding]:
    """Find the figures that a text tells more or less often than those of its other languages."""
    for place in by_place(texts):
        told = [_Told(text) for text in place]
        for key in sorted({key for each in told for key in each.counted}):
            yield from _disagreements(key, told)


def _disagreements(key: Key, told: Sequence[_Told]) -> Iterator[Finding]:
    if key[0] <= EXEMPT_UP_TO:
        expected = max(each.small_in_digits[key] for each in told)
        wrong = [each for each in told if each.counted[key] < expected]
    else:
        expected = _usual([each.counted[key] for each in told])
        wrong = [each for each in told if each.counted[key] != expected]
    for each in wrong:
        others = {
            other.text.language: other.counted[key] for other in told if other.text != each.text
        }
        yield each.text.error(
            each.line(key),
            message(
                "The figure {figure} stands here {count} times; elsewhere: {others}.",
                figure=_shown(key),
                count=each.counted[key],
                others=_listed(others),
            ),
            message("Tell the same figures in every language."),
        )


def _usual(counts: Sequence[int]) -> int:
    ranked = Counter(counts).most_common()
    return max(count for count, often in ranked if often == ranked[0][1])


def _listed(counts: Mapping[Language, int]) -> str:
    return ", ".join(f"{language} {count}" for language, count in counts.items())


def _shown(key: Key) -> str:
    value, is_decade = key
    number = str(value.numerator) if value.denominator == 1 else f"{float(value):g}"
    return f"{number}s" if is_decade else number
