"""The files of a new museum: its museum.toml, and the texts of its halls, stops and tour."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from audioguide.content import blocks
from audioguide.content.beginning import samples
from audioguide.content.structure_file import STRUCTURE
from audioguide.content.text import Words
from audioguide.content.unwritten import UNWRITTEN
from audioguide.content.writing import text_file
from audioguide.kinds import SECTION, WELCOME
from audioguide.languages import SOURCE, Declared, Language, drawn, facts

NewCode: TypeAlias = Callable[[], str]
"""Makes a code that no stop has."""

_OF_A_LANGUAGE = ("name", "short_name", "espeak")
_MINUTES = 15
_MOST_IN_SLUG = 40  # letters of a title


@dataclass(frozen=True)
class Row:
    """A stop as a spreadsheet has it: its number, and its titles and texts by language."""

    number: int
    titles: Mapping[Language, str]
    texts: Mapping[Language, str]


@dataclass(frozen=True)
class Beginning:
    """What is known of a museum before it begins; ``staff`` is the language of its comments.

    Without ``halls`` it has one with a sample name. ``rows`` stand in the place of sample stops,
    of which there are ``stops`` besides the welcome. ``declared`` are the languages that the
    program does not know.
    """

    name: str
    languages: tuple[Language, ...]
    timezone: str
    staff: Language
    halls: tuple[str, ...] = ()
    stops: int = samples.SECTIONS
    rows: tuple[Row, ...] = ()
    declared: Mapping[Language, Declared] = field(default_factory=dict)

    @property
    def without_samples(self) -> tuple[Language, ...]:
        """The languages in which there are no sample texts."""
        return tuple(each for each in self.languages if not samples.written(each))

    @property
    def partial(self) -> tuple[Language, ...]:
        """The languages whose texts are still to be written: another's are shown until then."""
        return tuple(each for each in self.without_samples if each != self.languages[0])

    @property
    def stand_in(self) -> Language:
        """The language whose samples stand in the place of those that there are not."""
        return samples.stand_in(self.languages, self.staff)


@dataclass(frozen=True)
class _Stop:
    number: int
    slug: str
    kind: str
    published: bool
    texts: Mapping[Language, str]


def museum_files(museum: Beginning, new_code: NewCode) -> dict[str, str]:
    """Write every file of a museum by its path in the pack; ``new_code`` gives each stop its code.

    Where no sample is written in the first language, the text of another says so; where there is
    none in a further language, it has no file, and the language may be incomplete.
    """
    halls = _halls(museum)
    stops = _stops(museum)
    files = {STRUCTURE: _structure(museum, halls, stops, new_code)}
    files |= _in_each("museum", _sampled(museum, "museum", name=museum.name))
    if any(stop.published for stop in stops):
        files |= _in_each("tours/first", _sampled(museum, "tour"))
    for slug, texts in halls.items():
        files |= _in_each(f"halls/{slug}", texts)
    for stop in stops:
        files |= _in_each(f"stops/{stop.number}-{stop.slug}", stop.texts)
    return files


def slug_of(titles: Sequence[str], otherwise: str, taken: Sequence[str] = ()) -> str:
    """Make a slug of the first title that is written in Latin letters, else of another word."""
    for title in titles:
        decomposed = unicodedata.normalize("NFKD", title.replace("ß", "ss"))
        plain = "".join(each for each in decomposed if not unicodedata.combining(each)).lower()
        slug = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")
        latin = sum(each.isascii() and each.isalpha() for each in plain)
        if slug and latin * 2 > sum(map(str.isalpha, plain)):
            short = slug if len(slug) <= _MOST_IN_SLUG else slug[:_MOST_IN_SLUG].rpartition("-")[0]
            if short and short not in taken:
                return short
    return otherwise


def _in_each(folder: str, texts: Mapping[Language, str]) -> dict[str, str]:
    return {f"{folder}/{language}.md": text for language, text in texts.items()}


def _sampled(museum: Beginning, name: str, /, **places: object) -> dict[Language, str]:
    """Return a sample in every language that is to have its texts at once."""
    found = {}
    for language in museum.languages:
        if samples.written(language):
            found[language] = samples.text(language, name, **places)
        elif language not in museum.partial:
            found[language] = samples.lent(museum.stand_in, name, facts(language).name, **places)
    return found


