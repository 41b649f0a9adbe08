"""Begin a museum: write a small whole pack into a folder of its own, or nothing at all."""

from __future__ import annotations

import contextlib
import errno
import os
import secrets
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from audioguide import codes, files
from audioguide.content.beginning import museum_files, spreadsheet
from audioguide.content.beginning.museum_files import Beginning
from audioguide.content.chosen_languages import MOST as MOST_LANGUAGES
from audioguide.content.reading import read_whole
from audioguide.content.structure_file import STRUCTURE
from audioguide.content.titles import title_of
from audioguide.errors import AskedWrongly, AudioguideError, PackBroken, plain_reason
from audioguide.languages import Declared, Language, all_known, facts
from audioguide.languages.asked import language_of
from audioguide.languages.espeak_voices import voice_of
from audioguide.storage import make_folder, write_whole

MOST_STOPS = 200
MOST_HALLS = 40
USUAL_STOPS = 2


@dataclass(frozen=True)
class Wish:
    """What somebody wishes of a new museum; ``staff`` is the language that it is explained in."""

    name: str
    languages: tuple[Language, ...]
    timezone: str
    staff: Language
    halls: tuple[str, ...] = ()
    stops: int = USUAL_STOPS
    sheet: Path | None = None


@dataclass(frozen=True)
class Begun:
    """What was made: the numbers of its stops, and what somebody should know of it.

    ``hidden`` are the stops without a text, ``lent`` says by the names of languages which ones
    have texts in another (or, the partial ones, none of their own), ``mute`` which no voice speaks.
    ``unused`` are headings of the spreadsheet.
    """

    numbers: tuple[int, ...]
    hidden: tuple[int, ...]
    lent: tuple[str, ...]
    stand_in: str
    declared: tuple[str, ...]
    mute: tuple[str, ...]
    unused: tuple[str, ...]


def begin(folder: Path, wish: Wish) -> Begun:
    """Write the pack of a museum into a ``folder`` that is not there yet, or empty.

    Raise AskedWrongly where anything lies there, or a wish cannot be met; PackBroken with the
    mistakes of the spreadsheet, or of what was wished. Nothing is left behind then.
    """
    refuse_what_is_there(folder)
    sheet = None if wish.sheet is None else spreadsheet.read_sheet(wish.sheet, wish.languages)
    declared = _declared(wish.languages)
    museum = Beginning(
        name=wish.name,
        languages=wish.languages,
        timezone=wish.timezone,
        staff=wish.staff,
        halls=wish.halls,
        stops=wish.stops,
        rows=() if sheet is None else sheet.rows,
        declared=declared,
    )
    numbers, hidden = _write(folder, museum_files.museum_files(museum, _new_codes()))
    names = {each: facts(each).name for each in museum.languages}
    return Begun(
        numbers=numbers,
        hidden=hidden,
        lent=tuple(names[each] for each in museum.without_samples),
        stand_in=facts(museum.stand_in).name,
        declared=tuple(map(names.__getitem__, declared)),
        mute=tuple(names[each] for each, said in declared.items() if not said.espeak),
        unused=() if sheet is None else sheet.unused,
    )


def name_of(written: str) -> str:
    """Return the museum's name as it was meant; raise AskedWrongly for what can be none."""
    return title_of(written, "--name")


def languages_of(written: str) -> tuple[Language, ...]:
    """Read languages that commas part, in any spelling; raise AskedWrongly for a mistake."""
    found: list[Language] = []
    for each in filter(None, (part.strip() for part in written.replace(";", ",").split(","))):
        language = language_of(each)
        if language in found:
            raise AskedWrongly("The language {language} stands twice.", language=language)
        found.append(language)
    if not 1 <= len(found) <= MOST_LANGUAGES:
        raise AskedWrongly(
            "A museum has from 1 to {most} languages, and here are {count}.",
            most=MOST_LANGUAGES,
            count=len(found),
        )
    return tuple(found)


