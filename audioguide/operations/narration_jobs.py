"""The jobs of a narration worker: taken from the queue, done, and what became of them written."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from sqlalchemy.orm import Session

from audioguide.errors import Message, VoiceUnavailable, VoiceWithoutSound
from audioguide.operations.narrations import want_others
from audioguide.operations.opened import Opened
from audioguide.services.narration import (
    backoff,
    diagnosis,
    plan,
    queue,
    speaking,
    take_intake,
    take_processing,
)
from audioguide.services.narration.available_voices import MadeVoices
from audioguide.services.narration.queue import Claim
from audioguide.services.narration.scope import Scope
from audioguide.services.narration.take_processing import Folders, TakeClaim
from audioguide.services.visitor import museum_page

Keep: TypeAlias = Callable[[Session], object]
"""Writes down what was made, unless the claim was lost."""


def next_narration(opened: Opened, worker: str, scope: Scope) -> Claim | None:
    """Claim a narration for a worker, or None; what nobody will ever make is given up."""
    with opened.database.reading() as session:
        if not queue.work_is_waiting(session, scope):
            return None
    with opened.database.writing() as session:
        given_up = queue.give_up_hopeless(session)
        claimed = queue.claim(session, worker, scope)
    if given_up:
        want_others(opened)
    return claimed


def next_take(opened: Opened, worker: str, scope: Scope) -> TakeClaim | None:
    """Claim a recording for a worker, or None: after all drafts, before better voices."""
    with opened.database.reading() as session:
        drafts = queue.draft_is_waiting(session, scope)
        if drafts or not take_processing.is_waiting(session, scope):
            return None
    with opened.database.writing() as session:
        given_up = queue.give_up_hopeless(session)
        taken = take_processing.claim(session, worker, scope, opened.takes)
    if given_up:
        want_others(opened)
    return taken


def speak(
    opened: Opened, claimed: Claim, voices: MadeVoices, after_sentence: Callable[[], None]
) -> Keep:
    """Speak a narration; what ``after_sentence`` raises ends the work."""
    with opened.database.reading() as session:
        museum = museum_page.museum_name(session, claimed.language)
    voice = voices.get(claimed.voice, claimed.language, claimed.espeak)
    media = opened.settings.media
    spoken = speaking.speak(claimed, voice, media, opened.store, museum, after_sentence)

    def keep(session: Session) -> None:
        if queue.keep(session, claimed, spoken):
            backoff.wake(session, claimed.voice, claimed.language)

    return keep


def record(opened: Opened, taken: TakeClaim, after_step: Callable[[], None]) -> Keep:
    """Make a recording ready to be heard; what ``after_step`` raises ends the work."""
    with opened.database.reading() as session:
        museum = museum_page.museum_name(session, taken.claim.language)
    recorded = take_processing.make(
        taken.reading,
        Folders(opened.takes, opened.settings.media, opened.store),
        museum,
        lambda _: after_step(),
        accept_cut=taken.was_heard,
        accept_unlike=taken.was_heard,
    )
    return lambda session: take_processing.keep(session, taken, recorded)


def finish(opened: Opened, claimed: Claim, keep: Keep) -> None:
    """Keep what was made, and let go of the sound of before."""
    with opened.database.writing() as session:
        before = queue.files(session, claimed)
        keep(session)
        after = queue.files(session, claimed)
    for name in before - after:
        opened.store.let_go(name)
    if claimed.voice == take_intake.RECORDING:
        want_others(opened)  # fewer: a person is heard now


def fail(opened: Opened, claimed: Claim, reason: Message) -> None:
    """Fail one narration, and want the next voice of the chain."""
    with opened.database.writing() as session:
        queue.fail(session, claimed, reason)
    _want_next(opened, claimed)


def not_spoken(opened: Opened, claimed: Claim, error: VoiceUnavailable | VoiceWithoutSound) -> None:
    """Let the text wait for its voice, or fail it, and want the next voice."""
    with opened.database.writing() as session:
        diagnosis.not_spoken(session, claimed, error)
    _want_next(opened, claimed)


def _want_next(opened: Opened, claimed: Claim) -> None:
    """Want another voice, in a transaction that holds no row yet."""
    if claimed.voice != plan.DRAFT_VOICE:
        want_others(opened)
