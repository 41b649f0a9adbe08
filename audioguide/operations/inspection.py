"""The inspection of the whole guide: texts, recordings, sound, labels, settings, voices."""

from __future__ import annotations

from collections.abc import Sequence

from audioguide.errors import Finding, PackBroken
from audioguide.operations import recordings
from audioguide.operations.opened import Opened
from audioguide.operations.pack import bring_pack
from audioguide.services import guide_check, importing, pack_watch, proofreading
from audioguide.services.narration import available_voices, review, take_intake


def inspect(opened: Opened) -> Sequence[Finding]:
    """Bring what has changed and find what is not as it should be; a broken pack hides the rest."""
    settings = opened.settings
    try:
        bring_pack(opened)
        recordings.bring(opened)
        pack = importing.read(settings.media)
    except PackBroken as broken:
        return broken.findings
    with opened.database.reading() as session:
        found = guide_check.check(session, pack, opened.store)
        places = take_intake.places(session)
        recorded = tuple(review.check(session, opened.takes))
        voices = available_voices.notes(session, settings.voices, settings.data)
    stops = take_intake.stops_of(pack)
    return (
        *pack_watch.in_check(pack.remarks),
        *importing.unread_files(settings.media, pack),
        *take_intake.wrong_takes(settings.media, stops, places, pack.languages),
        *take_intake.misnamed_takes(settings.media, stops, pack.languages),
        *found,
        *recorded,
        *proofreading.proofread(settings.media, pack),
        *voices,
    )
