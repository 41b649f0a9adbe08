"""Check that a label's words can be printed, and write them as they are set."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from audioguide import characters
from audioguide.errors import AskedWrongly, LabelFailed
from audioguide.labels import typeface
from audioguide.languages import SOURCE, Language, facts

_SHORT_WORD = re.compile(r"(?<!\S)(\w{1,2}) (?=\S)")
_UNIT = re.compile(r"(?<=\d) (?=(?:%|\w{1,2})(?!\w))")
_QUOTED = re.compile(r'"([^"]+)"')
_BETWEEN_FIGURES = re.compile(r"(?<=\d)-(?=\d)")
_LONGEST_CODE = 3  # that the typesetter takes for a language
_NO_BREAK_SPACE = "\N{NO-BREAK SPACE}"


@dataclass(frozen=True)
class Label:
    """What one label says: the stop's number, code and titles, and the name of its files.

    ``short_titles`` has shorter ones, in some languages or none, for where the titles are too long.
    ``written_in`` names the language of a title that stands in for a missing one.
    """

    number: int
    code: str
    payload: str
    typed_address: str
    titles: Mapping[Language, str]
    stem: str
    short_titles: Mapping[Language, str] = field(default_factory=dict)
    written_in: Mapping[Language, Language] = field(default_factory=dict)


def titles(label: Label, said: Mapping[Language, str]) -> list[dict[str, object]]:
    """Return titles of a label as they are set, the same in two languages once.

    Where ``said`` lacks a language its title stands. Raise LabelFailed as title does.
    """
    told = replace(label, titles={**label.titles, **said})
    return each_once(
        [
            _entry(title(told, language), label.written_in.get(language, language), language)
            for language in label.titles
        ]
    )


def _entry(text: str, language: Language, blamed: Language | None = None) -> dict[str, object]:
    """Write words as they are set: in which language, from which side, and how high and deep.

    ``blamed`` is the language that is named if they do not fit.
    """
    face = typeface.reaching(text, language)
    return {
        "language": blamed or language,
        "lang": language.primary if len(language.primary) <= _LONGEST_CODE else "und",
        "region": language.region if language.region.isalpha() else None,
        "direction": facts(language).direction,
        "reach": [face.above, face.below, face.leading] if face else None,
        "text": text,
    }


def each_once(words: Sequence[Mapping[str, object]]) -> list[dict[str, object]]:
    """Leave out what an earlier language says in the same words."""
    first = {each["text"]: each for each in reversed(words)}
    return [dict(each) for each in words if first[each["text"]] is each]


def title(label: Label, language: Language) -> str:
    """Return a title as it is set; raise LabelFailed for one that is missing or lacks a glyph."""
    text = _composed(label.titles.get(language, ""))
    if not text:
        raise LabelFailed(
            "Label {number} ({code}) has no title in the language {title_language}. "
            "Give its stop a title in that language.",
            number=label.number,
            code=label.code,
            title_language=language,
        )
    missing = typeface.missing_characters(text, label.written_in.get(language, language))
    if missing:
        raise LabelFailed(
            "Label {number} ({code}): its title in the language {title_language}, “{title}”, has "
            "characters that cannot be printed: {characters}. Write the title without them.",
            number=label.number,
            code=label.code,
            title_language=language,
            title=" ".join(text.split()),
            characters=_listed(missing),
        )
    return _keep_short_words(_well_set(text, label.written_in.get(language, language)))


def address(label: Label) -> str:
    """Return an address as it is set; raise LabelFailed for one missing or without a glyph."""
    text = _composed(label.typed_address)
    if not text:
        raise LabelFailed(
            "Label {number} ({code}) has no address. Set the public address of the guide.",
            number=label.number,
            code=label.code,
        )
    missing = typeface.missing_characters(text, SOURCE)
    if missing:
        raise LabelFailed(
            "Label {number} ({code}): its address “{address}” has characters that cannot be "
            "printed: {characters}. Set a public address of the guide without them.",
            number=label.number,
            code=label.code,
            address=" ".join(text.split()),
            characters=_listed(missing),
        )
    return _keep_short_words(text)


def in_each_language(words: Mapping[Language, str]) -> list[dict[str, object]]:
    """Return words that stand in every language, in the order in which they stand, each once.

    Raise AskedWrongly for a language that is missing, LabelFailed for one without a glyph.
    """
    return each_once([_entry(_words(words, language), language) for language in words])


def _words(words: Mapping[Language, str], language: Language) -> str:
    text = _composed(words.get(language, ""))
    if not text:
        raise AskedWrongly(
            "Words that stand on every sheet are missing in the language {title_language}.",
            title_language=language,
        )
    missing = typeface.missing_characters(text, language)
    if missing:
        raise LabelFailed(
            "The words “{words}” in the language {title_language} have characters that cannot be "
            "printed: {characters}. Write them without.",
            words=" ".join(text.split()),
            title_language=language,
            characters=_listed(missing),
        )
    return _keep_short_words(text)


def _composed(text: str) -> str:
    """Compose the letters as the typeface has them, with hyphens and spaces as keyboards do."""
    return unicodedata.normalize("NFC", characters.plain(text)).strip()


def _well_set(text: str, language: Language) -> str:
    """Set what a typewriter has one key for: quotation marks, and a dash from year to year."""
    opening, closing = facts(language).quotes
    quoted = _QUOTED.sub(lambda found: f"{opening}{found[1]}{closing}", text)
    return _BETWEEN_FIGURES.sub("\N{EN DASH}", quoted)


def _keep_short_words(text: str) -> str:
    """Keep short words with what follows, and units with their number."""
    return _UNIT.sub(_NO_BREAK_SPACE, _SHORT_WORD.sub(rf"\1{_NO_BREAK_SPACE}", text))


def _listed(characters: Sequence[str]) -> str:
    """List characters by their code points, and as they look where they look like anything."""
    return ", ".join(
        f"“{each}” (U+{ord(each):04X})" if each.isprintable() else f"U+{ord(each):04X}"
        for each in characters
    )
