"""The museum's own bounds, ``lengths.toml``: how many words a text has, and a sentence."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from audioguide.content.mistakes import Mistakes
from audioguide.content.structure_file import parse_tables
from audioguide.content.tables import MOST, Table
from audioguide.errors import PackBroken
from audioguide.kinds import THE_SEVEN, Kind, Kinds
from audioguide.languages import Language, Languages

_TEXT, _SENTENCE, _EXCEPTION = "text", "sentence", "exception"


@dataclass(frozen=True)
class Bounds:
    """How many words a text should have."""

    fewest: int
    most: int


@dataclass(frozen=True)
class Exceptional:
    """Stops, by number or kind, whose texts have bounds of their own."""

    numbers: frozenset[int]
    kinds: frozenset[str]
    texts: Mapping[Language, Bounds]


@dataclass(frozen=True)
class Lengths:
    """The bounds of texts and of sentences; a language that has none may be of any length."""

    texts: Mapping[Language, Bounds] = field(default_factory=dict)
    sentences: Mapping[Language, int] = field(default_factory=dict)
    exceptions: tuple[Exceptional, ...] = ()

    def of_text(self, number: int, kind: Kind, language: Language) -> Bounds | None:
        """Return the bounds of a stop's text: of several exceptions the last that names it."""
        found = self.texts.get(language)
        for each in self.exceptions:
            if number in each.numbers or kind.slug in each.kinds:
                found = each.texts.get(language, found)
        return found


def read_lengths(
    content: str, file: str, languages: Languages, kinds: Kinds = THE_SEVEN
) -> Lengths:
    """Read ``lengths.toml``; raise PackBroken naming each line that is not as it should be."""
    mistakes = Mistakes(file)
    tables = parse_tables(content, mistakes)
    lengths = Lengths()
    if tables is not None:
        lengths = Lengths(
            _texts(tables.one(_TEXT), languages),
            _sentences(tables.one(_SENTENCE), languages),
            tuple(_exceptional(each, languages, kinds) for each in tables.several(_EXCEPTION)),
        )
        tables.check_unknown((_TEXT, _SENTENCE, _EXCEPTION))
    if mistakes.findings:
        raise PackBroken(mistakes.findings)
    return lengths


def _texts(table: Table, languages: Languages) -> Mapping[Language, Bounds]:
    bounds = _bounds(table, languages)
    table.done()
    return bounds


def _bounds(table: Table, languages: Languages) -> Mapping[Language, Bounds]:
    read = {language: _bound(table, language) for language in languages}
    return {language: bounds for language, bounds in read.items() if bounds}


def _bound(table: Table, language: Language) -> Bounds | None:
    words = table.several(language, int, needed=False)
    if language not in table.values or not table.is_right(language):
        return None
    if len(words) != 2 or not 0 < words[0] <= words[1] <= MOST:
        table.wrong(
            language,
            "{key} must be the fewest and the most words, in this order.",
            "For example: {key} = [75, 120]",
        )
        return None
    return Bounds(*words)


def _sentences(table: Table, languages: Languages) -> Mapping[Language, int]:
    read = {language: table.whole(language, -1) for language in languages}
    for language, most in read.items():
        if not most:
            table.wrong(
                language,
                "{name} must be a whole number from {least} to {most}, and it is {value}.",
                name=language,
                least=1,
                most=MOST,
                value=most,
            )
    table.done()
    return {language: most for language, most in read.items() if most > 0}


def _exceptional(table: Table, languages: Languages, known: Kinds) -> Exceptional:
    numbers = table.several("stops", int, needed=False)
    kinds = table.several("kinds", str, needed=False)
    for kind in kinds:
        if kind not in known:
            table.wrong(
                "kinds",
                "The kind {kind} is not known.",
                "Allowed: {known}.",
                kind=kind,
                known=", ".join(known.slugs),
            )
    if not numbers and not kinds and table.is_right("stops", "kinds"):
        table.wrong(
            "",
            "[[{table}]] names no stops.",
            'Write a line stops = [14, 15], or kinds = ["portrait"].',
        )
    exceptional = Exceptional(frozenset(numbers), frozenset(kinds), _bounds(table, languages))
    table.done()
    return exceptional
