"""Say that visitors can see something new: the edition of a scope rises."""

from __future__ import annotations

from sqlalchemy.orm import Session

from audioguide.models import GUIDE, Edition


def raise_edition(session: Session, scope: str = GUIDE) -> int:
    """Raise the edition's number in the caller's transaction and return it."""
    edition = session.get(Edition, scope)
    if edition is None:
        edition = Edition(scope=scope, number=0)
        session.add(edition)
    edition.number += 1
    return edition.number


def edition_number(session: Session, scope: str = GUIDE) -> int:
    """Return the present number of an edition, 0 before anything was published."""
    edition = session.get(Edition, scope)
    return edition.number if edition else 0
