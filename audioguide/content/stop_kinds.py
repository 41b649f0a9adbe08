"""The kinds of stops that museum.toml declares, and the rules between them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from audioguide.content.structure import check_slugs
from audioguide.content.structure_file import StructureFile
from audioguide.content.tables import Table
from audioguide.kinds import THE_SEVEN, Kind, Kinds

_TABLE = "kind"


@dataclass(frozen=True)
class DeclaredKinds:
    """The [[kind]] tables with the kind of each.

    ``known`` are the kinds that stops may have; None where a mistake keeps that open.
    """

    tables: tuple[Table, ...]
    kinds: tuple[Kind, ...]
    known: Kinds | None


def read_kinds(structure: StructureFile) -> DeclaredKinds:
    """Read every [[kind]], and note one that is there twice, and a second route."""
    tables = tuple(structure.several(_TABLE))
    kinds = tuple(map(_read, tables))
    check_slugs(tables, [kind.slug for kind in kinds])
    _check_route(tables, kinds)
    if not kinds:
        return DeclaredKinds((), (), None if structure.values.get(_TABLE) else THE_SEVEN)
    is_right = all(table.is_right("slug") for table in tables)
    return DeclaredKinds(tables, kinds, Kinds(kinds) if is_right else None)


def _read(table: Table) -> Kind:
    slug = table.slug("slug")
    is_route = table.flag("route", default=False)
    kind = Kind(slug, is_route=is_route, is_person=table.flag("person", default=False))
    table.done()
    return kind


def _check_route(tables: Sequence[Table], kinds: Sequence[Kind]) -> None:
    routes = [table for table, kind in zip(tables, kinds, strict=True) if kind.is_route]
    for table in routes[1:]:
        table.wrong(
            "route",
            "The route line follows one kind, and line {line} has route = true already.",
            "Take one of the two lines out.",
            line=table.lines.line(_TABLE, routes[0].index, "route"),
        )
