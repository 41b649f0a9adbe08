"""Look the whole guide over and say what is not as it should be, in three grades."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from sqlalchemy import select
from sqlalchemy.orm import Session

from audioguide.content import blocks
from audioguide.content.pack import Pack
from audioguide.errors import NOTHING_TO_SAY, Finding, Grade, Message, message
from audioguide.languages import Language, Languages, drawn
from audioguide.models import Narration, Source, State, Stop, Transcript
from audioguide.services import interface_words, museum_languages
from audioguide.services.labels import register
from audioguide.services.narration import audible, work_report
from audioguide.services.visitor import stop_pictures
from audioguide.storage import Store


def check(session: Session, pack: Pack, store: Store) -> tuple[Finding, ...]:
    """Check the guide against a pack that has no mistakes of its own."""
    return (
        *_conflicts(session, pack),
        *_sounds(session, store),
        *_failures(session),
        *_noted(session),
        *stop_pictures.findings(session, store),
        *register.wall_findings(session),
        *interface_words.findings(pack.languages),
        *_faces(pack.languages),
        *_approvals(session),
    )


def _conflicts(session: Session, pack: Pack) -> Iterator[Finding]:
    codes = {each.code: each for each in pack.stops}
    rows = session.execute(select(Stop, Transcript).join(Transcript).order_by(Stop.position))
    for stop, row in rows:
        words = codes[stop.code].words if stop.code in codes else {}
        given = words.get(row.language)
        if given and given.digest not in (row.pack_digest, row.words_digest):
            yield Finding(
                Grade.WARNING,
                _where(stop, row.language),
                message("The text was changed in the file and in the guide."),
                message("Edit the file so that it says what you want to keep, then import again."),
            )
        elif stop.code in codes and row.language in pack.languages.partial and given is None:
            yield Finding(
                Grade.WARNING,
                _where(stop, row.language),
                message("The text is still shown, and its file is gone or not written yet."),
                message(
                    "Put the text back. What visitors have seen is not taken away in one language "
                    "alone."
                ),
            )


def _sounds(session: Session, store: Store) -> Iterator[Finding]:
    rows = session.execute(
        select(Stop, Transcript, Narration)
        .join(Narration.stop)
        .join(Narration.transcript)
        .where(
            Stop.published,
            Transcript.language.in_(museum_languages.of_museum(session).tags),
        )
        .order_by(Stop.position, Transcript.id, Narration.made_at.desc().nulls_last())
    ).all()
    unheard = 0
    for (stop, text), group in groupby(rows, key=lambda row: (row[0], row[1])):
        narrations = [row[2] for row in group]
        where = _where(stop, text.language)
        spoken = [row for row in narrations if row.sound is not None]
        heard = audible.best(spoken, text.digest)
        if heard is None:
            unheard += any(row.state != State.FAILED for row in narrations)
        elif heard.source == Source.GENERATED and not heard.is_current:
            yield _stale(where, message("The sound is older than the text."))
        elif any(_is_of_old_script(row, text) for row in spoken if row.sound == heard.sound):
            yield _stale(where, message("The sound is older than the lexicon."))
        yield from _damaged(where, spoken, store)
    if unheard:
        yield Finding(
            Grade.NOTE,
            "sound",
            message("Texts without sound yet: {count}.", count=unheard),
            message("Start the guide, or run python3 scripts/narrate.py."),
        )


def _stale(where: str, what: Message) -> Finding:
    do = message("Start the guide, or run python3 scripts/narrate.py.")
    return Finding(Grade.WARNING, where, what, do)


def _is_of_old_script(row: Narration, text: Transcript) -> bool:
    scripts = (row.script_digest, text.script_digest)
    is_generated = row.source == Source.GENERATED
    return is_generated and None not in scripts and scripts[0] != scripts[1]


def _damaged(where: str, spoken: Sequence[Narration], store: Store) -> Iterator[Finding]:
    for row in spoken:
        for file in (row.sound, row.webm, row.cues):
            if file is not None and not store.is_whole(file):
                yield Finding(
                    Grade.ERROR,
                    where,
                    message("The sound file {file} is gone or damaged.", file=file),
                    message(
                        "Start the guide, or run python3 scripts/narrate.py: it is made again."
                    ),
                )


def _failures(session: Session) -> Iterator[Finding]:
    for each in work_report.failures(session):
        if each.source == Source.RECORDED:
            continue  # services.narration.review says more of it
        yield Finding(
            Grade.WARNING,
            f"{each.stop} {each.language}",
            message("The sound could not be made: {reason}", reason=each.reason),
            message("Correct the text, or run python3 scripts/narrate.py to try again."),
        )


def _noted(session: Session) -> Iterator[Finding]:
    for each in work_report.noted(session):
        yield Finding(
            Grade.WARNING,
            f"{each.stop} {each.language}",
            each.reason,
            message("Reword it, or say in the lexicon how it is spoken."),
        )


def _faces(languages: Languages) -> Iterator[Finding]:
    """Warn of languages that labels cannot show; the pack says so itself where it names labels'."""
    shown = drawn(languages.on_labels)
    for language in languages.on_labels:
        if language not in shown:
            yield Finding(
                Grade.WARNING,
                "museum.toml",
                message(
                    "Labels cannot have the language {language}: no typeface with its letters "
                    "comes with the program.",
                    language=language,
                ),
                message(
                    "Name under [museum] in museum.toml those that stand on labels: {line}",
                    line=f"label_languages = {blocks.value(shown)}",
                )
                if shown
                else NOTHING_TO_SAY,
            )


def _approvals(session: Session) -> Iterator[Finding]:
    waiting = session.scalars(
        select(Stop.number)
        .where(Stop.published, Stop.approved_on.is_(None))
        .order_by(Stop.position)
    ).all()
    if waiting:
        yield Finding(
            Grade.NOTE,
            "texts",
            message("Stops that await the museum's approval: {count}.", count=len(waiting)),
            message("Write approved_by and approved_on into museum.toml."),
        )


def _where(stop: Stop, language: Language) -> str:
    return f"{stop.number} {stop.slug} {language}"
