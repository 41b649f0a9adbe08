"""What museum.toml says of languages: which there are, in what order, what stands in for what."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import get_close_matches

from audioguide.content.structure_file import StructureFile
from audioguide.content.tables import Table
from audioguide.languages import Declared, Language, Languages, drawn, espeak_voices
from audioguide.languages.generic import exists, of_the_country

_PARTIAL = "partial_languages"
KEYS = ("languages", _PARTIAL, "label_languages")
TABLE = "language"
MOST = 40  # more are no list that a visitor chooses from
MOST_IN_NAME = 40
MOST_IN_SHORT_NAME = 12
_USUAL = Languages()
_VOICES = ("tr", "pt-BR", "cmn")


def read_languages(structure: StructureFile, museum: Table) -> Languages:
    """Read the languages of [museum] and the tables [language.xx]; without them they are the usual.

    Every mistake is noted at its line; what is given then is not to be used. What would follow
    from a mistake is none of its own: of a wrong list of languages nothing is concluded.
    """
    tags = _tags(museum, "languages")
    known = tags or _USUAL.tags
    if not museum.is_right("languages"):
        for key in KEYS[1:]:
            _tags(museum, key)
        return Languages(known, frozenset(known[1:]))
    partial, labels = (_among(museum, key, known) for key in KEYS[1:])
    if not museum.is_right(_PARTIAL):
        partial = known[1:]
    _check_faces(museum, labels)
    if known[0] in partial:
        museum.wrong(
            _PARTIAL,
            "Texts may not be missing in {language}: it is the first language, whose texts stand "
            "in for those of the others.",
            "Take it out here, or put another language first in languages.",
            language=known[0],
        )
    tables = {
        language: table
        for table in structure.inner(TABLE)
        if (language := _tag_of(table, known)) is not None
    }
    declared = {each: _declared(table, each, known) for each, table in tables.items()}
    languages = Languages(known, frozenset(partial), labels, declared)
    for language, table in tables.items():
        _check_fallbacks(table, language, languages)
    return languages


def _check_faces(museum: Table, labels: Sequence[Language]) -> None:
    shown = drawn(labels)
    for language in labels:
        if language not in shown:
            museum.wrong(
                "label_languages",
                "Labels cannot have the language {language}: no typeface with its letters comes "
                "with the program.",
                "Take it out here. On the pages it stays.",
                language=language,
            )


def _tags(table: Table, key: str) -> tuple[Language, ...]:
    """Return the languages that a key names; none where there is no key, or a mistake in it."""
    written = table.several(key, str, needed=False)
    if key in table.values and table.is_right(key) and not written and key != _PARTIAL:
        table.wrong(key, "{key} names no language.", 'For example: {key} = ["kk", "ru", "en"]')
    if len(written) > MOST:
        table.wrong(
            key,
            "{key} has {count} languages, and at most {most} are read.",
            "Take out those that are over.",
            count=len(written),
            most=MOST,
        )
        return ()
    found: list[Language] = []
    for each in written:
        language = _tag(table, key, each)
        if language is not None and language in found:
            table.wrong(
                key,
                "The language {language} stands twice.",
                "Leave it in the list once.",
                language=language,
            )
        elif language is not None:
            found.append(language)
    return tuple(found)


def _tag(table: Table, key: str, written: str) -> Language | None:
    """Read a tag in the one spelling that it has, or note what is wrong with it."""
    language = Language.read(written)
    if language is not None and (spoken := of_the_country(language)):
        table.wrong(
            key,
            "{tag} is the code of a country and of no language. There they write: {languages}.",
            tag=language,
            languages=", ".join(spoken),
        )
        return None
    if language is None or not exists(language):
        table.wrong(
            key,
            "“{tag}” is no language.",
            "Write its tag as BCP 47 does, for example: kk, uz-Latn, pt-BR.",
            tag=written[:MOST_IN_NAME],
        )
        return None
    if language != written:
        table.wrong(
            key, "The language {tag} is written {language}.", tag=written, language=language
        )
        return None
    return language


def _among(table: Table, key: str, known: Sequence[Language]) -> tuple[Language, ...]:
    found = _tags(table, key)
    for language in found:
        if language not in known:
            _wrong_language(table, key, language)
    return tuple(each for each in found if each in known)


def _wrong_language(table: Table, key: str, language: str) -> None:
    table.wrong(
        key,
        "The museum does not have the language {language}.",
        "Add it to languages under [museum], or take it out here.",
        language=language,
    )


def _tag_of(table: Table, known: Sequence[Language]) -> Language | None:
    """Return the language of a table [language.xx], or None with what is wrong with its tag."""
    language = _tag(table, "", table.name.removeprefix(f"{TABLE}."))
    if language is not None and language not in known:
        _wrong_language(table, "", language)
        return None
    return language


def _declared(table: Table, language: Language, known: Sequence[Language]) -> Declared:
    fallback = table.text("fallback", needed=False)
    read = _tag(table, "fallback", fallback) if fallback else None
    if read is not None and read not in known:
        _wrong_language(table, "fallback", read)
        read = None
    declared = Declared(
        name=table.text("name", needed=False, most=MOST_IN_NAME),
        short_name=table.text("short_name", needed=False, most=MOST_IN_SHORT_NAME),
        espeak=table.text("espeak", needed=False, most=MOST_IN_NAME),
        fallback=read,
    )
    _check_voice(table, language, declared.espeak)
    table.done()
    return declared


def _check_voice(table: Table, language: Language, voice: str) -> None:
    """Note a voice that espeak-ng does not have: every narration of the language would fail."""
    if voice and not espeak_voices.is_voice(voice):
        its_own = espeak_voices.voice_of(language)
        alike = get_close_matches(voice.lower(), espeak_voices.voices())
        table.wrong(
            "espeak",
            "espeak-ng has no voice “{voice}”.",
            "Its voices are named as the languages that they speak, for example: {names}.",
            voice=voice,
            names=", ".join((its_own,) if its_own else alike or _VOICES),
        )


def _check_fallbacks(table: Table, language: Language, languages: Languages) -> None:
    """Note a language whose texts would be looked for in a circle, or that is the first."""
    if languages.declared[language].fallback is None:
        return
    chain = languages.chain(language)
    if language == languages.default:
        table.wrong(
            "fallback",
            "{language} is the first language, and nothing stands in for it.",
            "Take the line out.",
            language=language,
        )
    elif languages.default not in chain:
        again = languages.declared[chain[-1]].fallback
        table.wrong(
            "fallback",
            "The fallbacks go round in a circle: {circle}.",
            "Let them end with {language}, in which every text is there.",
            circle=" → ".join((*chain, str(again))),
            language=languages.default,
        )
