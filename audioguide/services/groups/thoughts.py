"""Join sentences to thoughts: segments of a stop, of which all languages have as many.

A group is led through them. Each language is written by itself, and says in two sentences what
another says in one; thoughts are counted from paragraph to paragraph, so nobody hears the end of
one while others are at its beginning.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, chain, pairwise
from typing import TypeAlias

from sqlalchemy import select
from sqlalchemy.orm import Session

from audioguide.content import sentences
from audioguide.languages import Language
from audioguide.models import Transcript
from audioguide.services import museum_languages
from audioguide.services.narration import audible
from audioguide.speech.cues import Cue
from audioguide.storage import Store

Paragraphs: TypeAlias = "tuple[tuple[str, ...], ...]"
_Sizes: TypeAlias = "tuple[tuple[int, ...], ...]"  # sentences in each thought, by paragraph


@dataclass(frozen=True)
class Thoughts:
    """What a group is led through at a stop: thoughts by paragraph, and when each is heard.

    A language whose sound is lost has no cues.
    """

    paragraphs: Mapping[Language, Paragraphs]
    cues: Mapping[Language, tuple[Cue, ...]]


def texts_of(session: Session, stop_id: int) -> Sequence[Transcript]:
    """Give the texts of a stop in the museum's languages; others, of before, lead nobody."""
    languages = museum_languages.of_museum(session)
    return session.scalars(
        select(Transcript)
        .where(Transcript.stop_id == stop_id, Transcript.language.in_(languages.tags))
        .order_by(Transcript.id)
    ).all()


def of_stop(
    texts: Iterable[Transcript], store: Store, sounds: Mapping[str, Mapping[str, str]]
) -> Thoughts:
    """Join the sentences of a stop's texts, and the cues of the ``sounds`` that a group hears."""
    split = {text.language: sentences.split_text(text.text, text.language) for text in texts}
    sizes = _sizes(split)
    heard = {
        language: audible.read_cues(store, sounds[language]["cues"])
        for language in split
        if language in sounds
    }
    return Thoughts(
        {language: _joined_text(split[language], sizes[language]) for language in split},
        {language: _joined_cues(cues, sizes[language]) for language, cues in heard.items()},
    )


def _sizes(texts: Mapping[Language, Paragraphs]) -> dict[Language, _Sizes]:
    """Say how many sentences each thought has: in a paragraph as many thoughts as the fewest.

    Languages with other numbers of paragraphs cannot be compared; a sentence is a thought then.
    """
    shapes = {language: [len(part) for part in text] for language, text in texts.items()}
    if len({len(shape) for shape in shapes.values()}) > 1:
        return {language: tuple((1,) * count for count in shapes[language]) for language in shapes}
    fewest = [min(counts) for counts in zip(*shapes.values(), strict=True)]
    return {
        language: tuple(_shares(*counts) for counts in zip(shape, fewest, strict=True))
        for language, shape in shapes.items()
    }


def _shares(count: int, into: int) -> tuple[int, ...]:
    """Part a number into as many shares that are as equal as can be."""
    ends = (at * count // into for at in range(into + 1))
    return tuple(end - begin for begin, end in pairwise(ends))


def _spans(sizes: Iterable[int]) -> Iterable[tuple[int, int]]:
    return pairwise(accumulate(sizes, initial=0))


def _joined_text(text: Paragraphs, sizes: _Sizes) -> Paragraphs:
    return tuple(
        tuple(" ".join(part[begin:end]) for begin, end in _spans(shares))
        for part, shares in zip(text, sizes, strict=True)
    )


def _joined_cues(cues: Sequence[Cue], sizes: _Sizes) -> tuple[Cue, ...]:
    """Join cues like their sentences; those of an older text are parted evenly."""
    shares = tuple(chain.from_iterable(sizes))
    if sum(shares) != len(cues):
        shares = _shares(len(cues), min(len(cues), len(shares)) or 1)
    parts = (cues[begin:end] for begin, end in _spans(shares) if end > begin)
    return tuple(
        Cue(part[0].start_ms, part[-1].end_ms, " ".join(cue.text for cue in part)) for part in parts
    )
