"""The content pack as plain dataclasses: what `media/` says, once it has been checked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal

from audioguide.content.pictures import PackPicture
from audioguide.content.text import Words
from audioguide.errors import Finding
from audioguide.kinds import KNOWN, Kind, Kinds
from audioguide.languages import Language, Languages

NOTICE, HELP, PRICES = "notice", "help", "prices"  # among what is broken of the museum
PICTURE = "picture"  # among what is broken of a stop; a talking point stands by its file's name


@dataclass(frozen=True)
class OpeningHours:
    """On which days the museum opens and closes when, as "09:00"; days in English, lower case."""

    days: tuple[str, ...]
    opens: str
    closes: str


@dataclass(frozen=True)
class Account:
    """Where the museum is found in a network: its name there, and a link or None."""

    network: str
    name: str
    url: str | None


@dataclass(frozen=True)
class ClosedDays:
    """The first and the last of the days on which the museum is closed out of turn."""

    first: date
    last: date


@dataclass(frozen=True)
class PackPrice:
    """What is paid, 0 where nothing is, in a currency of ISO 4217; the title says who pays it."""

    slug: str
    amount: Decimal
    currency: str
    words: Mapping[Language, Words]


@dataclass(frozen=True)
class PackMuseum:
    """The facts about the museum, and its words: name, address (first paragraph), about.

    ``notice`` is shown up to and including ``notice_until``; ``help`` is what those are told who
    have no phone or no earphones. Each is there in every language, or in none.
    """

    timezone: str
    phone: str | None
    website: str | None
    opening_hours: tuple[OpeningHours, ...]
    accounts: tuple[Account, ...]
    words: Mapping[Language, Words]
    email: str | None = None
    map_url: str | None = None
    closed: tuple[ClosedDays, ...] = ()
    prices: tuple[PackPrice, ...] = ()
    notice_until: date | None = None
    notice: Mapping[Language, str] = field(default_factory=dict)
    help: Mapping[Language, str] = field(default_factory=dict)
    broken: frozenset[str] = frozenset()
    """What of the notice, the help and the prices is wrong, and to be left as it was before."""

    def with_words(self, words: Mapping[Language, Words]) -> PackMuseum:
        """Return the same with its words."""
        return replace(self, words=words)


@dataclass(frozen=True)
class PackKind:
    """A kind of stops that the museum declares, and what it calls it."""

    kind: Kind
    words: Mapping[Language, Words]


@dataclass(frozen=True)
class PackHall:
    """A hall and its titles."""

    slug: str
    words: Mapping[Language, Words]


@dataclass(frozen=True)
class PackStop:
    """A stop, its words, its picture; a stop that is not published may have no words yet."""

    number: int
    code: str
    slug: str
    kind: str
    hall: str
    published: bool
    approved_by: str | None
    approved_on: date | None
    words: Mapping[Language, Words]
    picture: PackPicture | None = None
    quiet: bool = False  # no sound is suggested there
    points: Mapping[Language, str] = field(default_factory=dict)  # what a guide may say there
    code_at: str = "museum.toml"  # file and line of its code
    broken: frozenset[str] = frozenset()
    """What of the picture and the talking points is wrong, and to be left as it was before."""

    def with_words(
        self,
        words: Mapping[Language, Words],
        picture: PackPicture | None = None,
        points: Mapping[Language, str] | None = None,
    ) -> PackStop:
        """Return the same with its words, its picture and the guide's talking points."""
        return replace(self, words=words, picture=picture, points=points or {})


@dataclass(frozen=True)
class PackTour:
    """A tour along stop numbers, and its titles and descriptions."""

    slug: str
    minutes: int
    stops: tuple[int, ...]
    words: Mapping[Language, Words]

    def with_words(self, words: Mapping[Language, Words]) -> PackTour:
        """Return the same with its words."""
        return replace(self, words=words)


@dataclass(frozen=True)
class Pack:
    """The whole pack; halls, stops and tours stand in walking order."""

    museum: PackMuseum
    halls: tuple[PackHall, ...]
    stops: tuple[PackStop, ...]
    tours: tuple[PackTour, ...]
    digest: str
    remarks: tuple[Finding, ...] = ()  # what holds nothing back, and is worth saying
    has_facts: bool = True  # whether museum.toml could be read: else its facts stay as they were
    languages: Languages = field(default_factory=Languages)
    is_all_there: bool = True  # whether no stop is held back: else none is retired
    kinds: tuple[PackKind, ...] = ()  # that are declared: without any there are the seven

    @property
    def all_kinds(self) -> Kinds:
        """The kinds that its stops may have."""
        return Kinds(tuple(each.kind for each in self.kinds) or KNOWN)
