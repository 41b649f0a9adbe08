"""What a drawing is: points that bear numbers, the words that explain them, what becomes of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias

from audioguide.content.captions import Caption
from audioguide.languages import Language

Point: TypeAlias = "tuple[float, float]"
"""East and north, in degrees; or x and y in a picture."""
Outline: TypeAlias = "tuple[tuple[Point, ...], ...]"
"""Closed lines of points: a mainland, and islands."""


@dataclass(frozen=True)
class Dot:
    """A numbered place; one that is ``approximate`` is marked so."""

    number: int
    at: Point
    approximate: bool


@dataclass(frozen=True)
class Name:
    """Words that stand in the map itself, beside a mark where ``marked``."""

    at: Point
    words: Mapping[Language, str]
    marked: bool


@dataclass(frozen=True)
class Map:
    """A country or a town, with numbered places."""

    outline: Outline
    dots: tuple[Dot, ...]
    names: tuple[Name, ...]


@dataclass(frozen=True)
class Event:
    """What happened in a year, or from a year to another."""

    number: int
    first: int
    last: int


@dataclass(frozen=True)
class Line:
    """A line of time with numbered events."""

    events: tuple[Event, ...]


@dataclass(frozen=True)
class Drawn:
    """A picture as we drew it: an SVG, and its size."""

    svg: bytes
    width: int
    height: int


@dataclass(frozen=True)
class Drawing:
    """What a stop shows as its picture, in each language."""

    slug: str
    drawn: Mapping[Language, Drawn]
    captions: Mapping[Language, Caption]
