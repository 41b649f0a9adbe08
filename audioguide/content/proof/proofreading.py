"""Proofread the texts of the guide: every check of this room, one after the other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from audioguide.content.proof import (
    avoid,
    completeness,
    figures,
    lengths,
    names,
    neighbours,
    scripts,
    spelling,
)
from audioguide.content.proof.avoid import AvoidedWords
from audioguide.content.proof.bounds import Lengths
from audioguide.content.proof.names import Person
from audioguide.content.proof.scripts import PreparedText
from audioguide.content.proof.spelling import OwnWord
from audioguide.content.proof.texts import PageText, StopText
from audioguide.errors import Finding
from audioguide.languages import Language, Languages


@dataclass(frozen=True)
class Lists:
    """The lists of the museum: words to avoid, our own words, people by name, lengths."""

    avoided: Mapping[Language, Sequence[AvoidedWords]] = field(default_factory=dict)
    own_words: Mapping[Language, Sequence[OwnWord]] = field(default_factory=dict)
    people: Sequence[Person] = ()
    lengths: Lengths = field(default_factory=Lengths)


def proofread(
    texts: Sequence[StopText],
    pages: Sequence[PageText],
    prepared: Sequence[PreparedText],
    lexicon_names: Mapping[Language, Sequence[str]],
    lists: Lists,
    languages: Languages,
    walks: Sequence[Sequence[int]] = (),
) -> tuple[Finding, ...]:
    """Make every check of the texts; the findings stand by check, then by text.

    ``pages`` are the museum's page, halls and tours: of them figures and words to avoid.

    ``lexicon_names`` are the written forms of the lexicon, in which a word to avoid may stand;
    ``walks`` the numbers of the stops in every order in which they are heard.
    """
    return (
        *completeness.check(texts, languages),
        *lengths.check(texts, lists.lengths),
        *neighbours.check(texts, walks),
        *figures.check([*texts, *pages]),
        *names.check(texts, lists.people),
        *avoid.check([*texts, *pages], lists.avoided, lexicon_names),
        *scripts.check(texts, prepared),
        *spelling.check(texts, lists.own_words),
    )
