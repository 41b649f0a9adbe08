"""Which kinds of stops the museum has, as it was imported last, and what it calls them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from audioguide.content.pack import PackKind
from audioguide.kinds import SECTION, THE_SEVEN, Kind, Kinds, known
from audioguide.languages import Language, Languages
from audioguide.models import StopKind, StopKindText
from audioguide.services import museum_languages
from audioguide.words import said_in, say

_ASKED = "audioguide_kinds"  # in what a session remembers while it is open
_WRITTEN = select(StopKind).options(selectinload(StopKind.texts)).order_by(StopKind.position)


@dataclass(frozen=True)
class KindEntry:
    """A kind with its names by language; ``told_in`` has the language of each name."""

    kind: Kind
    names: Mapping[Language, str]
    told_in: Mapping[Language, Language]


@dataclass(frozen=True)
class _Asked:
    """What the database says: the kinds that are declared, and their names by slug."""

    declared: tuple[Kind, ...]
    own: Mapping[str, Mapping[Language, str]]


def of_museum(session: Session) -> Kinds:
    """Return the museum's kinds; the seven of the program where it declares none."""
    found = declared(session)
    return Kinds(found) if found else THE_SEVEN


def declared(session: Session) -> tuple[Kind, ...]:
    """Return the kinds that the museum declares, in its order."""
    return _ask(session).declared


def entries(session: Session) -> tuple[KindEntry, ...]:
    """Give every kind with its names."""
    own = _ask(session).own
    languages = museum_languages.of_museum(session)
    return tuple(_entry(kind, own.get(kind.slug, {}), languages) for kind in of_museum(session))


def called_on_route(
    session: Session, kind: Kind, language: Language
) -> tuple[Language, str] | None:
    """Return what the kind of the route is called, and in which language.

    None of sections that the museum does not call otherwise: for them there is a sentence.
    """
    own = _ask(session).own.get(kind.slug, {})
    if kind.slug == SECTION and not own:
        return None
    return _called(kind, own, language, museum_languages.of_museum(session))


def _ask(session: Session) -> _Asked:
    """Look it up once in a session."""
    found: _Asked | None = session.info.get(_ASKED)
    if found is None:
        rows = session.scalars(_WRITTEN).all()
        found = session.info[_ASKED] = _Asked(
            tuple(Kind(row.slug, is_route=row.is_route, is_person=row.is_person) for row in rows),
            {row.slug: {text.language: text.name for text in row.texts} for row in rows},
        )
    return found


def _entry(kind: Kind, own: Mapping[Language, str], languages: Languages) -> KindEntry:
    told = {language: _called(kind, own, language, languages) for language in languages}
    return KindEntry(
        kind,
        names={language: name for language, (_, name) in told.items()},
        told_in={language: told_in for language, (told_in, _) in told.items()},
    )


def _called(
    kind: Kind, own: Mapping[Language, str], language: Language, languages: Languages
) -> tuple[Language, str]:
    """Return the museum's name of a kind that is nearest, else the program's, else its slug."""
    named = museum_languages.nearest(own, languages.chain(language))
    ours = known(kind.slug)
    if named is not None or ours is None:
        return named or (language, kind.slug)
    sentence = ours.name.sentence
    return said_in(sentence, language, languages), say(language, sentence, languages)


def bring_in(session: Session, given: Sequence[PackKind]) -> None:
    """Write the museum's kinds down; whoever asks once that is flushed hears of them.

    One that is no longer declared is taken away. Stops that are retired keep its slug.
    """
    with_texts = select(StopKind).options(selectinload(StopKind.texts))
    before = {row.slug: row for row in session.scalars(with_texts)}
    for position, each in enumerate(given):
        row = before.pop(each.kind.slug, None) or StopKind(slug=each.kind.slug, texts=[])
        row.position = position
        row.is_route, row.is_person = each.kind.is_route, each.kind.is_person
        texts = {text.language: text for text in row.texts}
        for language, words in each.words.items():
            if language not in texts:
                texts[language] = StopKindText(language=language)
                row.texts.append(texts[language])
            texts[language].name = words.title
        session.add(row)
    for gone in before.values():
        session.delete(gone)
    session.info.pop(_ASKED, None)
