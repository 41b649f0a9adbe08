"""What staff see of a stop before it is published; who may ask is the door's to decide."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from audioguide import codes
from audioguide.languages import Language, Languages
from audioguide.models import Stop, Transcript
from audioguide.services import museum_languages
from audioguide.services.visitor import stop_links, stop_pages
from audioguide.services.visitor.scanning import LONGEST_TYPED
from audioguide.services.visitor.stop_pages import Moved, Retired, StopPage


@dataclass(frozen=True)
class Unpublished:
    """A stop that no visitor sees, and its titles in those of the languages that it has."""

    number: int
    code: str
    slug: str
    titles: Mapping[Language, str]

    @property
    def languages(self) -> tuple[Language, ...]:
        """The languages in which it can be looked at."""
        return tuple(self.titles)


def unpublished(session: Session) -> tuple[Unpublished, ...]:
    """List the stops that wait to be published, in walking order."""
    query = select(Stop).where(Stop.published.is_(False), Stop.retired_at.is_(None))
    languages = museum_languages.of_museum(session)
    return tuple(
        Unpublished(stop.number or 0, stop.code, stop.slug, _titles(stop, languages))
        for stop in session.scalars(
            query.options(selectinload(Stop.transcripts)).order_by(Stop.position)
        )
    )


def _titles(stop: Stop, languages: Languages) -> dict[Language, str]:
    titles = {text.language: text.title for text in stop.transcripts}
    return {language: titles[language] for language in languages if language in titles}


@dataclass(frozen=True)
class Unwritten:
    """The stop waits for its text in this language."""

    code: str


def preview(
    session: Session, code: str, language: Language
) -> StopPage | Moved | Retired | Unwritten | None:
    """Show an unpublished stop by its code; a published one is where visitors find it.

    None where there is no such stop.
    """
    folded = codes.fold(code) if len(code) <= LONGEST_TYPED else ""
    stop = session.scalars(select(Stop).where(Stop.code == folded)).one_or_none()
    if stop is None:
        return None
    if stop.retired_at is not None:
        return Retired()
    if stop.published:
        return Moved(stop.slug)
    chain = stop_links.chain_of(session, language)
    has_text = session.scalars(
        select(Transcript.id).where(Transcript.stop_id == stop.id, Transcript.language.in_(chain))
    ).first()
    if has_text is None:
        return Unwritten(stop.code)
    return stop_pages.page_of(session, stop, language)
