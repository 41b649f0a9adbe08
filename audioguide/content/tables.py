"""Reading one table of a TOML file: each value of the right type, each mistake with its line."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any, ClassVar

from audioguide import characters
from audioguide.content import markup
from audioguide.content.decoding import note_strays
from audioguide.content.lines import LineMap
from audioguide.content.mistakes import Mistakes
from audioguide.content.text import MOST_CHARACTERS
from audioguide.content.toml_dates import EXAMPLE, as_date
from audioguide.errors import Message, message
from audioguide.languages import SOURCE

MOST = 9_999  # a stop number of five digits would be taken for a group's join code
MOST_IN_SLUG = 64
MOST_AMOUNT = 99_999_999
YEARS = (2000, 2100)  # beyond them somebody has mistyped

_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_LINK = re.compile(r"https://[^\s/?#@\"<>\\]+\.[^\s\"<>\\]+")


@dataclass
class Table:
    """One table, such as the third [[stop]]; what it does not know is a mistake."""

    ANY_DAY: ClassVar[date] = date(2000, 1, 1)  # stands for one that is a mistake

    name: str
    index: int
    values: Mapping[str, Any]
    lines: LineMap
    mistakes: Mistakes
    _asked: set[str] = field(default_factory=set)
    _wrong: set[str] = field(default_factory=set)

    def wrong(self, key: str, what: str, do: str = "", /, **values: object) -> None:
        """Note a mistake at the line of ``key``; ``key`` is one of the values for {places}."""
        self._wrong.add(key)
        line = self.lines.line(self.name, self.index, key)
        self.mistakes.add(line, what, do, **{"key": key, "table": self.name, **values})

    def where(self, key: str) -> str:
        """Return file and line of a key, as findings say them."""
        return f"{self.mistakes.file}:{self.lines.line(self.name, self.index, key)}"

    def is_right(self, *keys: str) -> bool:
        """Tell whether nothing was noted of these keys, so that more may be concluded from them."""
        return self._wrong.isdisjoint(keys)

    def text(self, key: str, *, needed: bool = True, most: int = MOST_CHARACTERS) -> str:
        """Return a text of at most ``most`` characters, or "" with a mistake noted."""
        value = self._get(key, needed=needed)
        if value is None:
            return ""
        if not isinstance(value, str) or (needed and not value.strip()):
            self.wrong(key, "{key} must be a text in quotation marks.")
            return ""
        text = characters.plain(value).strip()
        if places := [*characters.refused(text), *_line_ends(text)]:
            self.wrong(
                key,
                "{key} contains an invisible character ({hidden}).",
                "Delete the whole text and type it again.",
                hidden=characters.numbered(text[places[0]]),
            )
            return ""
        self._note_strays(key, text)
        for found in markup.in_words(text):
            self.wrong(key, found.what.sentence, found.do.sentence, marked=found.marked)
        if len(text) > most:
            self.wrong(
                key,
                "{key} has {count} characters, and at most {most} are kept.",
                "Write it shorter.",
                count=len(text),
                most=most,
            )
            return ""
        return text

    def _note_strays(self, key: str, text: str) -> None:
        line = self.lines.line(self.name, self.index, key)
        # In what language this is, nobody says: a word is of the alphabet of most of its letters.
        note_strays([text], SOURCE, self.mistakes, line)

    def link(self, key: str, *, most: int = MOST_CHARACTERS) -> str | None:
        """Return a link that begins with https://, or None, with a mistake where it is another."""
        value = self.text(key, needed=False, most=most)
        if value and not value.startswith("https://"):
            self.wrong(key, "The link must begin with https://.")
            return None
        if value and not _LINK.fullmatch(value):
            self.wrong(key, "This link is not whole.", "Copy it from the browser, as it stands.")
            return None
        return value or None

    def slug(self, key: str) -> str:
        """Return a slug (small Latin letters, digits, single hyphens), or "" with a mistake."""
        value = self.text(key, most=MOST_IN_SLUG)
        if value and not _SLUG.fullmatch(value):
            self.wrong(key, "{slug} is not a slug.", "Use a-z, 0-9 and single hyphens.", slug=value)
            return ""
        return value

    def whole(self, key: str, default: int | None = None) -> int:
        """Return a whole number from 0 to MOST, or -1 with a mistake noted."""
        value = self._get(key, needed=default is None)
        if value is None:
            return -1 if default is None else default
        if type(value) is not int or value < 0:
            self.wrong(key, "{key} must be a whole number from 0.")
            return -1
        if value > MOST:
            self.wrong(
                key,
                "{name} must be a whole number from {least} to {most}, and it is {value}.",
                name=key,
                least=0,
                most=MOST,
                value=value if value < 10**20 else "...",
            )
            return -1
        return value

    def flag(self, key: str, *, default: bool) -> bool:
        """Return true or false."""
        value = self._get(key, needed=False)
        if value is not None and not isinstance(value, bool):
            self.wrong(key, "{key} must be true or false.")
        return value if isinstance(value, bool) else default

    def amount(self, key: str) -> Decimal:
        """Return an exact amount from 0 to MOST_AMOUNT, or 0 with a mistake noted."""
        example = message("For example: 500, 1500.50, 0.")
        return self._number(key, 0, MOST_AMOUNT, example) or Decimal(0)

    def degrees(self, key: str, most: int) -> float:
        """Return degrees north or east, south and west below 0, or 0 with a mistake noted."""
        return float(self._number(key, -most, most, message("For example: 49.68.")) or 0)

    def _number(self, key: str, least: int, most: int, example: Message) -> Decimal | None:
        value = self._get(key)
        if value is None:
            return None
        if type(value) not in (int, Decimal):
            self.wrong(key, "{key} must be a number without quotation marks.", example.sentence)
            return None
        # What is not a number is not within them either.
        if not (Decimal(value).is_finite() and least <= Decimal(value) <= most):
            self.wrong(
                key,
                "{name} must be a number from {least} to {most}.",
                name=key,
                least=least,
                most=most,
            )
            return None
        return Decimal(value)

    def day(self, key: str, *, needed: bool = False) -> date | None:
        """Return a date, written 2026-11-22, or None."""
        value = self._get(key, needed=needed)
        if value is None:
            return None
        if type(value) is not date:
            self.wrong(
                key,
                "{key} must be a date without quotation marks.",
                "For example: {date}.",
                date=as_date(value) if isinstance(value, str) else EXAMPLE,
            )
            return None
        if not YEARS[0] <= value.year <= YEARS[1]:
            self.wrong(
                key, "The year {year} cannot be meant.", "Write the date anew.", year=value.year
            )
            return None
        return value

    def several(self, key: str, kind: type, *, needed: bool = True) -> tuple[Any, ...]:
        """Return a list of one type, as a tuple."""
        value = self._get(key, needed=needed)
        if value is None:
            return ()
        if not isinstance(value, Sequence) or isinstance(value, str):
            self.wrong(key, "{key} must be a list in square brackets.")
            return ()
        if any(type(item) is not kind for item in value):
            self.wrong(key, "An entry of {key} has the wrong type.")
            return ()
        return tuple(value)

    def done(self, *, besides: Sequence[str] = ()) -> None:
        """Note every key that nobody asked for."""
        for key in self.values:
            if key not in self._asked and key not in besides:
                known = ", ".join(
                    [*sorted(self._asked), *(f"[[{self.name}.{each}]]" for each in besides)]
                )
                self.wrong(
                    key, "{key} is not known in [{table}].", "Allowed: {known}.", known=known
                )

    def _get(self, key: str, *, needed: bool = True) -> Any | None:
        self._asked.add(key)
        value = self.values.get(key)
        if value is None and needed:
            self._missing(key)
        return value

    def _missing(self, key: str) -> None:
        self._wrong.add(key)
        self.mistakes.add(
            self.lines.line(self.name, self.index),
            "{key} is missing in [{table}].",
            "Write a line {key} = ...",
            key=key,
            table=self.name,
        )


def _line_ends(text: str) -> list[int]:
    return [place for place, letter in enumerate(text) if letter in "\n\t"]
