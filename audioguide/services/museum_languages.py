"""Which languages the museum has, as it was imported last, and whose words stand in for others."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from audioguide.languages import Declared, Language, Languages
from audioguide.models import THE_MUSEUM, Museum

_Text = TypeVar("_Text")
_ASKED = "audioguide_languages"  # in what a session remembers while it is open
_WRITTEN = select(Museum.languages).where(Museum.id == THE_MUSEUM)


def of_museum(session: Session) -> Languages:
    """Return the museum's languages; before the first import those of a pack that names none."""
    found: Languages | None = session.info.get(_ASKED)
    if found is None:
        record = session.scalar(_WRITTEN)
        found = Languages() if record is None else of_record(record)
        session.info[_ASKED] = found
    return found


def bring_in(session: Session, row: Museum, languages: Languages) -> None:
    """Write the museum's languages down; whoever asks in this session hears of them at once."""
    record = as_record(languages)
    if row.languages != record:
        row.languages = record
    session.info[_ASKED] = languages


def nearest(
    texts: Mapping[Language, _Text], chain: Sequence[Language]
) -> tuple[Language, _Text] | None:
    """Return the first of the texts along a chain of languages, with its language; None of none."""
    return next(((each, texts[each]) for each in chain if each in texts), None)


def told(
    texts: Mapping[Language, _Text], languages: Languages
) -> dict[Language, tuple[Language, _Text]]:
    """Return what is told in each of the languages, with the language that it is written in.

    Where nothing is written even in those that stand in, the language is left out.
    """
    found = {language: nearest(texts, languages.chain(language)) for language in languages}
    return {language: each for language, each in found.items() if each is not None}


def as_record(languages: Languages) -> dict[str, Any]:
    """Write languages as a row keeps them; what is not said is left out."""
    declared = {
        str(language): {
            key: str(value)
            for key, value in (
                ("name", each.name),
                ("short_name", each.short_name),
                ("espeak", each.espeak),
                ("fallback", each.fallback),
            )
            if value
        }
        for language, each in languages.declared.items()
    }
    record = {
        "partial": [str(each) for each in languages if each in languages.partial],
        "labels": [str(each) for each in languages.shown_on_labels],
        "declared": declared,
        "words": {str(language): dict(words) for language, words in languages.words.items()},
    }
    tags = [str(each) for each in languages]
    return {"tags": tags, **{key: value for key, value in record.items() if value}}


def of_record(record: Mapping[str, Any]) -> Languages:
    """Read languages out of a row."""
    return Languages(
        tuple(map(Language, record["tags"])),
        frozenset(map(Language, record.get("partial", ()))),
        tuple(map(Language, record.get("labels", ()))),
        {
            Language(tag): Declared(
                each.get("name", ""),
                each.get("short_name", ""),
                each.get("espeak", ""),
                Language(each["fallback"]) if "fallback" in each else None,
            )
            for tag, each in record.get("declared", {}).items()
        },
        {Language(tag): words for tag, words in record.get("words", {}).items()},
    )
