"""Which interface words a museum lacks in a language, and a catalogue of them to be translated."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from babel import Locale
from babel.messages.catalog import Catalog
from babel.messages.pofile import write_po

from audioguide import words
from audioguide.content import interface_words
from audioguide.content.mistakes import errors
from audioguide.errors import Finding, Grade, PackBroken, message
from audioguide.languages import Language, Languages, facts
from audioguide.words import OnPage


@dataclass(frozen=True)
class Lacking:
    """The sentences of the pages that are not said in a language, those of visitors first.

    ``is_begun`` says whether the museum has some words of its own in it.
    """

    language: Language
    sentences: tuple[OnPage, ...]
    is_begun: bool


def lacking(folder: Path, language: Language) -> Lacking:
    """Find what a language lacks, with the catalogue that lies in a pack; raise PackBroken of it.

    The language need not be one of the museum's yet.
    """
    alone = Languages((language,))
    own, findings = interface_words.read_all(folder, alone)
    if broken := errors(findings):
        raise PackBroken(tuple(broken))
    missing = _missing(language, alone.with_words(own))
    return Lacking(language, missing, is_begun=bool(own))


def not_said(languages: Sequence[Language]) -> tuple[Language, ...]:
    """Return the languages in which the program lacks words that visitors meet."""
    return tuple(
        language
        for language in languages
        if any(each.is_for_visitors for each in _missing(language, Languages(tuple(languages))))
    )


def findings(languages: Languages) -> Iterator[Finding]:
    """Count what each language of the museum lacks."""
    for language in languages:
        missing = _missing(language, languages)
        if missing:
            yield Finding(
                Grade.NOTE,
                f"{interface_words.WORDS}/{language}{interface_words.ENDING}",
                message(
                    "Interface words that are missing: {count}, of which visitors meet {visitors}; "
                    "another language stands in.",
                    count=len(missing),
                    visitors=sum(each.is_for_visitors for each in missing),
                ),
                message(
                    "python3 scripts/audioguide.py words missing {language} prints them, to be "
                    "translated.",
                    language=language,
                ),
            )


def _missing(language: Language, museum: Languages) -> tuple[OnPage, ...]:
    return tuple(
        each for each in words.on_pages() if not words.is_said(each.sentence, language, museum)
    )


def to_translate(lacking: Lacking, staff: Language) -> str:
    """Write what is lacking as a catalogue, each sentence with its translation for ``staff``.

    Where a catalogue is begun, the head is left out: then it can be put at the end of that.
    """
    catalogue = Catalog(locale=_locale(lacking.language), fuzzy=False, charset="utf-8")
    for each in lacking.sentences:
        said = words.say(staff, each.sentence)
        comments = [f"{staff}: {said}"] if said != each.sentence else []
        catalogue.add(
            each.sentence,
            locations=[(place, 0) for place in each.places],
            auto_comments=comments if each.is_for_visitors else [words.STAFF, *comments],
        )
    written = io.BytesIO()
    write_po(written, catalogue, width=100, omit_header=True, include_lineno=False)
    body = written.getvalue().decode()
    return body if lacking.is_begun else f"{_head(catalogue, lacking.language)}{body}"


def _head(catalogue: Catalog, language: Language) -> str:
    lines = (
        "Project-Id-Version: audioguide",
        "PO-Revision-Date: ",
        "Last-Translator: ",
        f"Language-Team: {facts(language).name}",
        f"Language: {language.replace('-', '_')}",
        "MIME-Version: 1.0",
        "Content-Type: text/plain; charset=UTF-8",
        "Content-Transfer-Encoding: 8bit",
        f"Plural-Forms: {catalogue.plural_forms}",
    )
    quoted = "".join(f'"{line}\\n"\n' for line in lines)
    return f'msgid ""\nmsgstr ""\n{quoted}\n'


def _locale(language: Language) -> Locale:
    return Locale.parse(facts(language).locale)
