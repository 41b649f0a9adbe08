"""Guess from its name what a file or folder of the pack was meant to be.

Notepad appends `.txt`, a cloud writes "conflicted copy", Windows copies as "копия", phones write
`.heic` and capitals. What is meant is guessed from the name alone, and said; nothing is renamed.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from difflib import get_close_matches
from functools import lru_cache
from pathlib import Path

from audioguide import files
from audioguide.content import leftovers
from audioguide.content.pictures import NO_SVG, NO_SVG_DO, PICTURES
from audioguide.content.takes import ENDINGS
from audioguide.errors import Finding, Grade, Message, message
from audioguide.languages import Language, Languages, any_typed, facts, lookalikes

_LATIN = "md txt tsv jpg jpeg png webp svg take picture guide notice help points logo museum"
_WORDS = frozenset(_LATIN.split())

_UNSHOWN = (".heic", ".heif", ".tif", ".tiff", ".bmp", ".gif")
_IMAGES = (".jpg", ".jpeg", ".jpe", ".jfif", ".png", ".webp", *_UNSHOWN)
_OF_A_WORD_PROCESSOR = (".docx", ".doc", ".odt", ".rtf", ".pages", ".pdf", ".gdoc")
_STEMS = ("guide", "notice", "help")
_PASSING = (
    "~",
    ".bak",
    ".swp",
    ".tmp",
    ".part",
    ".partial",
    ".filepart",
    ".crdownload",
    ".download",
    ".opdownload",
    ".aria2",
    ".!qb",
    ".!ut",
)
_OF_SYSTEMS = ("thumbs.db", "desktop.ini", "4913")
_COPY = r"\(\d+\)|~$|\.(?:bak|old|orig)\b"


@lru_cache(8)
def _named(languages: Languages) -> Mapping[Language, re.Pattern[str]]:
    return {
        each: re.compile(
            rf"(?:^|.*[\W_\d])(?:{'|'.join(filter(None, (*names, facts(each).called_like)))})"
            r"(?=[\W_\d]|$)"
        )
        for each in languages
        for names in (map(re.escape, languages.called(each)),)
    }


def _in_latin(name: str, languages: Languages) -> tuple[str, str]:
    words = _WORDS.union(*map(languages.called, languages))
    return lookalikes.in_latin(name, words)


def texts(languages: Languages) -> tuple[str, ...]:
    """Name the text of each language: `kk.md` and so on."""
    return tuple(f"{language}.md" for language in languages)


def is_passing(name: str) -> bool:
    """Tell whether an editor, a browser or a system keeps a file for a moment, or for itself."""
    small = name.lower()
    return small.startswith((".", "~", "#")) or small.endswith(_PASSING) or small in _OF_SYSTEMS


def meant(name: str, known: Collection[str], languages: Languages) -> str | None:
    """Return which of the names ``known`` a file of another name is meant to have, or None."""
    small = _in_latin(name, languages)[0].lower()
    parts = [part.strip() for part in small.split(".")[1:]]
    if not ENDINGS.isdisjoint(parts) or "take" in parts:
        return None  # what is left of a recording
    endings = [f".{part}" for part in parts]
    language = language_of(small, languages)
    is_picture = re.search(any_typed("picture"), small) is not None
    for ending in reversed(endings):
        if ending in _IMAGES and language is None:
            return _one(known, f"picture{ending}") or _one(known, PICTURES[0])
    if language is None:
        return _in_other_case(known, small)
    stem = next((f"{each}." for each in _STEMS if re.search(any_typed(each), small)), "")
    guess = f"{stem}{language}.md"
    if ".tsv" in endings or f"{language}.tsv" in known:
        guess = f"{language}.tsv"
    elif is_picture or any(ending in _IMAGES for ending in endings):
        guess = f"picture.{language}.txt"
    return _one(known, guess) or _in_other_case(known, small)


def _in_other_case(known: Collection[str], small: str) -> str | None:
    """Find what a name is but for its capitals: `uz-latn.md` is `uz-Latn.md`."""
    return next((each for each in known if each.lower() == small), None)


def language_of(name: str, languages: Languages) -> Language | None:
    """Return the one language of the museum that a file's name names, or None."""
    small = name.lower()
    found = [language for language, named in _named(languages).items() if named.match(small)]
    return found[0] if len(found) == 1 else None


