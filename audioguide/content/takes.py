"""Find the recordings that lie beside the texts, by their names alone.

What a browser, a sync or an editor leaves beside a recording has another ending or begins
otherwise, so that a closed list of what is one needs no list of what is none.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from audioguide import files
from audioguide.errors import Finding, Grade, message
from audioguide.languages import Language, Languages, any_typed, lookalikes

STOPS = "stops"
DROPPED = ".dropped"  # what a recording that was taken back is called besides

# What phones, recorders and cameras call the files that speech.track can open.
_ENDINGS = (
    "3g2 3ga 3gp aac aif aifc aiff amr asf au avi awb bwf caf flac m2ts m4a m4b m4r m4v mka mkv "
    "mov mp2 mp3 mp4 mpga mts oga ogg ogv opus qt qta rf64 snd spx ts w64 wav wave weba webm wma "
    "wmv"
)
ENDINGS = frozenset(_ENDINGS.split())
_DROPPED = re.compile(rf"(?:\.\d+)?{re.escape(DROPPED)}$")
_WORDS = frozenset(("take", "copy"))
# The language, its tag or a name, with its country perhaps; then "take", or nothing; then what a
# second copy is called: (1), 2, copy, копия, көшірме.
_NAME = re.compile(
    r"(?P<language>[^\W\d_]{2,12}(?:[-_](?!take|copy)(?:[a-z][a-z\d]{1,7}|\d[a-z\d]{2,3}))*)"
    r"(?:[-._ ]take)?"
    rf"(?:[-–—._ ]*\(?(?:{any_typed('copy')})\)?)?"
    r"(?:[-._ ]*\(\d{1,2}\)|[-._ ]\d{1,2})?"
)
_COUNTRY = re.compile(r"-[a-z]{2}$")


@dataclass(frozen=True)
class Beside:
    """What lies in a stop's folder: its recordings by language, and sound of another name."""

    takes: Mapping[Language, tuple[Path, ...]]
    misnamed: tuple[Path, ...]

    def one(self, language: Language) -> Path | None:
        """Return the recording in a language, or None; of two, neither."""
        found = self.takes.get(language, ())
        return found[0] if len(found) == 1 else None


def beside(folder: Path, stop: str, languages: Languages) -> Beside:
    """Look into the folder of a stop, given as "9 alzhir".

    What has the name of a recording is given though it may be no file: it is to be named.
    """
    takes: dict[Language, tuple[Path, ...]] = {}
    misnamed = []
    try:
        paths = sorted((folder / STOPS / stop.replace(" ", "-", 1)).iterdir())
    except OSError:
        paths = []
    for path in paths:
        language = language_of(path, languages)
        if language is not None and files.is_there(path):
            takes[language] = (*takes.get(language, ()), path)
        elif is_misnamed(path, languages) and files.is_there(path):
            misnamed.append(path)
    return Beside(takes, tuple(misnamed))


def language_of(path: Path, languages: Languages) -> Language | None:
    """Tell whose recording a file is by its name: `kk.take.m4a`, also `KK-kz.take (1).M4A`."""
    stem = path.name
    while stem.rpartition(".")[2].casefold() in ENDINGS:
        stem = stem.rpartition(".")[0]
    return language_of_stem(stem, languages) if _is_sound(path) else None


def language_of_stem(stem: str, languages: Languages) -> Language | None:
    """Tell whose recording a name without its ending is; a Cyrillic к is read as k."""
    words = _WORDS.union(*map(languages.called, languages))
    for each in (stem, lookalikes.in_latin(stem, words)[0]):
        found = _NAME.fullmatch(each.casefold())
        language = None if found is None else _named(found["language"], languages)
        if language is not None:
            return language
    return None


def _named(name: str, languages: Languages) -> Language | None:
    """Return the museum's language of a name: its tag, or what people call it.

    A country behind it is passed over, kk-kz, but where the museum's tag has one, pt-br. What may
    be two of its languages is neither.
    """
    tag = name.replace("_", "-")
    without = _COUNTRY.sub("", tag)
    alone = Language.read(without) if "-" not in without else None
    for found in (
        [each for each in languages if each.lower() == tag],
        [each for each in languages if tag in languages.called(each)],
        [each for each in languages if without in languages.called(each)],
        [each for each in languages if each.primary == alone],
    ):
        if found:
            return found[0] if len(found) == 1 else None
    return None


def is_take(path: Path, languages: Languages) -> bool:
    """Tell whether a file in a stop's folder is a recording by its name, or was one."""
    name = _DROPPED.sub("", path.name)
    return language_of(path.with_name(name), languages) is not None


def is_misnamed(path: Path, languages: Languages) -> bool:
    """Tell a sound by its ending, and one that lost its ending by what is left."""
    is_one = _is_sound(path) or path.suffix.lower() == ".take"
    return is_one and language_of(path, languages) is None and not files.is_folder(path)


def doubled(folder: Path, stops: Iterable[str], languages: Languages) -> Iterator[Finding]:
    """Warn of texts that have more than one recording; a stop is given as "9 alzhir"."""
    for stop in stops:
        for found in beside(folder, stop, languages).takes.values():
            if len(found) > 1:
                yield Finding(
                    Grade.WARNING,
                    _shown(folder, stop),
                    message(
                        "There are several recordings of one text: {files}. None of them is used.",
                        files=", ".join(path.name for path in found),
                    ),
                    message("Leave the one that should be heard."),
                )


def misnamed(folder: Path, stops: Iterable[str], languages: Languages) -> Iterator[Finding]:
    """Warn of sound beside the texts whose name does not say which language it speaks."""
    for stop in stops:
        for path in beside(folder, stop, languages).misnamed:
            ending = path.suffix.lower() if _is_sound(path) else ".m4a"
            yield Finding(
                Grade.WARNING,
                f"{_shown(folder, stop)}/{_printable(path.name)}",
                message("Its name does not say that it is a recording, and in which language."),
                message(
                    "Call it {names}.",
                    names=" / ".join(f"{each}.take{ending}" for each in languages),
                ),
            )


def _shown(folder: Path, stop: str) -> str:
    return f"{folder.name}/{STOPS}/{stop.replace(' ', '-', 1)}"


def _printable(name: str) -> str:
    return name.encode(errors="replace").decode()  # a name need not be text


def _is_sound(path: Path) -> bool:
    is_shown = not path.name.startswith((".", "~"))
    return is_shown and path.suffix.removeprefix(".").lower() in ENDINGS