def _halls(museum: Beginning) -> dict[str, dict[Language, str]]:
    if not museum.halls:
        return {"main": _sampled(museum, "hall")}
    halls: dict[str, dict[Language, str]] = {}
    for number, title in enumerate(museum.halls, start=1):
        slug = slug_of([title], f"hall-{number}", tuple(halls))
        languages = (each for each in museum.languages if each not in museum.partial)
        halls[slug] = dict.fromkeys(languages, f"# {title}\n")
    return halls


def _stops(museum: Beginning) -> list[_Stop]:
    welcome = _Stop(0, "welcome", WELCOME, True, _sampled(museum, "welcome", name=museum.name))
    if not museum.rows:
        sampled = [_sample_stop(museum, number) for number in range(1, museum.stops + 1)]
        return [welcome, *sampled]
    slugs: list[str] = ["welcome"]
    given = []
    for row in museum.rows:
        given.append(_stop_of(museum, row, slugs))
        slugs.append(given[-1].slug)
    has_welcome = any(row.number == 0 for row in museum.rows)
    return given if has_welcome else [welcome, *given]


def _sample_stop(museum: Beginning, number: int) -> _Stop:
    if number <= samples.SECTIONS:
        texts = _sampled(museum, f"stop-{number}")
        return _Stop(number, f"sample-{number}", SECTION, True, texts)
    texts = _sampled(museum, "stop", number=number)
    return _Stop(number, f"stop-{number}", SECTION, False, texts)


def _stop_of(museum: Beginning, row: Row, slugs: Sequence[str]) -> _Stop:
    """Make a stop of a row; visitors see it once its texts are there where none may be missing."""
    complete = [each for each in museum.languages if each not in museum.partial]
    texts = {}
    for language in museum.languages:
        title = row.titles.get(language) or next(iter(row.titles.values()))
        text = row.texts.get(language, "")
        if text or language in complete:
            texts[language] = text_file(Words(title, None, text or UNWRITTEN, ()))
    published = all(row.texts.get(each) for each in complete)
    titles = [row.titles[each] for each in museum.languages if each in row.titles]
    english = [row.titles[each] for each in row.titles if each.primary == SOURCE]
    is_welcome = row.number == 0
    slug = "welcome" if is_welcome else slug_of([*english, *titles], f"stop-{row.number}", slugs)
    return _Stop(row.number, slug, WELCOME if is_welcome else SECTION, published, texts)


def _structure(
    museum: Beginning,
    halls: Mapping[str, object],
    stops: Sequence[_Stop],
    new_code: NewCode,
) -> str:
    slugs = list(halls)
    written = [
        blocks.block("[[stop]]", _values(stop, slugs[place * len(slugs) // len(stops)], new_code()))
        for place, stop in enumerate(stops)
    ]
    walk = [stop.number for stop in stops if stop.published]
    tour: Mapping[str, blocks.Value] = {"slug": "first", "minutes": _MINUTES, "stops": walk}
    partial = f"partial_languages = {blocks.value(museum.partial or museum.languages[-1:])}"
    return samples.structure(
        museum.staff,
        languages=blocks.value(museum.languages),
        partial=partial if museum.partial else f"# {partial}",
        labels=_labels(museum),
        timezone=blocks.value(museum.timezone),
        declared=_declared(museum),
        halls="\n".join(blocks.block("[[hall]]", {"slug": slug}) for slug in slugs),
        stops="\n".join(written),
        tours=blocks.block("[[tour]]", tour).rstrip("\n") if walk else "",
        free=str(max(stop.number for stop in stops) + 1),
    )


def _values(stop: _Stop, hall: str, code: str) -> dict[str, blocks.Value]:
    values: dict[str, blocks.Value] = {
        "number": stop.number,
        "code": code,
        "slug": stop.slug,
        "kind": stop.kind,
        "hall": hall,
    }
    return values if stop.published else values | {"published": False}


def _labels(museum: Beginning) -> str:
    """Name the languages of labels, where not all of them have a typeface."""
    shown = drawn(museum.languages)
    if not shown or len(shown) == len(museum.languages):
        return ""
    return samples.labels(museum.staff, blocks.value(shown))


def _declared(museum: Beginning) -> str:
    tables = [
        blocks.block(
            f"[language.{language}]",
            {key: said for key in _OF_A_LANGUAGE if (said := str(getattr(each, key)))},
        )
        for language, each in museum.declared.items()
    ]
    return samples.declared(museum.staff, "\n".join(tables).rstrip("\n")) + "\n" if tables else ""