def advice(
    name: str, known: Sequence[str], present: Collection[str], languages: Languages
) -> tuple[Message, Message]:
    """Say of a file that nobody reads what it may be, and what to do with it.

    ``known`` are the names that files have there, ``present`` those that are there already.
    """
    is_stop = PICTURES[0] in known
    found = leftovers.of_name(name, languages, is_stop=is_stop)
    found = found or _in_a_language_of_others(name, known, languages)
    if found:
        return found
    unread = _unread(name, languages)
    suffix = Path(name.lower()).suffix
    if suffix == ".svg":
        return NO_SVG, NO_SVG_DO
    wanted = meant(name, known, languages)
    if wanted is None:
        return unread, message(
            "Files here are named {known}. Rename it or take it out.", known=", ".join(known)
        )
    if suffix in _UNSHOWN:
        return unread, message(
            "Phones and browsers do not show {ending}: save the picture as JPEG, named {name}.",
            ending=suffix,
            name=wanted,
        )
    pictures = {each for each in present if each.lower() in PICTURES}
    if wanted in present or (wanted in PICTURES and pictures):
        wanted = next(iter(pictures)) if wanted in PICTURES else wanted
        return unread, message(
            "{name} is read. What this file has better belongs into it; then take this one out.",
            name=wanted,
        )
    return unread, how_to(name, wanted)


def _in_a_language_of_others(
    name: str, known: Sequence[str], languages: Languages
) -> tuple[Message, Message] | None:
    """Say of a text that it is in a language which the museum does not have, if that is so."""
    for each in known:
        before, tag, after = each.rpartition(str(languages.default))
        if not tag or not (name.startswith(before) and name.endswith(after)):
            continue
        language = Language.read(name[len(before) : len(name) - len(after)])
        if language is not None and _is_spoken(language) and language not in languages:
            return (
                message("The museum does not have the language {language}.", language=language),
                message(
                    "Add it to languages under [museum] in {file}, or take this file out.",
                    file="museum.toml",
                ),
            )
    return None


def _is_spoken(language: Language) -> bool:
    """Tell whether a tag names a language of this world: so would many a word of five letters."""
    from babel import localedata  # noqa: PLC0415  only a file that nobody reads needs it

    return localedata.exists(language.primary)


def _unread(name: str, languages: Languages) -> Message:
    latin, letters = _in_latin(name, languages)
    if latin == name:
        return message("The guide does not use this file.")
    return message(
        "The guide does not use this file: the letters {letters} in its name only look Latin.",
        letters=letters,
    )


def how_to(name: str, wanted: str) -> Message:
    """Say how the file ``name`` becomes the file that is wanted."""
    if Path(name.lower()).suffix in _OF_A_WORD_PROCESSOR:
        return message(
            "{file} is a document of a word processor: save its words as plain text in UTF-8, "
            "named {name}.",
            file=name,
            name=wanted,
        )
    return message("Rename {file} to {name}.", file=name, name=wanted)


def lies_as(path: Path, known: Collection[str], languages: Languages) -> str | None:
    """Return the name under which a file that is missing lies in its folder, or None."""
    others = [each.name for each in files.entries(path.parent) if each.name not in known]
    found = [
        each
        for each in others
        if not each.startswith(".") and meant(each, known, languages) == path.name
    ]
    copied = re.compile("|".join((any_typed("copy"), any_typed("conflict"), _COPY)))
    return min(
        found, key=lambda each: (copied.search(each.lower()) is not None, len(each)), default=None
    )


def missing(path: Path, shown_as: str, known: Collection[str], languages: Languages) -> Finding:
    """Say that a file is missing which lies beside those of the other languages, or should."""
    found = lies_as(path, known, languages)
    what, do = (
        message("This file is missing."),
        message("Put it there, as in the other languages."),
    )
    if found is not None:
        what, do = _lies_here(found, languages), how_to(found, path.name)
    return Finding(Grade.ERROR, f"{shown_as}:1", what, do)


def _lies_here(found: str, languages: Languages) -> Message:
    letters = _in_latin(found, languages)[1]
    if not letters:
        return message("This file is missing, and here lies {found}.", found=found)
    return message(
        "This file is missing, and here lies {found}, whose letters {letters} only look Latin.",
        found=found,
        letters=letters,
    )


def folder_for(wanted: str, others: Collection[str]) -> str | None:
    """Return the folder among ``others`` that is meant to be the one of a stop, hall or tour."""
    number = re.match(r"\d+", wanted)
    if number is not None:
        same = [
            each for each in others if re.match(r"\d+", each) and _number(each) == number.group()
        ]
        if same:
            return min(same, key=len)
        slug = wanted.partition("-")[2]
        ends = [each for each in others if re.sub(r"^\d+\W*", "", each) == slug]
        return ends[0] if len(ends) == 1 else None
    if len(others) == 1:
        return next(iter(others))
    close = get_close_matches(wanted, list(others), n=1, cutoff=0.6)
    return close[0] if close else None


def _number(folder: str) -> str:
    found = re.match(r"0*(\d+)", folder)
    return found.group(1) if found else ""


def _one(known: Collection[str], name: str) -> str | None:
    return name if name in known else None
