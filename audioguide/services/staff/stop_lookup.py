"""Find the stop that a member of staff means by a number, a slug or a code."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from audioguide import codes
from audioguide.errors import AskedWrongly
from audioguide.languages import Language
from audioguide.models import Stop


def stop_id(session: Session, named: str, *, also_closed: bool = False) -> int:
    """Return the id of a stop that is not retired; raise AskedWrongly if there is none such."""
    query = select(Stop.id)
    if not also_closed:
        query = query.where(Stop.retired_at.is_(None))
    wanted = [Stop.slug == named, Stop.code == codes.fold(named)]
    if named.isdecimal() and len(named) <= 6:
        wanted.insert(0, Stop.number == int(named))
    for condition in wanted:
        found = session.scalars(query.where(condition)).one_or_none()
        if found is not None:
            return found
    numbers = session.scalars(
        select(Stop.number).where(Stop.published).order_by(Stop.position)
    ).all()
    raise AskedWrongly(
        "There is no stop {stop}. The stops are {numbers}.",
        stop=named,
        numbers=", ".join(str(number) for number in numbers),
    )


def name(session: Session, stop: int, language: Language) -> str:
    """Name a text as an import does: "9 alzhir kk"."""
    found = session.get_one(Stop, stop)
    return f"{found.number} {found.slug} {language}"


def is_published(session: Session, stop: int) -> bool:
    """Tell whether visitors see a stop."""
    return session.get_one(Stop, stop).published