def timezone_of(written: str) -> str:
    """Return a time zone; raise AskedWrongly for what is none."""
    try:
        return ZoneInfo(written.strip()).key
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise AskedWrongly(
            "{zone} is no time zone. For example: Asia/Almaty.", zone=written.strip() or "–"
        ) from error


def halls_of(written: str) -> tuple[str, ...]:
    """Read the names of halls, which commas part; raise AskedWrongly for too many."""
    halls = tuple(title_of(each, "--halls") for each in written.split(",") if each.strip())
    if not 1 <= len(halls) <= MOST_HALLS:
        raise AskedWrongly(
            "Name from 1 to {most} halls, with commas between them.", most=MOST_HALLS
        )
    return halls


def _declared(languages: tuple[Language, ...]) -> Mapping[Language, Declared]:
    """Declare the languages that the program does not know: as CLDR and the voice's list say."""
    return {
        each: Declared(facts(each).name, facts(each).short_name, voice_of(each) or "")
        for each in languages
        if each not in all_known()
    }


def _new_codes() -> museum_files.NewCode:
    made: set[str] = set()

    def new_code() -> str:
        made.add(code := codes.make(made))
        return code

    return new_code


def refuse_what_is_there(folder: Path) -> None:
    """Raise AskedWrongly where a new museum would lie among other things, or in their place."""
    if folder.is_symlink() and not folder.exists():
        raise AskedWrongly("{folder} is a link that leads nowhere.", folder=folder)
    if files.is_there(folder) and (not files.is_folder(folder) or _holds_anything(folder)):
        raise AskedWrongly(
            "{folder} is there already and is not empty. A museum begins in a folder of its own: "
            "name one that is not there yet.",
            folder=folder,
        )


def _holds_anything(folder: Path) -> bool:
    try:
        return next(folder.iterdir(), None) is not None
    except OSError:  # nobody may look into it
        return True


def _write(folder: Path, written: Mapping[str, str]) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Write the files beside their place, read them as a pack, and only then move them there.

    Return the numbers of the stops, and of those that visitors do not see yet.
    """
    whole = folder.absolute()
    is_there = whole.is_dir()
    with _room(whole if is_there else whole.parent) as room:
        new = room / whole.name
        for name, text in written.items():
            path = new / name
            path.parent.mkdir(parents=True, exist_ok=True)
            write_whole(path, text.encode())
        reading = read_whole(new)
        if reading.findings or reading.pack is None:
            raise PackBroken(reading.findings)
        try:
            _move_into(new, whole) if is_there else _give_its_name(new, whole)
        except OSError as error:
            raise AudioguideError(
                "{folder} could not be made: {reason}.", folder=folder, reason=plain_reason(error)
            ) from error
    stops = reading.pack.stops
    return (
        tuple(stop.number for stop in stops),
        tuple(stop.number for stop in stops if not stop.published),
    )


@contextlib.contextmanager
def _room(place: Path) -> Iterator[Path]:
    """Give an empty folder in a place, and take it away with all that is left in it."""
    make_folder(place)
    room = place / f".new.{secrets.token_hex(4)}.part"
    try:
        room.mkdir()
        yield room
    finally:
        shutil.rmtree(room, ignore_errors=True)


def _give_its_name(new: Path, folder: Path) -> None:
    """Move a folder to its place; what has come to lie there meanwhile is left alone."""
    if files.is_there(folder):  # else a system may put it in the place of an empty one
        raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(folder))
    new.rename(folder)


def _move_into(new: Path, folder: Path) -> None:
    """Move all that lies in one folder into another, which may be a disk of its own, or nothing.

    museum.toml comes last: before it nobody takes the folder for a pack.
    """
    moved: list[Path] = []
    try:
        for each in sorted(new.iterdir(), key=lambda path: path.name == STRUCTURE):
            _give_its_name(each, folder / each.name)
            moved.append(folder / each.name)
    except BaseException:
        for path in moved:
            shutil.rmtree(path, ignore_errors=True)
        raise
