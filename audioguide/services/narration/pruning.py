"""Garbage collection: remove sound that no row has named for a month; shrink the sentence cache."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from audioguide.db import Row
from audioguide.models import StoredName, now
from audioguide.services.narration import available_voices
from audioguide.storage import Store

KEPT_FOR = timedelta(days=30)  # a page may stay open in a phone's pocket


@dataclass(frozen=True)
class Pruned:
    """What was removed."""

    files: int
    freed_bytes: int
    sentences_bytes: int


def named(session: Session) -> frozenset[str]:
    """Find every name of a file in the store that any row of any table holds."""
    names: set[str] = set()
    for table in Row.metadata.sorted_tables:
        for column in table.columns:
            if isinstance(column.type, StoredName):
                names.update(session.scalars(select(column).where(column.is_not(None)).distinct()))
    return frozenset(names)


def prune(
    names: frozenset[str], store: Store, data: Path, moment: datetime | None = None
) -> Pruned:
    """Remove what is not among ``names`` and has lain for a month; say what it freed."""
    oldest = (moment or now()) - KEPT_FOR
    files = freed = 0
    for name, size_bytes in store.unchanged_since(oldest.timestamp()):
        if name not in names:
            store.remove(name)
            files, freed = files + 1, freed + size_bytes
    return Pruned(files, freed, available_voices.remembered(data).shrink())
