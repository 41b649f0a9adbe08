"""The import of the pack: read what has changed, write it, and want it spoken."""

from __future__ import annotations

import contextlib

from audioguide.errors import AskedWrongly, PackBroken
from audioguide.languages import Languages
from audioguide.operations.narrations import want
from audioguide.operations.opened import Opened
from audioguide.operations.opening import refuse_an_absent_pack
from audioguide.services import broken_parts, importing, museum_languages
from audioguide.services.importing import Imported
from audioguide.services.visitor import stop_pictures
from audioguide.settings import PREFIX


class WrongDefault(AskedWrongly):
    """The language that the operator wishes for visitors is none of the museum's."""


def bring_pack(opened: Opened) -> Imported | None:
    """Import the pack if it has changed since the last import, and want spoken what has changed.

    Raise PackBroken where something is broken; what is whole has been brought in by then.
    """
    report = bring_what_is_whole(opened)
    if report is not None and report.broken:
        raise PackBroken(report.broken)
    return report


def bring_what_is_whole(opened: Opened) -> Imported | None:
    """Import what is whole in the pack, if it has changed, and want spoken what has changed.

    Raise PackBroken, with nothing written, where the guide is empty yet and anything is broken.
    """
    with opened.database.reading() as session:
        is_seen = importing.is_seen(session, opened.settings.media)
        if is_seen:
            _check_default(opened, museum_languages.of_museum(session))
    report = None if is_seen else _bring(opened)
    want(opened)
    return report


def bring_anew(opened: Opened) -> Imported:
    """Import what is whole in the pack whether it has changed or not; else as bring_what_is_whole.

    What was imported may have lost its files since, and a conflict is reported again.
    """
    report = _bring(opened)
    want(opened)  # the pack may have been edited a moment ago
    return report


def _bring(opened: Opened) -> Imported:
    folder = opened.settings.media
    with opened.database.reading() as session:
        before = stop_pictures.made_before(session, opened.store)
        known = broken_parts.known_structure(session)
    if known is None:
        refuse_an_absent_pack(opened.settings)
    checked = importing.read_what_is_whole(folder, known)
    if checked.pack is None or (checked.broken and known is None):
        raise PackBroken(checked.broken)
    _check_default(opened, checked.pack.languages)
    made = stop_pictures.make(opened.store, checked.pack, before)
    with opened.database.writing() as session:
        return importing.bring_in(session, checked.pack, made, checked.broken)


def _check_default(opened: Opened, languages: Languages) -> None:
    """Raise WrongDefault where the operator wishes a language that the museum does not have."""
    wished = opened.settings.default_language
    if wished is not None and languages.parse(wished) is None:
        raise WrongDefault(
            "{name} is {value}, and the museum's languages are {known}.",
            name=f"{PREFIX}DEFAULT_LANGUAGE",
            value=wished,
            known=", ".join(languages),
        )


def repair_pictures(opened: Opened) -> None:
    """Make again the pictures that have lost their files, if the pack can be read."""
    with opened.database.reading() as session:
        if not stop_pictures.lost(session, opened.store):
            return
    # What is broken is said where the pack is read; the pages stay as they are.
    with contextlib.suppress(PackBroken, AskedWrongly):
        bring_anew(opened)
