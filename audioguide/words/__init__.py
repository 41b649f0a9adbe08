"""Translations (gettext): interface words in the languages of the catalogues beside this file.

The English sentence is the key, as gettext has it. The POT file `pages.pot` names the sentences of
pages and labels; a museum brings a catalogue of its own for a language that has none here, or not
all of it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from string import Formatter

from babel.messages.pofile import read_po

from audioguide.errors import Message
from audioguide.languages import SOURCE, Language, Languages, parse

Translate = Callable[..., str]

STAFF = "staff"  # stands as a comment in pages.pot above what visitors do not meet
_FOLDER = Path(__file__).parent
_OF_ARGPARSE = re.compile(r"%(?:\(\w+\))?[sr]")


@dataclass(frozen=True)
class OnPage:
    """A sentence of the pages and labels, where it is shown, and whether visitors meet it."""

    sentence: str
    places: tuple[str, ...]
    is_for_visitors: bool


@cache
def catalogue(language: Language) -> Mapping[str, str]:
    """Read the program's catalogue of a language: English sentence -> sentence.

    It is empty for English, and for a language that nobody has translated them into.
    """
    found = parse(language, _catalogues())
    if found is None or found.script != language.script:
        return {}
    with (_FOLDER / f"{found}.po").open("rb") as file:
        messages = read_po(file)
    return {str(message.id): str(message.string) for message in messages if message.id}


@cache
def _catalogues() -> tuple[Language, ...]:
    return tuple(Language(path.stem) for path in sorted(_FOLDER.glob("*.po")))


@cache
def sentences() -> frozenset[str]:
    """Return every sentence that the program has a translation of."""
    return frozenset(key for language in _catalogues() for key in catalogue(language))


@cache
def on_pages() -> tuple[OnPage, ...]:
    """Return the sentences of the pages and labels: first those that visitors meet."""
    with (_FOLDER / "pages.pot").open("rb") as file:
        found = [message for message in read_po(file) if message.id]
    return tuple(
        OnPage(
            str(each.id),
            tuple(place for place, _ in each.locations),
            STAFF not in each.auto_comments,
        )
        for each in found
    )


def is_said(sentence: str, language: Language, museum: Languages | None = None) -> bool:
    """Tell whether a sentence is said in this very language, and in none that stands in for it."""
    return is_source(language) or any(sentence in each for each in _catalogues_of(language, museum))


def said_in(sentence: str, language: Language, museum: Languages) -> Language:
    """Return the language in which ``say`` says a sentence: this one, or one that stands in."""
    found = (each for each in museum.chain(language) if is_said(sentence, each, museum))
    return next(found, SOURCE)


def is_source(language: Language) -> bool:
    """Tell whether the sentences are said in this language as they stand in the program."""
    return language.primary == SOURCE.primary


def places(sentence: str) -> frozenset[str]:
    """Return what stands in the {places} of a sentence; raise ValueError where braces are amiss."""
    named = set()
    for _, name, form, conversion in Formatter().parse(sentence):
        if name is not None:
            if form or conversion or (not name.isidentifier() and not name.isdecimal()):
                raise ValueError(f"no place: {name}")
            named.add(name)
    return frozenset((*named, *_OF_ARGPARSE.findall(sentence)))


def say(
    language: Language, sentence: str, museum: Languages | None = None, /, **values: object
) -> str:
    """Say an English sentence in a language, with ``values`` in its {places}.

    A ``museum`` says it in words of its own where it has some, and where there are none, in the
    languages that stand in for this one. A message among the values is said in the same language.
    """
    said = _found(language, sentence, museum)
    if not values:
        return said
    placed = _said(language, values, museum)
    return _undoubled(said, placed).format(**placed)


def _found(language: Language, sentence: str, museum: Languages | None) -> str:
    for each in (language,) if museum is None else museum.chain(language):
        for catalogue_ in _catalogues_of(each, museum):
            if said := catalogue_.get(sentence):
                return said
        if is_source(each):
            break
    return sentence


def _catalogues_of(language: Language, museum: Languages | None) -> Sequence[Mapping[str, str]]:
    own = museum.words.get(language) if museum is not None else None
    return (own, catalogue(language)) if own else (catalogue(language),)


def _undoubled(said: str, values: Mapping[str, object]) -> str:
    """Drop a sentence's full stop behind a value that ends in one, as some names do."""
    for name, value in values.items():
        if isinstance(value, str) and value.endswith(".") and not value.endswith(".."):
            said = re.sub(rf"(\{{{name}\}})\.(?=\s|$)", r"\1", said)
    return said


def _said(
    language: Language, values: Mapping[str, object], museum: Languages | None
) -> dict[str, object]:
    return {
        name: say(language, each.sentence, museum, **each.values)
        if isinstance(each, Message)
        else each
        for name, each in values.items()
    }


def translator(language: Language, museum: Languages | None = None) -> Translate:
    """Return ``say`` for one language, as templates and commands use it."""

    def spoken(sentence: str, /, **values: object) -> str:
        return say(language, sentence, museum, **values)

    return spoken
