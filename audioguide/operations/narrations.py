"""What there is to speak: what is wanted, and how that went."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from audioguide.operations.opened import Opened
from audioguide.services import museum_languages
from audioguide.services.narration import available_voices, backoff, plan, scripts, work_report
from audioguide.services.narration.backoff import Rest
from audioguide.services.narration.scope import Scope
from audioguide.services.narration.work_report import Failure, Progress


@dataclass(frozen=True)
class Outcome:
    """How far the narrations have come, what failed, what is to be known, and which voices rest."""

    progress: Progress
    failures: tuple[Failure, ...]
    noted: tuple[Failure, ...]
    resting: Mapping[str, Rest]


def want(opened: Opened) -> None:
    """Want every text spoken as it is now, by the voices that there are now."""
    settings = opened.settings
    with opened.database.reading() as session:
        languages = museum_languages.of_museum(session)
        try:
            changed = scripts.prepare_changed(session, settings.media)
        except OSError:
            changed = {}  # the old words stay until it is mended, and the old scripts
    wishes = available_voices.wishes(settings.voices, settings.data, languages)
    with opened.database.writing() as session:
        scripts.keep(session, changed)
        plan.want_all(session, wishes)


def want_others(opened: Opened) -> None:
    """Want what follows from a change that left the texts and scripts as they are."""
    settings = opened.settings
    with opened.database.reading() as session:
        languages = museum_languages.of_museum(session)
    wishes = available_voices.wishes(settings.voices, settings.data, languages)
    with opened.database.writing() as session:
        plan.want_all(session, wishes)


def outcome(opened: Opened, scope: Scope) -> Outcome:
    """Tell how the making of narrations went."""
    with opened.database.reading() as session:
        return Outcome(
            work_report.progress(session, scope),
            work_report.failures(session, scope),
            work_report.noted(session, scope),
            backoff.voices(session),
        )
