"""The name of a file in the store as the database keeps it: what a row names is never pruned."""

from __future__ import annotations

from sqlalchemy import String
from sqlalchemy.types import TypeDecorator


class StoredName(TypeDecorator[str]):
    """A column of names of files in a store; every such column must have this type.

    By it `--prune` finds what is still of use: a name in a plain String would lose its file.
    """

    impl = String(64)
    cache_ok = True
