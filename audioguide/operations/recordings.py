"""Recordings: received beside the texts, heard at once, taken back, found right."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from audioguide.errors import AudioguideError, Finding
from audioguide.languages import Language
from audioguide.operations.narrations import want
from audioguide.operations.opened import Opened
from audioguide.operations.opening import free_to_write
from audioguide.services import museum_languages
from audioguide.services.narration import take_decisions, take_intake
from audioguide.services.staff import stop_lookup
from audioguide.services.visitor import museum_page

if TYPE_CHECKING:
    from audioguide.services.narration.take_processing import Reading, Recorded


@dataclass(frozen=True)
class BroughtTakes:
    """Which texts have a new recording, and the recordings that cannot be read."""

    names: list[str]
    unreadable: tuple[Finding, ...] = ()


@dataclass(frozen=True)
class Consent:
    """What a person takes upon herself: a recording whose end is missing, or of another text."""

    cut: bool = False
    unlike: bool = False


@dataclass(frozen=True)
class TakenBack:
    """The new names of files beside the text, and the originals, which stay among the takes."""

    put_aside: tuple[str, ...]
    originals: tuple[str, ...]


def bring(opened: Opened, arriving: take_intake.Arriving | None = None) -> BroughtTakes:
    """Receive the recordings beside the texts; what is still ``arriving`` is for a later look."""
    with opened.database.reading() as session:
        places = take_intake.places(session)
        languages = museum_languages.of_museum(session)
    to_keep = partial(free_to_write, opened)  # no copy of what could not be written down
    seen = take_intake.look(
        places, opened.settings.media, opened.takes, languages, arriving, before_keeping=to_keep
    )
    if not seen.received:
        return BroughtTakes([], seen.unreadable)
    with opened.database.writing() as session:
        return BroughtTakes(take_intake.want(session, seen.received), seen.unreadable)


def unused(opened: Opened, arriving: take_intake.Arriving | None = None) -> tuple[Finding, ...]:
    """Find the files beside the texts that are not used as recordings, and why."""
    media = opened.settings.media
    with opened.database.reading() as session:
        places, stops = take_intake.places(session), take_intake.stops(session)
        languages = museum_languages.of_museum(session)
    wrong = take_intake.wrong_takes(media, stops, places, languages, arriving)
    return (*wrong, *take_intake.misnamed_takes(media, stops, languages))


def record(
    opened: Opened,
    named: str,
    language: Language,
    path: Path,
    show: Callable[[float], None],
    consent: Consent,
) -> Recorded:
    """Make a recording of a stop ready and let it be heard; ``show`` hears how much is done.

    Raise TakeRefused where it cannot be used: then nothing changes, and no original is left.
    """
    from audioguide.services.narration import take_processing  # noqa: PLC0415  loads av

    with opened.database.reading() as session:
        stop_id = stop_lookup.stop_id(session, named)
        words = take_processing.reading_of(session, stop_id, language, "", path.name)
        museum = museum_page.museum_name(session, language)
    before = take_intake.originals(opened.takes)
    reading = replace(words, take=take_intake.keep_original(opened.takes, path))
    try:
        recorded = _made(opened, reading, museum, show, consent)
    except BaseException:  # also Ctrl-C
        if reading.take not in before:
            with opened.database.reading() as session:
                take_intake.let_go(session, opened.takes, reading.take)
        raise
    with opened.database.writing() as session:
        replaced = take_processing.put(session, stop_id, reading, recorded)
    for name in replaced:
        opened.store.let_go(name)
    return recorded


def _made(
    opened: Opened,
    reading: Reading,
    museum: str,
    show: Callable[[float], None],
    consent: Consent,
) -> Recorded:
    from audioguide.services.narration import take_processing  # noqa: PLC0415  loads av

    return take_processing.make(
        reading,
        take_processing.Folders(opened.takes, opened.settings.media, opened.store),
        museum,
        show,
        accept_cut=consent.cut,
        accept_unlike=consent.unlike,
    )


def take_back(opened: Opened, named: str, language: Language) -> TakenBack:
    """Take a recording back; the original stays, and its file beside the text is put aside.

    Raise AudioguideError where the text has none.
    """
    with opened.database.reading() as session:
        stop_id = stop_lookup.stop_id(session, named)
        moved = take_decisions.put_aside(session, stop_id, language, opened.settings.media)
    with opened.database.writing() as session:
        dropped = take_decisions.drop(session, stop_id, language)
    if dropped is None and not moved:
        raise AudioguideError("There is no recording of this text.")
    for name in () if dropped is None else dropped.files:
        opened.store.let_go(name)
    want(opened)
    return TakenBack(moved, () if dropped is None else dropped.originals)


def find_right(
    opened: Opened, named: str, language: Language, sentences: Sequence[int]
) -> tuple[int, ...]:
    """Note that sentences of a recording are right; return those that need review still."""
    with opened.database.writing() as session:
        stop_id = stop_lookup.stop_id(session, named)
        return take_decisions.find_right(session, stop_id, language, sentences)
