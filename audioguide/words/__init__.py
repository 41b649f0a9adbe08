"""Translations (gettext): interface words in Kazakh, Russian and English.

The English sentence is the key, as gettext has it; `kk.po` and `ru.po` lie beside this file and
are read at start.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path

from babel.messages.pofile import read_po

from audioguide.errors import Message
from audioguide.languages import SOURCE, Language

Translate = Callable[..., str]


@cache
def catalogue(language: Language) -> Mapping[str, str]:
    """Read the catalogue of a language: English sentence -> sentence.

    It is empty for English, and for a language that nobody has translated them into.
    """
    path = Path(__file__).with_name(f"{language}.po")
    if language == SOURCE or not path.is_file():
        return {}
    with path.open("rb") as file:
        messages = read_po(file, locale=str(language))
    return {str(message.id): str(message.string) for message in messages if message.id}


def say(language: Language, sentence: str, /, **values: object) -> str:
    """Say an English sentence in a language, with ``values`` in its {places}.

    A message among the values is said in the same language.
    """
    said = catalogue(language).get(sentence) or sentence
    if not values:
        return said
    placed = _said(language, values)
    return _undoubled(said, placed).format(**placed)


def _undoubled(said: str, values: Mapping[str, object]) -> str:
    """Drop a sentence's full stop behind a value that ends in one, as some names do."""
    for name, value in values.items():
        if isinstance(value, str) and value.endswith(".") and not value.endswith(".."):
            said = re.sub(rf"(\{{{name}\}})\.(?=\s|$)", r"\1", said)
    return said


def _said(language: Language, values: Mapping[str, object]) -> dict[str, object]:
    return {
        name: say(language, each.sentence, **each.values) if isinstance(each, Message) else each
        for name, each in values.items()
    }


def translator(language: Language) -> Translate:
    """Return ``say`` for one language, as templates and commands use it."""

    def spoken(sentence: str, /, **values: object) -> str:
        return say(language, sentence, **values)

    return spoken
