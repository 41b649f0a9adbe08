"""What labels say, as the database has it now: numbers, codes, and titles in each language."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from audioguide.content import blocks
from audioguide.errors import AskedWrongly
from audioguide.labels.address import payload, typed_address
from audioguide.labels.drawing import Label
from audioguide.languages import SOURCE, Language, Languages, drawn
from audioguide.models import Stop, Transcript
from audioguide.services import museum_languages


def labels(
    session: Session, base_url: str, codes: Collection[str] | None = None
) -> tuple[Label, ...]:
    """Write a label for each published stop, or those of ``codes``, in the order of numbers."""
    languages = museum_languages.of_museum(session)
    stops = session.scalars(select(Stop).where(Stop.published).order_by(Stop.number)).all()
    titles: dict[int, dict[Language, tuple[str, str | None]]] = {}
    query = select(
        Transcript.stop_id, Transcript.language, Transcript.title, Transcript.label_title
    )
    for stop_id, language, title, short in session.execute(query):
        titles.setdefault(stop_id, {})[language] = (title, short)
    return tuple(
        _label(stop, titles.get(stop.id, {}), base_url, languages)
        for stop in stops
        if codes is None or stop.code in codes
    )


def _label(
    stop: Stop,
    titles: Mapping[Language, tuple[str, str | None]],
    base_url: str,
    languages: Languages,
) -> Label:
    """Write a label; in a language without a text it has the title that stands in for it."""
    told = museum_languages.told(titles, languages)
    said = {each: told[each][1] for each in languages.on_labels if each in told}
    written_in = {each: told[each][0] for each in said if told[each][0] != each}
    return Label(
        number=stop.number or 0,
        code=stop.code,
        payload=payload(base_url, stop.code),
        typed_address=typed_address(base_url, stop.code),
        titles={language: title for language, (title, _) in said.items()},
        short_titles={language: short for language, (_, short) in said.items() if short},
        stem=f"{stop.number}-{stop.slug}",
        written_in=written_in,
    )


def languages_of_labels(session: Session) -> Languages:
    """Return the museum's languages; raise AskedWrongly for labels in one without a typeface."""
    languages = museum_languages.of_museum(session)
    shown = drawn(languages.on_labels)
    bare = ", ".join(each for each in languages.on_labels if each not in shown)
    if bare and shown:
        raise AskedWrongly(
            "Labels cannot have the language {languages}: no typeface with its letters comes with "
            "the program. Write under [museum] in museum.toml: {line}",
            languages=bare,
            line=f"label_languages = {blocks.value(shown)}",
        )
    if bare:
        raise AskedWrongly(
            "Labels cannot have the language {languages}: no typeface with its letters comes with "
            "the program. Give the museum one more language for its labels, such as {other}; its "
            "texts may be missing: partial_languages.",
            languages=bare,
            other=SOURCE,
        )
    return languages
